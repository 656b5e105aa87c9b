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

import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * Matches request targets by a raw prefix, behind the application's context path (EIO-01
 * to EIO-03).
 */
final class EnginePath {

	/**
	 * The class of Reactor Netty's original requests, which no filter has decorated and
	 * which have no context path.
	 */
	private static final String PLAIN = "org.springframework.http.server.reactive.ReactorServerHttpRequest";

	private final String prefix;

	EnginePath(String path, boolean addTrailingSlash) {
		String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
		this.prefix = addTrailingSlash ? trimmed + "/" : trimmed;
	}

	/**
	 * Return the raw target of a request, or {@code null} if the request is not for the
	 * engine.
	 */
	@Nullable String match(ServerHttpRequest request) {
		String context = contextPath(request);
		String target = target(request, context);
		return (target.startsWith(context) && target.startsWith(this.prefix, context.length())) ? target : null;
	}

	/**
	 * Return the path as a pattern.
	 * @param variable the last segment, or empty
	 */
	String pattern(String variable) {
		return (variable.isEmpty() || this.prefix.endsWith("/")) ? this.prefix + variable
				: this.prefix + "/" + variable;
	}

	/**
	 * Return the name of a file directly below the path, or {@code null}.
	 */
	@Nullable String file(ServerHttpRequest request, String target) {
		int start = contextPath(request).length() + this.prefix.length();
		if (!this.prefix.endsWith("/")) {
			if (start >= target.length() || target.charAt(start) != '/') {
				return null;
			}
			start++;
		}
		int query = target.indexOf('?', start);
		int end = (query < 0) ? target.length() : query;
		return (end > start) ? target.substring(start, end) : null;
	}

	/**
	 * Return the context path. Avoids parsing the path of original requests, which have
	 * none.
	 */
	private static String contextPath(ServerHttpRequest request) {
		return isPlain(request) ? "" : request.getPath().contextPath().value();
	}

	/**
	 * Return whether a request is the original one of Reactor Netty.
	 */
	static boolean isPlain(ServerHttpRequest request) {
		return PLAIN.equals(request.getClass().getName());
	}

	/**
	 * Return the target as it was received. If the application has restored a prefix that
	 * a proxy removed, return the target with that prefix.
	 */
	private static String target(ServerHttpRequest request, String context) {
		if (nativeRequest(request) instanceof HttpServerRequest nativeRequest) {
			String received = nativeRequest.uri();
			if (context.isEmpty() || hasPath(received, request.getURI().getRawPath())) {
				return received;
			}
		}
		String path = request.getURI().getRawPath();
		String query = request.getURI().getRawQuery();
		return (query != null) ? path + "?" + query : path;
	}

	private static boolean hasPath(String target, String path) {
		int length = path.length();
		return target.startsWith(path) && (target.length() == length || target.charAt(length) == '?');
	}

	static @Nullable Object nativeRequest(ServerHttpRequest request) {
		ServerHttpRequest current = request;
		while (current instanceof ServerHttpRequestDecorator decorator) {
			current = decorator.getDelegate();
		}
		return NativeMessages.of(current);
	}

}
