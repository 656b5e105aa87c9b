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

package io.github.springsocketio.socketio.packet;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

import tools.jackson.core.io.NumberOutput;

/**
 * Formats numbers as {@code Number.prototype.toString} of JavaScript does: whole numbers
 * without a fraction, and exponents for 1e21 and above and below 1e-6.
 */
final class JsNumbers {

	private static final double MAX_SAFE = 1L << 53;

	private JsNumbers() {
	}

	/**
	 * Return whether a number is whole and exactly a {@code long}.
	 * @param value the number
	 * @return {@code true} also for negative zero, which JavaScript writes as 0
	 */
	static boolean isWhole(double value) {
		return Math.abs(value) <= MAX_SAFE && (long) value == value;
	}

	static String toString(double value) {
		if (isWhole(value)) {
			return Long.toString((long) value);
		}
		if (Double.isNaN(value) || Double.isInfinite(value)) {
			return Double.toString(value);
		}
		String shortest = format(NumberOutput.toString(value, true));
		return (Math.abs(value) < Double.MIN_NORMAL) ? oneDigit(value, shortest) : shortest;
	}

	// Java writes at least two digits, which is one too many for the smallest numbers
	private static String oneDigit(double value, String text) {
		String rounded = new BigDecimal(value).round(new MathContext(1, RoundingMode.HALF_EVEN)).toString();
		return (Double.parseDouble(rounded) == value) ? rounded.replace('E', 'e') : text;
	}

	static String toString(float value) {
		if (isWhole(value) || Float.isNaN(value) || Float.isInfinite(value)) {
			return toString((double) value);
		}
		return format(NumberOutput.toString(value, true));
	}

	// Convert the shortest digits from the form of Java to that of JavaScript.
	private static String format(String text) {
		String number = text.toUpperCase(Locale.ROOT);
		boolean negative = number.startsWith("-");
		int exponentAt = number.indexOf('E');
		String mantissa = number.substring(negative ? 1 : 0, (exponentAt >= 0) ? exponentAt : number.length());
		int exponent = (exponentAt >= 0) ? Integer.parseInt(number.substring(exponentAt + 1)) : 0;
		int point = mantissa.indexOf('.');
		String digits = (point >= 0) ? mantissa.substring(0, point) + mantissa.substring(point + 1) : mantissa;
		exponent += (point >= 0) ? point : mantissa.length();
		int from = 0;
		while (from < digits.length() - 1 && digits.charAt(from) == '0') {
			from++;
			exponent--;
		}
		int to = digits.length();
		while (to > from + 1 && digits.charAt(to - 1) == '0') {
			to--;
		}
		return (negative ? "-" : "") + layout(digits.substring(from, to), exponent);
	}

	// Write 0.digits times ten to the power of the exponent.
	private static String layout(String digits, int exponent) {
		int count = digits.length();
		if (exponent >= count && exponent <= 21) {
			return digits + "0".repeat(exponent - count);
		}
		if (exponent > 0 && exponent <= 21) {
			return digits.substring(0, exponent) + "." + digits.substring(exponent);
		}
		if (exponent > -6 && exponent <= 0) {
			return "0." + "0".repeat(-exponent) + digits;
		}
		String fraction = (count > 1) ? "." + digits.substring(1) : "";
		int shown = exponent - 1;
		return digits.charAt(0) + fraction + ((shown < 0) ? "e-" : "e+") + Math.abs(shown);
	}

}
