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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.github.springsocketio.OptionChecks;
import io.github.springsocketio.engineio.web.SessionCookieOptions.SameSite;

/**
 * Checks {@link SessionCookieOptions}. Names, domains and paths follow the npm package
 * {@code cookie} 0.7, name prefixes the draft RFC 6265bis, section "Cookie Name
 * Prefixes".
 */
final class SessionCookieRules {

	private static final Pattern NAME = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");

	private static final Pattern DOMAIN_LABEL = Pattern.compile("[0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?");

	private static final Pattern PATH = Pattern.compile("[\\x20-\\x3a\\x3d-\\x7e]+");

	private static final Instant EARLIEST_DATE = Instant.parse("1601-01-01T00:00:00Z");

	private static final Instant LATEST_DATE = Instant.parse("9999-12-31T23:59:59.999Z");

	private SessionCookieRules() {
	}

	static void check(SessionCookieOptions options) {
		OptionChecks.isTrue(NAME.matcher(options.name()).matches(), "name", options.name(),
				"must be a token: one or more letters, digits or characters of !#$%&'*+-.^_`|~");
		String domain = options.domain();
		OptionChecks.isTrue(domain == null || isDomain(domain), "domain", domain,
				"must be a host name such as 'example.com', without port and trailing dot");
		String path = options.path();
		OptionChecks.isTrue(path == null || PATH.matcher(path).matches(), "path", path,
				"must be made of printable US-ASCII characters other than ';' and '<'");
		Instant expires = options.expires();
		OptionChecks.isTrue(expires == null || !(expires.isBefore(EARLIEST_DATE) || expires.isAfter(LATEST_DATE)),
				"expires", expires, "must be a date in the years 1601 to 9999");
		checkPrefix(options);
	}

	/**
	 * Return whether a text can be the value of a cookie.
	 */
	static boolean isValue(String value) {
		int start = 0;
		int end = value.length();
		if (end >= 2 && value.charAt(0) == '"' && value.charAt(end - 1) == '"') {
			start++;
			end--;
		}
		for (int i = start; i < end; i++) {
			char c = value.charAt(i);
			if (c <= ' ' || c >= 0x7f || c == '"' || c == ',' || c == ';' || c == '\\') {
				return false;
			}
		}
		return true;
	}

	static List<String> warnings(SessionCookieOptions options) {
		List<String> warnings = new ArrayList<>();
		if (options.sameSite() == SameSite.NONE && !options.secure()) {
			warnings.add("Session cookie: 'same-site' is 'none' without 'secure'; browsers refuse such a cookie");
		}
		if (options.partitioned() && !options.secure()) {
			warnings.add("Session cookie: 'partitioned' is set without 'secure'; browsers refuse such a cookie");
		}
		String path = options.path();
		if (path != null && !path.startsWith("/")) {
			warnings.add("Session cookie: 'path' does not start with '/'; browsers ignore such a path");
		}
		Duration maxAge = options.maxAge();
		if (maxAge != null && maxAge.getSeconds() <= 0) {
			warnings.add("Session cookie: 'max-age' is less than one second; browsers drop such a cookie at once");
		}
		return List.copyOf(warnings);
	}

	private static boolean isDomain(String domain) {
		String labels = domain.startsWith(".") ? domain.substring(1) : domain;
		for (String label : labels.split("\\.", -1)) {
			if (!DOMAIN_LABEL.matcher(label).matches()) {
				return false;
			}
		}
		return true;
	}

	private static void checkPrefix(SessionCookieOptions options) {
		String name = options.name().toLowerCase(Locale.ROOT);
		boolean host = name.startsWith("__host-");
		boolean http = name.startsWith("__http-") || name.startsWith("__host-http-");
		if (host || http || name.startsWith("__secure-")) {
			OptionChecks.isTrue(options.secure(), "secure", false, "must be set for the name '" + options.name() + "'");
		}
		if (host) {
			OptionChecks.isTrue(options.domain() == null, "domain", options.domain(),
					"must not be set for the name '" + options.name() + "'");
			OptionChecks.isTrue("/".equals(options.path()), "path", options.path(),
					"must be '/' for the name '" + options.name() + "'");
		}
		if (http) {
			OptionChecks.isTrue(options.httpOnly(), "httpOnly", false,
					"must be set for the name '" + options.name() + "'");
		}
	}

}
