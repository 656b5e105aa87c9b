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

package io.github.springsocketio.test.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * A response of the server: to a handshake, to any other request of a client that polls,
 * or to the upgrade request of a WebSocket.
 *
 * @param transport the transport of the request
 * @param method the method of the request
 * @param uri the address of the request
 * @param status the status code; 101 for an accepted WebSocket
 * @param headers the headers; names are not case-sensitive
 * @param body the body, decoded as UTF-8; empty for an upgrade request, even if it was
 * refused
 * @since 0.1.0
 */
public record HandshakeResponse(Transport transport, String method, URI uri, int status,
		Map<String, List<String>> headers, String body) {

	/**
	 * Create a response.
	 * @param transport the transport of the request
	 * @param method the method of the request
	 * @param uri the address of the request
	 * @param status the status code
	 * @param headers the headers
	 * @param body the body
	 */
	public HandshakeResponse {
		Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
		headers = Collections.unmodifiableMap(copy);
	}

	static HandshakeResponse of(Transport transport, String method, URI uri, int status,
			Iterable<Map.Entry<String, String>> headers, String body) {
		Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.forEach(
				(header) -> copy.computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), (name) -> new ArrayList<>())
					.add(header.getValue()));
		return new HandshakeResponse(transport, method, uri, status, copy, body);
	}

	/**
	 * Return the first value of a header.
	 * @param name the name
	 * @return the value, or {@code null} if there is no such header
	 */
	public @Nullable String header(String name) {
		List<String> values = headers(name);
		return values.isEmpty() ? null : values.get(0);
	}

	/**
	 * Return the values of a header.
	 * @param name the name
	 * @return the values, empty if there is no such header
	 */
	public List<String> headers(String name) {
		return this.headers.getOrDefault(name, List.of());
	}

	/**
	 * Return the cookies that the response sets.
	 * @return the cookies, in the order of the headers
	 */
	public List<SetCookie> cookies() {
		return headers("set-cookie").stream().map(SetCookie::parse).filter(Objects::nonNull).toList();
	}

	/**
	 * Return the cookie of a name that the response sets.
	 * @param name the name
	 * @return the last such cookie, or {@code null} if there is none
	 */
	public @Nullable SetCookie cookie(String name) {
		SetCookie found = null;
		for (SetCookie cookie : cookies()) {
			found = cookie.name().equals(name) ? cookie : found;
		}
		return found;
	}

}
