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

import java.util.Random;

/**
 * Writes random JSON, in all the forms that it may have.
 */
final class RandomJson {

	private static final String[] STRINGS = { "", "a", "num", "_placeholder", "caf\u00e9", "\u4e2d\u6587",
			"\ud83d\ude00", "\\n\\t\\b\\f\\r", "\\u0041\\ud83d\\ude00\\ud800", "\\\"quoted\\\"", "back\\\\slash\\/",
			"\u007f\u2028", "exactly8",
			"a string of more than sixty-four characters, which is encoded as a whole? yes" };

	private static final String[] NUMBERS = { "0", "-0", "1", "-1", "42", "2147483648", "-9223372036854775808",
			"18446744073709551616", "0.5", "-0.25", "1e3", "1E+10", "2.5e-7", "1.7976931348623157e308", "123456.789" };

	private static final String[] BLANKS = { "", "", "", " ", "\n", "\t ", "\r\n" };

	private final Random random;

	RandomJson(long seed) {
		this.random = new Random(seed);
	}

	String value(int depth) {
		return switch (this.random.nextInt((depth > 0) ? 9 : 6)) {
			case 0 -> "null";
			case 1 -> this.random.nextBoolean() ? "true" : "false";
			case 2, 3 -> pick(NUMBERS);
			case 4, 5 -> string();
			case 6, 7 -> object(depth - 1);
			default -> array(depth - 1);
		};
	}

	String array(int depth) {
		StringBuilder json = new StringBuilder("[").append(pick(BLANKS));
		int size = this.random.nextInt(5);
		for (int i = 0; i < size; i++) {
			json.append((i > 0) ? "," : "").append(pick(BLANKS)).append(value(depth)).append(pick(BLANKS));
		}
		return json.append("]").toString();
	}

	private String object(int depth) {
		StringBuilder json = new StringBuilder("{").append(pick(BLANKS));
		int size = this.random.nextInt(5);
		for (int i = 0; i < size; i++) {
			// Jackson refuses lone surrogates in names
			String name = string().replace("\\ud800", "");
			json.append((i > 0) ? "," : "").append(pick(BLANKS)).append(name).append(pick(BLANKS)).append(':');
			json.append(pick(BLANKS)).append(value(depth)).append(pick(BLANKS));
		}
		return json.append("}").toString();
	}

	private String string() {
		return '"' + pick(STRINGS) + ((this.random.nextInt(4) == 0) ? pick(STRINGS) : "") + '"';
	}

	/**
	 * Change a byte or a few.
	 * @param json valid JSON
	 * @return what may be JSON or not
	 */
	byte[] mutate(byte[] json) {
		byte[] result = json.clone();
		String bytes = "[]{}\",:\\ue+-.0123456789tfn \n\u0001\u0080\u00c3\u00ed\u00ff";
		for (int i = this.random.nextInt(3); i >= 0; i--) {
			int at = this.random.nextInt(result.length);
			int action = this.random.nextInt(3);
			byte[] next = new byte[result.length + action - 1];
			System.arraycopy(result, 0, next, 0, Math.min(at, next.length));
			int from = (action == 0) ? at + 1 : at;
			int to = (action == 2) ? at + 1 : at;
			System.arraycopy(result, from, next, to, Math.min(result.length - from, next.length - to));
			if (action != 0) {
				next[at] = (byte) bytes.charAt(this.random.nextInt(bytes.length()));
			}
			if (next.length > 0) {
				result = next;
			}
		}
		return result;
	}

	private String pick(String[] from) {
		return from[this.random.nextInt(from.length)];
	}

}
