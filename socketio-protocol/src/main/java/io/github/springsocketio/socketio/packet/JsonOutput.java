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
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import tools.jackson.databind.ObjectWriter;

/**
 * Collects a packet: its text in UTF-8 as {@code JSON.stringify} writes it, and its
 * attachments. Reusable; not thread-safe.
 */
final class JsonOutput extends JsonBuffer {

	/**
	 * Room for the packet types, the number of attachments and a hyphen, which are known
	 * last.
	 */
	static final int PREFIX = 16;

	private static final byte[] PLACEHOLDER = "{\"_placeholder\":true,\"num\":".getBytes(StandardCharsets.ISO_8859_1);

	private final OutputGenerator generator;

	private int bodyStart;

	private final List<byte[]> attachments = new ArrayList<>();

	private int placeholders;

	JsonOutput(ObjectWriter writer) {
		this.generator = new OutputGenerator(this, writer);
	}

	@Override
	boolean acquire() {
		boolean acquired = super.acquire();
		if (acquired) {
			this.pos = PREFIX;
		}
		return acquired;
	}

	@Override
	void release() {
		super.release();
		this.placeholders = 0;
		this.attachments.clear();
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
	EncodedMessage finish(PacketType type, PacketType binaryType) {
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

	OutputGenerator generator() {
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

	@Override
	public void beginArray() {
		raw('[');
	}

	@Override
	public void endArray(int size) {
		raw(']');
	}

	@Override
	public void beginObject() {
		raw('{');
	}

	@Override
	public void endObject(int size) {
		raw('}');
	}

	@Override
	public void separator() {
		raw(',');
	}

	@Override
	public void name(String name) {
		string(name);
		raw(':');
	}

	@Override
	public void number(BigInteger value) {
		ascii(value.toString());
	}

	@Override
	public void number(BigDecimal value) {
		ascii(value.toString());
	}

	@Override
	public void bool(boolean value) {
		ascii(value ? "true" : "false");
	}

	@Override
	public void nil() {
		ascii("null");
	}

	@Override
	public void binary(byte[] data) {
		placeholder(attach(data));
	}

	@Override
	public void json(String json) {
		utf8(json);
	}

}
