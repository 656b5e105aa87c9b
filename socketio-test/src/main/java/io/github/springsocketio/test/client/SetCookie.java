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

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A {@code Set-Cookie} header of a response, parsed according to RFC 6265, section 5.2.
 * It does not matter whether a client accepts the cookie.
 *
 * @param name the name of the cookie
 * @param value the value
 * @param attributes the attributes, with their names in lower case; the value of an
 * attribute without a value is the empty string; if a name occurs several times, the last
 * attribute applies
 * @since 0.1.0
 */
public record SetCookie(String name, String value, Map<String, String> attributes) {

	/**
	 * Create a cookie.
	 * @param name the name of the cookie
	 * @param value the value
	 * @param attributes the attributes, with their names in lower case
	 */
	public SetCookie {
		attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
	}

	/**
	 * Parse the value of a header.
	 * @param header the value of a {@code Set-Cookie} header
	 * @return the cookie, or {@code null} if the header does not contain one
	 */
	public static @Nullable SetCookie parse(String header) {
		String[] parts = header.split(";", -1);
		int equals = parts[0].indexOf('=');
		if (equals < 0 || parts[0].substring(0, equals).isBlank()) {
			return null;
		}
		Map<String, String> attributes = new LinkedHashMap<>();
		for (int i = 1; i < parts.length; i++) {
			int separator = parts[i].indexOf('=');
			String attribute = (separator < 0) ? parts[i] : parts[i].substring(0, separator);
			String value = (separator < 0) ? "" : parts[i].substring(separator + 1);
			if (!attribute.isBlank()) {
				attributes.put(attribute.strip().toLowerCase(Locale.ROOT), value.strip());
			}
		}
		return new SetCookie(parts[0].substring(0, equals).strip(), parts[0].substring(equals + 1).strip(), attributes);
	}

	/**
	 * Return the attribute {@code Path}.
	 * @return the path, or {@code null} if there is no such attribute
	 */
	public @Nullable String path() {
		return this.attributes.get("path");
	}

	/**
	 * Return the attribute {@code Domain}.
	 * @return the domain, or {@code null} if there is no such attribute
	 */
	public @Nullable String domain() {
		return this.attributes.get("domain");
	}

	/**
	 * Return the attribute {@code SameSite}.
	 * @return such as {@code "Lax"}, or {@code null} if there is no such attribute
	 */
	public @Nullable String sameSite() {
		return this.attributes.get("samesite");
	}

	/**
	 * Return whether there is the attribute {@code HttpOnly}.
	 * @return whether the cookie is not accessible to scripts of a page
	 */
	public boolean httpOnly() {
		return this.attributes.containsKey("httponly");
	}

	/**
	 * Return whether there is the attribute {@code Secure}.
	 * @return whether the cookie is only sent with TLS
	 */
	public boolean secure() {
		return this.attributes.containsKey("secure");
	}

	/**
	 * Return the attribute {@code Max-Age}.
	 * @return the time, which may be zero or negative, or {@code null} if there is no
	 * such attribute or it is not a number of seconds
	 */
	public @Nullable Duration maxAge() {
		String text = this.attributes.get("max-age");
		if (text == null || !text.matches("-?\\d+")) {
			return null;
		}
		if (text.length() > 15) {
			return Duration.ofSeconds(text.startsWith("-") ? Integer.MIN_VALUE : Integer.MAX_VALUE);
		}
		return Duration.ofSeconds(Long.parseLong(text));
	}

	/**
	 * Return the attribute {@code Expires}.
	 * @return the time, or {@code null} if there is no such attribute or it is not a date
	 */
	public @Nullable Instant expires() {
		String text = this.attributes.get("expires");
		return (text != null) ? CookieDate.parse(text) : null;
	}

	/**
	 * Return the time at which the cookie expires. {@code Max-Age} has precedence over
	 * {@code Expires}.
	 * @param now the current time
	 * @return the time, or {@code null} if the cookie does not expire
	 */
	@Nullable Instant expiry(Instant now) {
		Duration maxAge = maxAge();
		if (maxAge == null) {
			return expires();
		}
		if (maxAge.isZero() || maxAge.isNegative()) {
			return Instant.MIN;
		}
		// no overflow: maxAge() has at most 15 digits
		return now.plus(maxAge);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.name).append('=').append(this.value);
		this.attributes
			.forEach((name, value) -> text.append("; ").append(name).append(value.isEmpty() ? "" : "=" + value));
		return text.toString();
	}

}
