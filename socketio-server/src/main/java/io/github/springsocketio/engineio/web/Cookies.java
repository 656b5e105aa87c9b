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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.InvalidOptionException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;
import org.springframework.web.server.ServerWebExchange;

/**
 * Parses the cookies of a request and serializes cookies for a response like the npm
 * package {@code cookie}, for use in handshake listeners.
 * <p>
 * When parsing, malformed parts are skipped: no input makes it fail, and its run time is
 * linear in the length of the header. Names are case-sensitive. If a name occurs more
 * than once, the first cookie is used. Values are unquoted, and percent-decoded if
 * possible.
 *
 * @since 0.1.0
 */
public final class Cookies {

	private Cookies() {
	}

	/**
	 * Parse the value of a {@code Cookie} header.
	 * @param header the value of the header, or {@code null} if there is none
	 * @return the cookies by name, in the order of the header; unmodifiable, empty if
	 * there is none
	 */
	public static Map<String, String> parse(@Nullable String header) {
		if (header == null || header.length() < 2) {
			return Collections.emptyMap();
		}
		Map<String, String> cookies = new LinkedHashMap<>();
		int start = 0;
		while (start < header.length()) {
			int end = endOfPair(header, start);
			int equals = indexOf('=', header, start, end);
			if (equals < end) {
				String name = trimmed(header, start, equals);
				if (!cookies.containsKey(name)) {
					cookies.put(name, value(header, equals + 1, end));
				}
			}
			start = end + 1;
		}
		return Collections.unmodifiableMap(cookies);
	}

	/**
	 * Parse the cookies of a request.
	 * @param headers the headers of the request
	 * @return the cookies by name, in the order of the request; unmodifiable, empty if
	 * there is none
	 */
	public static Map<String, String> parse(HttpHeaders headers) {
		return parse(header(headers));
	}

	/**
	 * Return the value of one cookie.
	 * @param headers the headers of the request
	 * @param name the name of the cookie
	 * @return the value, or {@code null} if the request has no such cookie
	 */
	public static @Nullable String value(HttpHeaders headers, String name) {
		Assert.notNull(name, "'name' must not be null");
		String header = header(headers);
		if (header == null || header.length() < 2) {
			return null;
		}
		int start = 0;
		while (start < header.length()) {
			int end = endOfPair(header, start);
			int equals = indexOf('=', header, start, end);
			if (equals < end && trimmed(header, start, equals).equals(name)) {
				return value(header, equals + 1, end);
			}
			start = end + 1;
		}
		return null;
	}

	/**
	 * Return the value of one cookie.
	 * @param exchange the exchange whose request is read
	 * @param name the name of the cookie
	 * @return the value, or {@code null} if the request has no such cookie
	 */
	public static @Nullable String value(ServerWebExchange exchange, String name) {
		Assert.notNull(exchange, "'exchange' must not be null");
		return value(exchange.getRequest().getHeaders(), name);
	}

	/**
	 * Return the value of a {@code Set-Cookie} header for a cookie without attributes.
	 * The value is encoded with {@link CookieValueEncoder#uriComponent()}.
	 * @param name the name of the cookie, a token of RFC 9110
	 * @param value the value before encoding
	 * @return {@code name=value}
	 * @throws InvalidOptionException if the name is not a token
	 */
	public static String serialize(String name, String value) {
		return serialize(SessionCookieOptions.builder()
			.name(name)
			.path(null)
			.httpOnly(false)
			.sameSite(SessionCookieOptions.SameSite.OMITTED)
			.build(), value);
	}

	/**
	 * Return the value of a {@code Set-Cookie} header for a cookie with the name, the
	 * attributes and the encoder of the options. Their defaults are {@code Path=/},
	 * {@code HttpOnly} and {@code SameSite=Lax}; where a cookie is sent is up to the
	 * caller.
	 * @param options the name, the attributes and the encoder
	 * @param value the value before encoding
	 * @return the cookie with its attributes, in the order of the npm package
	 * @throws IllegalStateException if the encoder fails or returns a value that is not
	 * valid in a cookie
	 */
	public static String serialize(SessionCookieOptions options, String value) {
		Assert.notNull(options, "'options' must not be null");
		Assert.notNull(value, "'value' must not be null");
		return new SessionCookie(options).line(value);
	}

	// HTTP/2 clients may send each cookie in a line of its own
	private static @Nullable String header(HttpHeaders headers) {
		Assert.notNull(headers, "'headers' must not be null");
		List<String> lines = headers.get(HttpHeaders.COOKIE);
		if (lines == null || lines.isEmpty()) {
			return null;
		}
		return (lines.size() == 1) ? lines.get(0) : String.join("; ", lines);
	}

	private static int endOfPair(String header, int start) {
		return indexOf(';', header, start, header.length());
	}

	private static int indexOf(char c, String header, int start, int end) {
		int index = start;
		while (index < end && header.charAt(index) != c) {
			index++;
		}
		return index;
	}

	private static String value(String header, int start, int end) {
		String value = trimmed(header, start, end);
		if (value.startsWith("\"") && value.endsWith("\"")) {
			value = (value.length() > 1) ? value.substring(1, value.length() - 1) : "";
		}
		return UriComponent.decodeLeniently(value);
	}

	private static String trimmed(String header, int start, int end) {
		int from = start;
		int to = end;
		while (from < to && isBlank(header.charAt(from))) {
			from++;
		}
		while (to > from && isBlank(header.charAt(to - 1))) {
			to--;
		}
		return header.substring(from, to);
	}

	private static boolean isBlank(char c) {
		return c == ' ' || c == '\t';
	}

}
