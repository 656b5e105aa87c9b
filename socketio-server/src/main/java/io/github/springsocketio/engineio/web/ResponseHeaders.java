/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.springsocketio.engineio.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import io.github.springsocketio.engineio.ApplicationCalls;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;

/**
 * Calls the headers listeners for a response (CK-40 to CK-60), one after the other and
 * within a time limit. Cookies of the server, of filters and of listeners are all sent,
 * each on a line of its own.
 */
final class ResponseHeaders {

	private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding", "content-encoding",
			"connection", "upgrade", "sec-websocket-accept", "sec-websocket-protocol", "sec-websocket-extensions");

	private final List<InitialHeadersListener> initialListeners;

	private final List<HeadersListener> listeners;

	private final Duration timeout;

	private final Runnable timedOut;

	/**
	 * Create an instance.
	 * @param timedOut called when listeners did not complete in time
	 */
	ResponseHeaders(List<InitialHeadersListener> initialListeners, List<HeadersListener> listeners, Duration timeout,
			Runnable timedOut) {
		this.initialListeners = initialListeners;
		this.listeners = listeners;
		this.timeout = timeout;
		this.timedOut = timedOut;
	}

	/**
	 * Return whether there are listeners to call.
	 */
	boolean hasListeners(boolean initial) {
		return !this.listeners.isEmpty() || (initial && !this.initialListeners.isEmpty());
	}

	/**
	 * Call the listeners and set the customized headers on the response.
	 * @param headers the headers of the engine
	 * @param cookie the line of the session cookie, or {@code null}
	 * @return completes when the headers of the response are set; fails with the error of
	 * a listener, a {@link TimeoutException}, or an {@link IllegalArgumentException} for
	 * a header that must not be sent
	 */
	Mono<Void> apply(EngineRequest request, HttpHeaders headers, boolean initial, @Nullable String cookie) {
		if (!hasListeners(initial)) {
			merge(request, headers, headers, cookie);
			return Mono.empty();
		}
		HttpHeaders customized = HttpHeaders.copyOf(headers);
		List<Mono<Void>> calls = new ArrayList<>();
		if (initial) {
			for (InitialHeadersListener listener : this.initialListeners) {
				calls.add(ApplicationCalls.defer(() -> listener.onInitialHeaders(customized, request.exchange())));
			}
		}
		for (HeadersListener listener : this.listeners) {
			calls.add(ApplicationCalls.defer(() -> listener.onHeaders(customized, request.exchange())));
		}
		Mono<Void> all = calls.get(0);
		for (Mono<Void> call : calls.subList(1, calls.size())) {
			all = all.then(call);
		}
		return all.timeout(this.timeout, Mono.error(() -> {
			this.timedOut.run();
			return new TimeoutException("Headers listeners did not complete in time");
		}))
			.then(Mono.defer(request::onEventLoop))
			.then(Mono.fromRunnable(() -> merge(request, headers, customized, cookie)));
	}

	private static void merge(EngineRequest request, HttpHeaders own, HttpHeaders customized, @Nullable String cookie) {
		HttpHeaders response = request.responseHeaders();
		for (Map.Entry<String, List<String>> header : customized.headerSet()) {
			check(header.getKey(), header.getValue());
		}
		for (Map.Entry<String, List<String>> header : customized.headerSet()) {
			String name = header.getKey().toLowerCase(Locale.ROOT);
			if (name.equals("vary")) {
				append(response, header.getKey(), header.getValue());
			}
			else if (!name.equals("set-cookie") && !FRAMING.contains(name)) {
				response.put(header.getKey(), header.getValue());
			}
			else if (own.containsHeader(name) && FRAMING.contains(name)) {
				response.put(header.getKey(), own.getOrEmpty(name));
			}
		}
		for (Map.Entry<String, List<String>> header : own.headerSet()) {
			if (FRAMING.contains(header.getKey().toLowerCase(Locale.ROOT))
					&& !customized.containsHeader(header.getKey())) {
				response.put(header.getKey(), header.getValue());
			}
		}
		List<String> others = response.remove(HttpHeaders.SET_COOKIE);
		if (cookie != null) {
			response.add(HttpHeaders.SET_COOKIE, cookie);
		}
		if (others != null) {
			others.forEach((other) -> response.add(HttpHeaders.SET_COOKIE, other));
		}
		append(response, HttpHeaders.SET_COOKIE, customized.getOrEmpty(HttpHeaders.SET_COOKIE));
	}

	private static void append(HttpHeaders response, String name, List<String> values) {
		for (String value : values) {
			if (!response.getOrEmpty(name).contains(value)) {
				response.add(name, value);
			}
		}
	}

	private static void check(String name, List<String> values) {
		for (int i = 0; i < name.length(); i++) {
			if (name.charAt(i) <= ' ' || name.charAt(i) >= 0x7f || name.charAt(i) == ':') {
				throw new IllegalArgumentException("The name of a header is not valid");
			}
		}
		for (String value : values) {
			for (int i = 0; i < value.length(); i++) {
				char c = value.charAt(i);
				if (c == '\r' || c == '\n' || c == 0) {
					throw new IllegalArgumentException("The value of the header '" + name + "' contains CR, LF or NUL");
				}
			}
		}
	}

}
