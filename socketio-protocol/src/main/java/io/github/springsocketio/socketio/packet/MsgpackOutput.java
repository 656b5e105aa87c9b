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
import java.util.Arrays;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.databind.ObjectWriter;

/**
 * Collects a packet as MessagePack, in the forms that the JavaScript parser chooses.
 */
final class MsgpackOutput extends ByteOutput implements TokenOutput {

	private static final BigInteger MAX_UNSIGNED = BigInteger.ONE.shiftLeft(64);

	private final OutputGenerator generator;

	/**
	 * Where the open arrays and objects have their headers.
	 */
	private int[] starts = new int[16];

	private int depth;

	MsgpackOutput(ObjectWriter writer) {
		this.generator = new OutputGenerator(this, writer);
	}

	@Override
	void release() {
		super.release();
		this.depth = 0;
	}

	OutputGenerator generator() {
		return this.generator;
	}

	EncodedMessage finish() {
		return EncodedMessage.binary(Arrays.copyOf(this.buffer, this.pos));
	}

	void arrayHeader(int size) {
		ensure(5);
		this.pos = header(this.pos, size, 0x90, 0xdc);
	}

	void mapHeader(int size) {
		ensure(5);
		this.pos = header(this.pos, size, 0x80, 0xde);
	}

	@Override
	public void beginArray() {
		if (this.depth == this.starts.length) {
			this.starts = Arrays.copyOf(this.starts, 2 * this.depth);
		}
		this.starts[this.depth++] = this.pos;
		put(0);
	}

	@Override
	public void endArray(int size) {
		end(size, 0x90, 0xdc);
	}

	@Override
	public void beginObject() {
		beginArray();
	}

	@Override
	public void endObject(int size) {
		end(size, 0x80, 0xde);
	}

	// The size is known only now; most often its header needs no more than the byte that
	// was left out
	private void end(int size, int fixed, int type16) {
		int start = this.starts[--this.depth];
		int length = (size < 16) ? 1 : (size < 0x10000) ? 3 : 5;
		if (length > 1) {
			ensure(length - 1);
			System.arraycopy(this.buffer, start + 1, this.buffer, start + length, this.pos - start - 1);
			this.pos += length - 1;
		}
		header(start, size, fixed, type16);
	}

	private int header(int at, int size, int fixed, int type16) {
		if (size < 16) {
			this.buffer[at] = (byte) (fixed | size);
			return at + 1;
		}
		boolean small = size < 0x10000;
		this.buffer[at] = (byte) (small ? type16 : type16 + 1);
		return big(at + 1, size, small ? 2 : 4);
	}

	@Override
	public void separator() {
		// sizes tell where values end
	}

	@Override
	public void name(String name) {
		string(name);
	}

	@Override
	public void string(String value) {
		byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
		int length = bytes.length;
		ensure(5);
		if (length < 32) {
			put(0xa0 | length);
		}
		else {
			typed(0xd9, length);
		}
		raw(bytes, 0, length);
	}

	@Override
	public void binary(byte[] data) {
		typed(0xc4, data.length);
		raw(data, 0, data.length);
	}

	// Write a type of which there are three, for lengths of one, two and four bytes
	private void typed(int type, int length) {
		int size = (length < 0x100) ? 1 : (length < 0x10000) ? 2 : 4;
		put(type + (size >> 1));
		number(length, size);
	}

	@Override
	public void number(long value) {
		if (value >= -32 && value < 128) {
			put((int) value);
			return;
		}
		long bits = (value < 0) ? ~value : value >>> 1;
		int size = (bits < 0x80) ? 0 : (bits < 0x8000) ? 1 : (bits < 0x80000000L) ? 2 : 3;
		put(((value < 0) ? 0xd0 : 0xcc) + size);
		number(value, 1 << size);
	}

	@Override
	public void number(double value) {
		if (JsNumbers.isWhole(value)) {
			number((long) value);
		}
		else {
			put(0xcb);
			number(Double.doubleToLongBits(value), 8);
		}
	}

	@Override
	public void number(float value) {
		number(Double.parseDouble(Float.toString(value)));
	}

	@Override
	public void number(BigInteger value) {
		if (value.bitLength() < 64) {
			number(value.longValue());
		}
		else if (value.signum() > 0 && value.compareTo(MAX_UNSIGNED) < 0) {
			put(0xcf);
			number(value.longValue(), 8);
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
		put(value ? 0xc3 : 0xc2);
	}

	@Override
	public void nil() {
		put(0xc0);
	}

	@Override
	public void json(String json) {
		throw new StreamWriteException(null, "Raw JSON cannot be written as MessagePack");
	}

	private void put(int value) {
		ensure(1);
		this.buffer[this.pos++] = (byte) value;
	}

	private void number(long value, int size) {
		ensure(size);
		this.pos = big(this.pos, value, size);
	}

	private int big(int at, long value, int size) {
		for (int i = 0; i < size; i++) {
			this.buffer[at + i] = (byte) (value >>> 8 * (size - 1 - i));
		}
		return at + size;
	}

}
