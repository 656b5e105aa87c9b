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
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.github.springsocketio.engineio.web.SessionCookieOptions.Priority;
import io.github.springsocketio.engineio.web.SessionCookieOptions.SameSite;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Creates the {@code Set-Cookie} line of a session. All parts but the value are created
 * once.
 */
final class SessionCookie {

	private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter
		.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private final String start;

	private final String attributes;

	private final CookieValueEncoder encoder;

	SessionCookie(SessionCookieOptions options) {
		this.start = options.name() + "=";
		this.attributes = attributes(options);
		this.encoder = options.encoder();
	}

	/**
	 * Return the line for a session.
	 * @param sid the id of the session
	 * @return the value of the {@code Set-Cookie} header
	 * @throws IllegalStateException if the encoder fails or its result cannot be sent;
	 * the message does not contain the id
	 */
	String line(String sid) {
		return this.start + encode(sid) + this.attributes;
	}

	private String encode(String sid) {
		String value;
		try {
			value = this.encoder.encode(sid);
		}
		catch (RuntimeException ex) {
			throw new IllegalStateException("Cookie value encoder " + this.encoder + " failed", ex);
		}
		if (value == null || !SessionCookieRules.isValue(value)) {
			throw new IllegalStateException(
					"Cookie value encoder " + this.encoder + " returned a value that no cookie can carry");
		}
		return value;
	}

	private static String attributes(SessionCookieOptions options) {
		StringBuilder line = new StringBuilder();
		Duration maxAge = options.maxAge();
		append(line, "Max-Age", (maxAge != null) ? maxAge.getSeconds() : null);
		append(line, "Domain", options.domain());
		append(line, "Path", options.path());
		Instant expires = options.expires();
		append(line, "Expires", (expires != null) ? HTTP_DATE.format(expires) : null);
		appendFlag(line, "HttpOnly", options.httpOnly());
		appendFlag(line, "Secure", options.secure());
		appendFlag(line, "Partitioned", options.partitioned());
		Priority priority = options.priority();
		append(line, "Priority", (priority != null) ? capitalised(priority) : null);
		append(line, "SameSite", (options.sameSite() != SameSite.OMITTED) ? capitalised(options.sameSite()) : null);
		return line.toString();
	}

	private static void append(StringBuilder line, String attribute, @Nullable Object value) {
		if (value != null) {
			line.append("; ").append(attribute).append('=').append(value);
		}
	}

	private static void appendFlag(StringBuilder line, String attribute, boolean present) {
		if (present) {
			line.append("; ").append(attribute);
		}
	}

	private static String capitalised(Enum<?> value) {
		return StringUtils.capitalize(value.name().toLowerCase(Locale.ROOT));
	}

}
