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

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Parses dates of cookies according to RFC 6265, section 5.1.1: the parts may be in any
 * order, and names of weekdays and time zones are ignored.
 */
final class CookieDate {

	private static final Pattern DELIMITERS = Pattern.compile("[\\t\\x20-\\x2F\\x3B-\\x40\\x5B-\\x60\\x7B-\\x7E]+");

	private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\D.*)?");

	private static final Pattern DAY = Pattern.compile("(\\d{1,2})(?:\\D.*)?");

	private static final Pattern YEAR = Pattern.compile("(\\d{2,4})(?:\\D.*)?");

	private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep",
			"oct", "nov", "dec");

	private static final int FIRST_YEAR = 1601;

	private int hour = -1;

	private int minute;

	private int second;

	private int day = -1;

	private int month = -1;

	private int year = -1;

	private CookieDate() {
	}

	static @Nullable Instant parse(String text) {
		CookieDate date = new CookieDate();
		for (String token : DELIMITERS.split(text)) {
			date.accept(token);
		}
		return date.toInstant();
	}

	private void accept(String token) {
		Matcher time = TIME.matcher(token);
		if (this.hour < 0 && time.matches()) {
			this.hour = Integer.parseInt(time.group(1));
			this.minute = Integer.parseInt(time.group(2));
			this.second = Integer.parseInt(time.group(3));
			return;
		}
		Matcher number = DAY.matcher(token);
		if (this.day < 0 && number.matches()) {
			this.day = Integer.parseInt(number.group(1));
			return;
		}
		if (this.month < 0 && token.length() >= 3) {
			this.month = MONTHS.indexOf(token.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
			if (this.month > 0) {
				return;
			}
			this.month = -1;
		}
		number = YEAR.matcher(token);
		if (this.year < 0 && number.matches()) {
			this.year = fullYear(Integer.parseInt(number.group(1)));
		}
	}

	private static int fullYear(int year) {
		if (year >= 70 && year <= 99) {
			return 1900 + year;
		}
		return (year < 70) ? 2000 + year : year;
	}

	private @Nullable Instant toInstant() {
		if (this.hour < 0 || this.day < 0 || this.month < 0 || this.year < FIRST_YEAR) {
			return null;
		}
		try {
			return LocalDateTime.of(this.year, this.month, this.day, this.hour, this.minute, this.second)
				.toInstant(ZoneOffset.UTC);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
