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

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.packet.msgpack.MsgpackWriter;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.databind.ObjectWriter;

/**
 * A packet that is being written as MessagePack, with the forms of numbers that the
 * JavaScript parser uses.
 */
final class MsgpackOutput implements TokenOutput {

	private final MsgpackWriter writer = new MsgpackWriter();

	private final OutputGenerator generator;

	MsgpackOutput(ObjectWriter writer) {
		this.generator = new OutputGenerator(this, writer);
	}

	OutputGenerator generator() {
		return this.generator;
	}

	EncodedMessage toMessage() {
		return EncodedMessage.binary(this.writer.toByteArray());
	}

	void arrayHeader(int size) {
		this.writer.writeArrayHeader(size);
	}

	void mapHeader(int size) {
		this.writer.writeMapHeader(size);
	}

	@Override
	public void beginArray() {
		this.writer.beginArray();
	}

	@Override
	public void endArray(int size) {
		this.writer.endArray(size);
	}

	@Override
	public void beginObject() {
		this.writer.beginMap();
	}

	@Override
	public void endObject(int size) {
		this.writer.endMap(size);
	}

	@Override
	public void separator() {
		// none between values
	}

	@Override
	public void name(String name) {
		this.writer.writeString(name);
	}

	@Override
	public void string(String value) {
		this.writer.writeString(value);
	}

	@Override
	public void number(long value) {
		this.writer.writeLong(value);
	}

	@Override
	public void number(double value) {
		if (JsNumbers.isWhole(value)) {
			this.writer.writeLong((long) value);
		}
		else {
			this.writer.writeDouble(value);
		}
	}

	@Override
	public void number(float value) {
		number(Double.parseDouble(Float.toString(value)));
	}

	@Override
	public void number(BigInteger value) {
		if (value.bitLength() <= 64) {
			this.writer.writeBigInteger(value);
		}
		else {
			number(value.doubleValue());
		}
	}

	@Override
	public void number(BigDecimal value) {
		number(value.doubleValue());
	}

	@Override
	public void bool(boolean value) {
		this.writer.writeBoolean(value);
	}

	@Override
	public void nil() {
		this.writer.writeNull();
	}

	@Override
	public void binary(byte[] data) {
		this.writer.writeBinary(data);
	}

	@Override
	public void json(String json) {
		throw new StreamWriteException(null, "Raw JSON cannot be written as MessagePack");
	}

}
