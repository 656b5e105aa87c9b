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

import java.nio.charset.StandardCharsets;

import io.github.springsocketio.engineio.packet.JsonEscapes;
import tools.jackson.core.io.NumberOutput;

/**
 * Text in UTF-8 with the tokens of JSON as {@code JSON.stringify} writes them.
 */
abstract class JsonBuffer extends ByteOutput implements TokenOutput {

	/**
	 * From here on it pays to encode a string as a whole.
	 */
	private static final int LONG_STRING = 64;

	void raw(char ascii) {
		ensure(1);
		this.buffer[this.pos++] = (byte) ascii;
	}

	void ascii(String text) {
		int length = text.length();
		ensure(length);
		for (int i = 0; i < length; i++) {
			this.buffer[this.pos + i] = (byte) text.charAt(i);
		}
		this.pos += length;
	}

	void utf8(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		raw(bytes, 0, bytes.length);
	}

	@Override
	public void number(long value) {
		ensure(20);
		this.pos = NumberOutput.outputLong(value, this.buffer, this.pos);
	}

	@Override
	public void number(double value) {
		if (JsNumbers.isWhole(value)) {
			number((long) value);
		}
		else {
			ascii(Double.isFinite(value) ? JsNumbers.toString(value) : "null");
		}
	}

	@Override
	public void number(float value) {
		ascii(Float.isFinite(value) ? JsNumbers.toString(value) : "null");
	}

	@Override
	public void string(String value) {
		int length = value.length();
		if (length >= LONG_STRING && encoded(value)) {
			return;
		}
		ensure(length + 2);
		byte[] target = this.buffer;
		int at = this.pos;
		target[at++] = '"';
		int i = 0;
		for (; i < length; i++) {
			char next = value.charAt(i);
			if (next >= 0x80 || next < ' ' || next == '"' || next == '\\') {
				break;
			}
			target[at++] = (byte) next;
		}
		this.pos = at;
		while (i < length) {
			i = character(value, i);
		}
		raw('"');
	}

	private boolean encoded(String value) {
		byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
		ensure(bytes.length + 2);
		int start = this.pos;
		raw('"');
		boolean checked = false;
		int from = 0;
		while (from < bytes.length) {
			int special = JsonText.special(bytes, from, bytes.length);
			raw(bytes, from, special);
			from = special + 1;
			if (special < bytes.length && bytes[special] != '?') {
				ensure(6);
				ascii((char) bytes[special]);
			}
			else if (special < bytes.length) {
				// may be a surrogate that is not to be had in UTF-8
				if (!checked && hasUnpaired(value)) {
					this.pos = start;
					return false;
				}
				checked = true;
				raw('?');
			}
		}
		raw('"');
		return true;
	}

	private static boolean hasUnpaired(String value) {
		for (int i = 0; i < value.length(); i++) {
			if (Character.isSurrogate(value.charAt(i)) && JsonEscapes.isUnpaired(value, i)) {
				return true;
			}
		}
		return false;
	}

	private int character(String value, int index) {
		ensure(6);
		char next = value.charAt(index);
		if (next < 0x80) {
			ascii(next);
		}
		else if (next < 0x800) {
			this.buffer[this.pos++] = (byte) (0xc0 | next >> 6);
			continuation(next);
		}
		else if (!Character.isSurrogate(next)) {
			this.buffer[this.pos++] = (byte) (0xe0 | next >> 12);
			continuation(next >> 6);
			continuation(next);
		}
		else if (!JsonEscapes.isUnpaired(value, index)) {
			int point = Character.toCodePoint(next, value.charAt(index + 1));
			this.buffer[this.pos++] = (byte) (0xf0 | point >> 18);
			continuation(point >> 12);
			continuation(point >> 6);
			continuation(point);
			return index + 2;
		}
		else {
			byte[] sequence = JsonEscapes.unicode(next);
			raw(sequence, 0, sequence.length);
		}
		return index + 1;
	}

	private void continuation(int bits) {
		this.buffer[this.pos++] = (byte) (0x80 | bits & 0x3f);
	}

	private void ascii(char next) {
		byte[] sequence = JsonEscapes.of(next);
		if (sequence == null) {
			this.buffer[this.pos++] = (byte) next;
		}
		else {
			raw(sequence, 0, sequence.length);
		}
	}

}
