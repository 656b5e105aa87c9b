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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

import io.github.springsocketio.OptionChecks;
import org.jspecify.annotations.Nullable;

/**
 * Checks {@link CorsOptions}.
 */
final class CorsRules {

	private static final Pattern ORIGIN = Pattern.compile("[\\x21-\\x2b\\x2d-\\x7e]+");

	private static final Pattern PATTERN = Pattern.compile("[\\x21-\\x5b\\x5d-\\x7e]+");

	private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");

	private CorsRules() {
	}

	static void check(CorsOptions options) {
		options.allowedOrigins().forEach((origin) -> checkOrigin("allowedOrigins", origin));
		options.allowedOriginPatterns()
			.forEach((pattern) -> OptionChecks.isTrue(PATTERN.matcher(pattern).matches(), "allowedOriginPatterns",
					pattern,
					"must hold patterns made of printable US-ASCII characters without spaces and backslashes"));
		checkFixedOrigin(options);
		boolean listed = !options.allowedOrigins().isEmpty() || !options.allowedOriginPatterns().isEmpty();
		OptionChecks.isTrue(options.originResolver() == null || !listed && options.fixedOrigin() == null,
				"originResolver", null,
				"must not be combined with 'allowedOrigins', 'allowedOriginPatterns' or 'fixedOrigin'");
		OptionChecks.isTrue(!options.allowCredentials() || !options.allowedOrigins().contains(CorsOptions.ANY),
				"allowedOrigins", CorsOptions.ANY,
				"must name the origins when 'allowCredentials' is set: browsers refuse '*' with "
						+ "credentials. 'allowedOriginPatterns' is another way to allow many origins");
		checkTokens("allowedMethods", options.allowedMethods());
		checkTokens("allowedHeaders", options.allowedHeaders());
		checkTokens("exposedHeaders", options.exposedHeaders());
		int status = options.optionsSuccessStatus();
		OptionChecks.isTrue(status >= 200 && status <= 299, "optionsSuccessStatus", status,
				"must be a status from 200 to 299");
	}

	static List<String> warnings(CorsOptions options) {
		List<String> warnings = new ArrayList<>();
		options.allowedOrigins()
			.stream()
			.filter((origin) -> !origin.contains("://") && !origin.equals(CorsOptions.ANY) && !origin.equals("null"))
			.forEach((origin) -> warnings.add("CORS: 'allowed-origins' holds '" + origin
					+ "', which no browser sends: an origin begins with a scheme, as in 'https://" + origin + "'"));
		if (options.allowCredentials()) {
			if (options.allowedOriginPatterns().contains(CorsOptions.ANY)) {
				warnings.add("CORS: 'allowed-origin-patterns' holds '*' and 'allow-credentials' is set; every web "
						+ "page can act in the name of its visitors");
			}
			warnOfLiteralAsterisk(warnings, "allowed-methods", options.allowedMethods());
			warnOfLiteralAsterisk(warnings, "allowed-headers", options.allowedHeaders());
			warnOfLiteralAsterisk(warnings, "exposed-headers", options.exposedHeaders());
		}
		return List.copyOf(warnings);
	}

	static String withoutTrailingSlash(String origin) {
		return (origin.endsWith("/") && !origin.endsWith("://")) ? origin.substring(0, origin.length() - 1) : origin;
	}

	private static void warnOfLiteralAsterisk(List<String> warnings, String option,
			@Nullable Collection<String> names) {
		if (names != null && names.contains(CorsOptions.ANY)) {
			warnings.add("CORS: '" + option + "' holds '*', which is an ordinary name when 'allow-credentials' is set");
		}
	}

	private static void checkOrigin(String option, String origin) {
		OptionChecks.isTrue(ORIGIN.matcher(origin).matches(), option, origin,
				"must hold an origin such as 'https://example.com', "
						+ "in US-ASCII characters without spaces and commas");
	}

	private static void checkFixedOrigin(CorsOptions options) {
		String origin = options.fixedOrigin();
		if (origin != null) {
			checkOrigin("fixedOrigin", origin);
			OptionChecks.isTrue(!origin.equals(CorsOptions.ANY), "fixedOrigin", origin,
					"must be one origin; '*' belongs to 'allowedOrigins'");
			OptionChecks.isTrue(options.allowedOrigins().isEmpty() && options.allowedOriginPatterns().isEmpty(),
					"fixedOrigin", origin, "must not be combined with 'allowedOrigins' or 'allowedOriginPatterns'");
		}
	}

	private static void checkTokens(String option, @Nullable Collection<String> names) {
		if (names != null) {
			names.forEach((name) -> OptionChecks.isTrue(TOKEN.matcher(name).matches(), option, name,
					"must hold names without separators"));
		}
	}

}
