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

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import io.github.springsocketio.engineio.packet.JsonEscapes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.NumberOutput;
import tools.jackson.databind.ObjectWriter;

/**
 * An output for one packet: its text in UTF-8 as written by {@code JSON.stringify}, and
 * its attachments. Each thread reuses one instance. A serializer that itself encodes a
 * packet needs another instance, because the first one is in use.
 */
final class JsonOutput extends OutputStream {

	private static final int RETAINED = 64 * 1024;

	private static final int INITIAL = 512;

	private static final int MAX = Integer.MAX_VALUE - 16;

	/**
	 * The space for the packet types, the number of attachments and a hyphen, which are
	 * written last.
	 */
	private static final int PREFIX = 16;

	private final ObjectWriter writer;

	private @Nullable JsonValueGenerator generator;

	private byte[] buffer = new byte[INITIAL];

	private int pos;

	private int bodyStart;

	private final List<byte[]> attachments = new ArrayList<>();

	private int placeholders;

	private boolean inUse;

	JsonOutput(ObjectWriter writer) {
		this.writer = writer;
	}

	/**
	 * Begin a packet.
	 * @return {@code false} if another packet is being written
	 */
	boolean acquire() {
		if (this.inUse) {
			return false;
		}
		this.inUse = true;
		this.pos = PREFIX;
		return true;
	}

	/**
	 * End the packet, and release the buffer if it is unusually large.
	 */
	void release() {
		this.inUse = false;
		this.placeholders = 0;
		this.attachments.clear();
		if (this.buffer.length > RETAINED) {
			this.buffer = new byte[INITIAL];
		}
		if (this.generator != null && !this.generator.isReusable()) {
			this.generator = null;
		}
	}

	/**
	 * Write what precedes the payload.
	 * @param nsp the namespace
	 * @param id the id of an acknowledgement, or -1
	 */
	void header(String nsp, long id) {
		if (!nsp.equals("/")) {
			byte[] bytes = nsp.getBytes(StandardCharsets.UTF_8);
			write(bytes, 0, bytes.length);
			write(',');
		}
		if (id >= 0) {
			number(id);
		}
		this.bodyStart = this.pos;
	}

	/**
	 * Create a message of the packet.
	 * @param type the packet type of messages without attachments
	 * @param binaryType the packet type of messages with attachments
	 * @return the message
	 */
	EncodedMessage toMessage(PacketType type, PacketType binaryType) {
		int count = this.attachments.size();
		int start = PREFIX;
		if (count > 0) {
			this.buffer[--start] = '-';
			for (int rest = count; rest > 0; rest /= 10) {
				this.buffer[--start] = (byte) ('0' + rest % 10);
			}
		}
		this.buffer[--start] = (byte) ((count > 0) ? binaryType : type).character();
		this.buffer[--start] = (byte) EnginePacketType.MESSAGE.character();
		byte[] text = Arrays.copyOfRange(this.buffer, start, this.pos);
		return (count > 0) ? EncodedMessage.of(text, this.attachments.toArray(new byte[0][]))
				: EncodedMessage.text(text);
	}

	int attachmentCount() {
		return this.attachments.size();
	}

	/**
	 * Return whether the payload contains no placeholders other than those of
	 * attachments. Because of other placeholders, the peer would close the connection or
	 * insert a wrong attachment.
	 * @param scanner the scanner to use
	 * @return whether it can be sent
	 */
	boolean isUnambiguous(JsonScanner scanner) {
		return scanner.scan(this.buffer, this.bodyStart, this.pos, this.attachments.size())
				&& scanner.placeholders().count() == this.placeholders;
	}

	/**
	 * Add an attachment.
	 * @param data the bytes
	 * @return the index of the attachment
	 */
	int attach(byte[] data) {
		this.attachments.add(data);
		return this.attachments.size() - 1;
	}

	/**
	 * Return the text of a placeholder, which the caller has to write.
	 * @param index the index of the attachment
	 * @return the placeholder
	 */
	String placeholder(int index) {
		this.placeholders++;
		return "{\"_placeholder\":true,\"num\":" + index + "}";
	}

	/**
	 * Write an argument: scalars and binary data directly, other values with the mapper.
	 * @param value the argument
	 */
	void argument(@Nullable Object value) {
		if (value == null) {
			ascii("null");
		}
		else if (value instanceof String string) {
			string(string);
		}
		else if (value instanceof Integer || value instanceof Long) {
			number(((Number) value).longValue());
		}
		else if (value instanceof Boolean bool) {
			ascii(bool ? "true" : "false");
		}
		else if (value instanceof Double number) {
			ascii(Double.isFinite(number) ? JsNumbers.toString(number) : "null");
		}
		else if (ArgumentMapper.isBinary(value)) {
			ascii(placeholder(attach(ArgumentMapper.bytes(value))));
		}
		else {
			generator().write(value, false);
		}
	}

	/**
	 * Return the generator that writes other values.
	 * @return the generator, whose output has to be flushed
	 */
	JsonValueGenerator generator() {
		JsonValueGenerator current = this.generator;
		if (current == null) {
			current = new JsonValueGenerator(this, this.writer);
			this.generator = current;
		}
		return current;
	}

	void string(String value) {
		int length = value.length();
		ensure(length + 2);
		int at = this.pos;
		this.buffer[at++] = '"';
		int i = 0;
		while (i < length && value.charAt(i) < 0x80 && JsonEscapes.of(value.charAt(i)) == null) {
			this.buffer[at++] = (byte) value.charAt(i++);
		}
		if (i == length) {
			this.buffer[at++] = '"';
			this.pos = at;
		}
		else if (needsEscapes(value, i)) {
			generator().writeString(value).flush();
		}
		else {
			write('"');
			byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
			write(bytes, 0, bytes.length);
			write('"');
		}
	}

	private static boolean needsEscapes(String value, int from) {
		for (int i = from; i < value.length(); i++) {
			char next = value.charAt(i);
			if ((next < 0x80) ? JsonEscapes.of(next) != null
					: Character.isSurrogate(next) && JsonEscapes.isUnpaired(value, i)) {
				return true;
			}
		}
		return false;
	}

	void ascii(String text) {
		int length = text.length();
		ensure(length);
		for (int i = 0; i < length; i++) {
			this.buffer[this.pos + i] = (byte) text.charAt(i);
		}
		this.pos += length;
	}

	private void number(long value) {
		ensure(20);
		this.pos = NumberOutput.outputLong(value, this.buffer, this.pos);
	}

	@Override
	public void write(int octet) {
		ensure(1);
		this.buffer[this.pos++] = (byte) octet;
	}

	@Override
	public void write(byte[] data, int offset, int length) {
		ensure(length);
		System.arraycopy(data, offset, this.buffer, this.pos, length);
		this.pos += length;
	}

	private void ensure(int more) {
		if (more > this.buffer.length - this.pos) {
			long needed = (long) this.pos + more;
			if (needed > MAX) {
				throw new PacketEncodingException("The packet is too large");
			}
			this.buffer = Arrays.copyOf(this.buffer, (int) Math.min(Math.max(needed, 2L * this.buffer.length), MAX));
		}
	}

}
