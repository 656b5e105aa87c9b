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

package io.github.springsocketio.socketio.packet.msgpack;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes values as MessagePack, each in the shortest form. Not thread-safe.
 *
 * <p>
 * Plain values are written with {@link #writeValue}. The other methods write token by
 * token; the caller has to make sure that the values of an array or a map are as many as
 * its size states.
 *
 * @since 0.1.0
 */
public final class MsgpackWriter {

	private static final int MAX_DEPTH = 500;

	private static final int MAX_SIZE = Integer.MAX_VALUE - 16;

	private static final double MAX_SAFE = 1L << 53;

	private static final BigInteger MAX_UNSIGNED = BigInteger.ONE.shiftLeft(64);

	private byte[] buffer = new byte[256];

	private int size;

	/**
	 * The positions of the headers of the open arrays and maps.
	 */
	private int[] starts = new int[16];

	private int depth;

	/**
	 * Return a value as MessagePack.
	 * @param value the value, as for {@link #writeValue}
	 * @return the bytes
	 * @throws IllegalArgumentException if the value cannot be written
	 */
	public static byte[] toBytes(@Nullable Object value) {
		MsgpackWriter writer = new MsgpackWriter();
		writer.writeValue(value);
		return writer.toByteArray();
	}

	/**
	 * Return the bytes that were written.
	 * @return a copy
	 * @throws IllegalStateException if an array or a map was not ended
	 */
	public byte[] toByteArray() {
		if (this.depth != 0) {
			throw new IllegalStateException("An array or a map was not ended");
		}
		return Arrays.copyOf(this.buffer, this.size);
	}

	/**
	 * Write a plain value: {@code null}, a {@code Boolean}, a {@code Number}, a
	 * {@code CharSequence}, {@code byte[]} or {@code ByteBuffer} as binary, and
	 * {@code Map}, {@code Collection} and {@code Object[]} of such values. The keys of a
	 * map are strings or numbers. As in JavaScript, a {@code Double}, {@code Float} or
	 * {@code BigDecimal} that is a whole number of at most 53 bits is written as an
	 * integer. A {@code BigDecimal} loses what a {@code double} cannot hold, and so does
	 * a {@code BigInteger} of more than 64 bits.
	 * @param value the value
	 * @throws IllegalArgumentException if the value has another type, or if arrays and
	 * maps are nested more than 500 levels deep
	 */
	public void writeValue(@Nullable Object value) {
		writeValue(value, MAX_DEPTH);
	}

	private void writeValue(@Nullable Object value, int levels) {
		if (value == null) {
			writeNull();
		}
		else if (value instanceof CharSequence text) {
			writeString(text.toString());
		}
		else if (value instanceof Number number) {
			writeNumber(number);
		}
		else if (value instanceof Boolean bool) {
			writeBoolean(bool);
		}
		else if (value instanceof byte[] bytes) {
			writeBinary(bytes);
		}
		else if (value instanceof ByteBuffer bytes) {
			byte[] copy = new byte[bytes.remaining()];
			bytes.duplicate().get(copy);
			writeBinary(copy);
		}
		else if (levels == 0) {
			throw new IllegalArgumentException("A value is nested more than " + MAX_DEPTH + " levels deep");
		}
		else if (value instanceof Map<?, ?> map) {
			writeMap(map, levels - 1);
		}
		else if (value instanceof Collection<?> collection) {
			writeArray(collection.toArray(), levels - 1);
		}
		else if (value instanceof Object[] array) {
			writeArray(array, levels - 1);
		}
		else {
			throw unsupported(value);
		}
	}

	private void writeArray(@Nullable Object[] values, int levels) {
		writeArrayHeader(values.length);
		for (Object value : values) {
			writeValue(value, levels);
		}
	}

	private void writeMap(Map<?, ?> map, int levels) {
		beginMap();
		int entries = 0;
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			if (entry.getKey() instanceof String name) {
				writeString(name);
			}
			else if (entry.getKey() instanceof Number number) {
				writeNumber(number);
			}
			else {
				throw new IllegalArgumentException("A key of a map is neither a string nor a number");
			}
			writeValue(entry.getValue(), levels);
			entries++;
		}
		endMap(entries);
	}

	private void writeNumber(Number number) {
		if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
			writeLong(number.longValue());
		}
		else if (number instanceof BigInteger integer) {
			writeBigInteger(integer);
		}
		else if (number instanceof Double || number instanceof BigDecimal) {
			writeShortest(number.doubleValue());
		}
		else if (number instanceof Float) {
			// the same decimal digits
			writeShortest(Double.parseDouble(number.toString()));
		}
		else {
			throw unsupported(number);
		}
	}

	private void writeShortest(double value) {
		if (Math.abs(value) <= MAX_SAFE && (long) value == value) {
			writeLong((long) value);
		}
		else {
			writeDouble(value);
		}
	}

	private static IllegalArgumentException unsupported(Object value) {
		return new IllegalArgumentException("A " + value.getClass().getName() + " cannot be written as MessagePack");
	}

	/**
	 * Write {@code nil}.
	 */
	public void writeNull() {
		put(0xc0);
	}

	/**
	 * Write a boolean.
	 * @param value the value
	 */
	public void writeBoolean(boolean value) {
		put(value ? 0xc3 : 0xc2);
	}

	/**
	 * Write an integer.
	 * @param value the value
	 */
	public void writeLong(long value) {
		if (value >= -32 && value < 128) {
			put((int) value);
			return;
		}
		long bits = (value < 0) ? ~value : value >>> 1;
		int exponent = (bits < 0x80) ? 0 : (bits < 0x8000) ? 1 : (bits < 0x80000000L) ? 2 : 3;
		put(((value < 0) ? 0xd0 : 0xcc) + exponent);
		bigEndian(value, 1 << exponent);
	}

	/**
	 * Write an integer.
	 * @param value the value; the nearest {@code double} is written if it has more than
	 * 64 bits
	 */
	public void writeBigInteger(BigInteger value) {
		if (value.bitLength() < 64) {
			writeLong(value.longValue());
		}
		else if (value.signum() > 0 && value.compareTo(MAX_UNSIGNED) < 0) {
			put(0xcf);
			bigEndian(value.longValue(), 8);
		}
		else {
			writeDouble(value.doubleValue());
		}
	}

	/**
	 * Write a floating-point number of 64 bits.
	 * @param value the value
	 */
	public void writeDouble(double value) {
		put(0xcb);
		bigEndian(Double.doubleToLongBits(value), 8);
	}

	/**
	 * Write a string in UTF-8.
	 * @param value the value; unpaired surrogates are replaced with {@code ?}
	 */
	public void writeString(String value) {
		byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
		if (bytes.length < 32) {
			put(0xa0 | bytes.length);
		}
		else {
			writeLength(0xd9, bytes.length);
		}
		append(bytes);
	}

	/**
	 * Write binary data.
	 * @param data the bytes
	 */
	public void writeBinary(byte[] data) {
		writeLength(0xc4, data.length);
		append(data);
	}

	// Write one of three types, for lengths of one, two and four bytes
	private void writeLength(int type, int length) {
		int bytes = (length < 0x100) ? 1 : (length < 0x10000) ? 2 : 4;
		put(type + (bytes >> 1));
		bigEndian(length, bytes);
	}

	/**
	 * Write the header of an array. The elements follow.
	 * @param elements the number of elements
	 */
	public void writeArrayHeader(int elements) {
		ensure(5);
		this.size = header(this.size, elements, 0x90, 0xdc);
	}

	/**
	 * Write the header of a map. Key and value of each entry follow.
	 * @param entries the number of entries
	 */
	public void writeMapHeader(int entries) {
		ensure(5);
		this.size = header(this.size, entries, 0x80, 0xde);
	}

	/**
	 * Begin an array whose size is not known yet. The elements follow.
	 */
	public void beginArray() {
		if (this.depth == this.starts.length) {
			this.starts = Arrays.copyOf(this.starts, 2 * this.depth);
		}
		this.starts[this.depth++] = this.size;
		put(0);
	}

	/**
	 * End the array that was begun last.
	 * @param elements the number of elements
	 */
	public void endArray(int elements) {
		end(elements, 0x90, 0xdc);
	}

	/**
	 * Begin a map whose size is not known yet. Key and value of each entry follow.
	 */
	public void beginMap() {
		beginArray();
	}

	/**
	 * End the map that was begun last.
	 * @param entries the number of entries
	 */
	public void endMap(int entries) {
		end(entries, 0x80, 0xde);
	}

	// Most headers need no more than the byte that was reserved
	private void end(int count, int fixed, int type16) {
		int start = this.starts[--this.depth];
		int length = (count < 16) ? 1 : (count < 0x10000) ? 3 : 5;
		if (length > 1) {
			ensure(length - 1);
			System.arraycopy(this.buffer, start + 1, this.buffer, start + length, this.size - start - 1);
			this.size += length - 1;
		}
		header(start, count, fixed, type16);
	}

	private int header(int at, int count, int fixed, int type16) {
		if (count < 16) {
			this.buffer[at] = (byte) (fixed | count);
			return at + 1;
		}
		boolean small = count < 0x10000;
		this.buffer[at] = (byte) (small ? type16 : type16 + 1);
		return bigEndian(at + 1, count, small ? 2 : 4);
	}

	private void put(int value) {
		ensure(1);
		this.buffer[this.size++] = (byte) value;
	}

	private void append(byte[] data) {
		ensure(data.length);
		System.arraycopy(data, 0, this.buffer, this.size, data.length);
		this.size += data.length;
	}

	private void bigEndian(long value, int bytes) {
		ensure(bytes);
		this.size = bigEndian(this.size, value, bytes);
	}

	private int bigEndian(int at, long value, int bytes) {
		for (int i = 0; i < bytes; i++) {
			this.buffer[at + i] = (byte) (value >>> 8 * (bytes - 1 - i));
		}
		return at + bytes;
	}

	private void ensure(int more) {
		if (more > this.buffer.length - this.size) {
			long needed = (long) this.size + more;
			if (needed > MAX_SIZE) {
				throw new IllegalArgumentException("The value is too large");
			}
			this.buffer = Arrays.copyOf(this.buffer,
					(int) Math.min(Math.max(needed, 2L * this.buffer.length), MAX_SIZE));
		}
	}

}
