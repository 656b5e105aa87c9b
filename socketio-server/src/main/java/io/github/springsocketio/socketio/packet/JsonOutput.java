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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import tools.jackson.core.io.NumberOutput;
import tools.jackson.databind.ObjectWriter;

/**
 * Collects a packet: its text in UTF-8 as {@code JSON.stringify} writes it, and its
 * attachments. Reusable; not thread-safe.
 */
final class JsonOutput {

	/**
	 * Room for the packet types, the number of attachments and a hyphen, which are known
	 * last.
	 */
	static final int PREFIX = 16;

	private static final int RETAINED = 64 * 1024;

	private static final int INITIAL = 512;

	private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

	private static final byte[] PLACEHOLDER = "{\"_placeholder\":true,\"num\":".getBytes(StandardCharsets.ISO_8859_1);

	private final JsonOutputGenerator generator;

	private byte[] buffer = new byte[INITIAL];

	private int pos;

	private int bodyStart;

	private final List<byte[]> attachments = new ArrayList<>();

	private int placeholders;

	private boolean inUse;

	JsonOutput(ObjectWriter writer) {
		this.generator = new JsonOutputGenerator(this, writer);
	}

	/**
	 * Begin to write, unless this is in use, as when a serializer emits.
	 * @return whether this can be used
	 */
	boolean acquire() {
		if (this.inUse) {
			return false;
		}
		this.inUse = true;
		this.pos = PREFIX;
		return true;
	}

	void release() {
		this.inUse = false;
		this.placeholders = 0;
		this.attachments.clear();
		if (this.buffer.length > RETAINED) {
			this.buffer = new byte[INITIAL];
		}
	}

	// Write what stands before the payload.
	void header(String nsp, long id) {
		if (!nsp.equals("/")) {
			utf8(nsp);
			raw(',');
		}
		if (id >= 0) {
			number(id);
		}
		this.bodyStart = this.pos;
	}

	/**
	 * Make a message of what was written.
	 * @param type the packet type of messages without attachments
	 * @param binaryType the packet type of messages with attachments
	 * @return the message
	 */
	EncodedMessage finish(char type, char binaryType) {
		int count = this.attachments.size();
		int start = PREFIX;
		if (count > 0) {
			this.buffer[--start] = '-';
			for (int rest = count; rest > 0; rest /= 10) {
				this.buffer[--start] = (byte) ('0' + rest % 10);
			}
		}
		this.buffer[--start] = (byte) ((count > 0) ? binaryType : type);
		this.buffer[--start] = '4';
		byte[] text = Arrays.copyOfRange(this.buffer, start, this.pos);
		return (count > 0) ? EncodedMessage.of(text, this.attachments.toArray(new byte[0][]))
				: EncodedMessage.text(text);
	}

	JsonOutputGenerator generator() {
		return this.generator;
	}

	int attachmentCount() {
		return this.attachments.size();
	}

	/**
	 * Return whether the payload has just the placeholders that were written as such.
	 * Data of the same look would make the peer close the connection, or give it an
	 * attachment that is not meant.
	 * @param scanner the scanner to use
	 * @return whether it has
	 */
	boolean isUnambiguous(JsonScanner scanner) {
		return scanner.scan(this.buffer, this.bodyStart, this.pos, this.attachments.size())
				&& scanner.placeholders().count() == this.placeholders;
	}

	void raw(char ascii) {
		ensure(1);
		this.buffer[this.pos++] = (byte) ascii;
	}

	void raw(byte[] data, int from, int to) {
		ensure(to - from);
		System.arraycopy(data, from, this.buffer, this.pos, to - from);
		this.pos += to - from;
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

	void number(long value) {
		ensure(20);
		this.pos = NumberOutput.outputLong(value, this.buffer, this.pos);
	}

	void number(double value) {
		if (JsNumbers.isWhole(value)) {
			number((long) value);
		}
		else {
			ascii(Double.isFinite(value) ? JsNumbers.toString(value) : "null");
		}
	}

	void number(float value) {
		ascii(Float.isFinite(value) ? JsNumbers.toString(value) : "null");
	}

	// Write the bytes as an attachment and its placeholder in the text.
	void binary(byte[] data) {
		placeholder(attach(data));
	}

	int attach(byte[] data) {
		this.attachments.add(data);
		return this.attachments.size() - 1;
	}

	void placeholder(int num) {
		this.placeholders++;
		raw(PLACEHOLDER, 0, PLACEHOLDER.length);
		number(num);
		raw('}');
	}

	// Write a string with its quotes.
	void string(String value) {
		int length = value.length();
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
		else if (Character.isHighSurrogate(next) && index + 1 < value.length()
				&& Character.isLowSurrogate(value.charAt(index + 1))) {
			int point = Character.toCodePoint(next, value.charAt(index + 1));
			this.buffer[this.pos++] = (byte) (0xf0 | point >> 18);
			continuation(point >> 12);
			continuation(point >> 6);
			continuation(point);
			return index + 2;
		}
		else {
			// not to be had in UTF-8, and what JSON.stringify writes
			unicode(next);
		}
		return index + 1;
	}

	private void continuation(int bits) {
		this.buffer[this.pos++] = (byte) (0x80 | bits & 0x3f);
	}

	private void ascii(char next) {
		if (next >= ' ') {
			if (next == '"' || next == '\\') {
				this.buffer[this.pos++] = '\\';
			}
			this.buffer[this.pos++] = (byte) next;
			return;
		}
		int letter = switch (next) {
			case '\b' -> 'b';
			case '\f' -> 'f';
			case '\n' -> 'n';
			case '\r' -> 'r';
			case '\t' -> 't';
			default -> 0;
		};
		if (letter == 0) {
			unicode(next);
			return;
		}
		this.buffer[this.pos++] = '\\';
		this.buffer[this.pos++] = (byte) letter;
	}

	private void unicode(char unit) {
		this.buffer[this.pos++] = '\\';
		this.buffer[this.pos++] = 'u';
		for (int shift = 12; shift >= 0; shift -= 4) {
			this.buffer[this.pos++] = HEX[unit >> shift & 0xf];
		}
	}

	private void ensure(int more) {
		if (more > this.buffer.length - this.pos) {
			grow(more);
		}
	}

	private void grow(int more) {
		long wanted = Math.max((long) this.pos + more, 2L * this.buffer.length);
		if ((long) this.pos + more > Integer.MAX_VALUE - 16) {
			throw new PacketEncodingException("The packet is too large");
		}
		this.buffer = Arrays.copyOf(this.buffer, (int) Math.min(wanted, Integer.MAX_VALUE - 16));
	}

}
