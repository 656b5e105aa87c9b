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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import io.github.springsocketio.engineio.packet.JsonEscapes;
import org.jspecify.annotations.Nullable;

/**
 * Payloads as scripts and as form fields, for clients that poll with {@code <script>} and
 * {@code <form>} (EIO-117, EIO-118). Of the values that a client sends, only digits are
 * included in a script (SEC-110).
 */
final class Jsonp {

	private static final byte[] FOOT = ");".getBytes(StandardCharsets.US_ASCII);

	private final byte[] head;

	/**
	 * Create the form of one session.
	 * @param index the parameter {@code j} of its first request
	 */
	Jsonp(String index) {
		StringBuilder digits = new StringBuilder();
		index.chars().filter((c) -> c >= '0' && c <= '9').forEach((c) -> digits.append((char) c));
		this.head = ("___eio[" + digits + "](").getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Return a script that passes a payload to the client.
	 * @param payload the payload in UTF-8
	 */
	byte[] script(byte[] payload) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + payload.length / 8 + 32);
		out.writeBytes(this.head);
		out.write('"');
		for (int i = 0; i < payload.length; i++) {
			if (isLineSeparator(payload, i)) {
				out.writeBytes(JsonEscapes.unicode((char) (0x2000 | payload[i + 2] & 0x3f)));
				i += 2;
			}
			else {
				write(out, payload[i]);
			}
		}
		out.write('"');
		out.writeBytes(FOOT);
		return out.toByteArray();
	}

	/**
	 * Return whether U+2028 or U+2029 is at an index. JSON allows them in strings, old
	 * versions of JavaScript do not.
	 */
	private static boolean isLineSeparator(byte[] text, int i) {
		return text[i] == (byte) 0xe2 && i + 2 < text.length && text[i + 1] == (byte) 0x80
				&& (text[i + 2] == (byte) 0xa8 || text[i + 2] == (byte) 0xa9);
	}

	private static void write(ByteArrayOutputStream out, byte octet) {
		byte[] sequence = (octet >= 0) ? JsonEscapes.of(octet) : null;
		if (sequence != null) {
			out.writeBytes(sequence);
		}
		else {
			out.write(octet);
		}
	}

	/**
	 * Return the payload of a form: the value of its field {@code d}.
	 * @param form the URL-encoded form in UTF-8
	 * @return the payload, or {@code null} unless there is exactly one such field
	 */
	static byte @Nullable [] payload(byte[] form) {
		String field = QueryParameters.single(new String(form, StandardCharsets.UTF_8), "d");
		return (field != null) ? unescapeLines(field).getBytes(StandardCharsets.UTF_8) : null;
	}

	/**
	 * Restore line breaks. As browsers may change line breaks in a form, clients send
	 * them as a backslash and {@code n}, and prepend another backslash to these two
	 * characters in a text.
	 */
	private static String unescapeLines(String text) {
		if (!text.contains("\\n")) {
			return text;
		}
		StringBuilder out = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			int last = out.length() - 1;
			if (c != 'n' || last < 0 || out.charAt(last) != '\\') {
				out.append(c);
			}
			else {
				boolean escaped = last > 0 && out.charAt(last - 1) == '\\';
				out.setLength(last);
				out.append(escaped ? 'n' : '\n');
			}
		}
		return out.toString();
	}

}
