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

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads a value of MessagePack as {@code Map}, {@code List}, {@code String},
 * {@code Integer}, {@code Long}, {@code BigInteger}, {@code Double}, {@code Boolean},
 * {@code byte[]} or {@code null}. Not thread-safe.
 *
 * <p>
 * Keys of maps become strings. Dates, those of the npm package {@code notepack.io} as
 * well as timestamps of the specification, become strings in ISO 8601; {@code undefined}
 * of that package becomes {@code null} in an array and is left out in a map. Other
 * extensions become a list of the type and the bytes.
 *
 * <p>
 * The input need not be trusted: memory is allocated only for what the input contains,
 * whatever sizes it states.
 *
 * @since 0.1.0
 */
public final class MsgpackReader {

	private static final int DEFAULT_MAX_DEPTH = 500;

	private static final Object UNDEFINED = new Object();

	/**
	 * Dates in the form of {@code Date.prototype.toJSON}.
	 */
	private static final DateTimeFormatter DATES = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

	private static final int NANOS = 1_000_000_000;

	private final ByteBuffer data;

	private final int maxDepth;

	private final int maxStringLength;

	private final int maxNameLength;

	/** The number of values that may still be read. */
	private int valuesLeft;

	/**
	 * Create a reader without limits on the length of strings. Arrays and maps may be
	 * nested 500 levels deep.
	 * @param data the bytes of the value
	 */
	public MsgpackReader(byte[] data) {
		this(data, DEFAULT_MAX_DEPTH, Integer.MAX_VALUE, Integer.MAX_VALUE);
	}

	/**
	 * Create a reader.
	 * @param data the bytes of the value
	 * @param maxDepth the maximum nesting depth of arrays and maps; values are read
	 * recursively, so that more than about 1000 levels may overflow the stack
	 * @param maxStringLength the maximum length of a string in UTF-16 units
	 * @param maxNameLength the maximum length of a key of a map in UTF-16 units
	 */
	public MsgpackReader(byte[] data, int maxDepth, int maxStringLength, int maxNameLength) {
		this(data, maxDepth, maxStringLength, maxNameLength, Integer.MAX_VALUE);
	}

	/**
	 * Create a reader that also limits the number of values, which take more memory than
	 * bytes of the input.
	 * @param data the bytes of the value
	 * @param maxDepth the maximum nesting depth of arrays and maps; values are read
	 * recursively, so that more than about 1000 levels may overflow the stack
	 * @param maxStringLength the maximum length of a string in UTF-16 units
	 * @param maxNameLength the maximum length of a key of a map in UTF-16 units
	 * @param maxValues the maximum number of values, those in arrays and maps and the
	 * keys of maps included
	 */
	public MsgpackReader(byte[] data, int maxDepth, int maxStringLength, int maxNameLength, int maxValues) {
		this.data = ByteBuffer.wrap(data);
		this.maxDepth = maxDepth;
		this.maxStringLength = maxStringLength;
		this.maxNameLength = maxNameLength;
		this.valuesLeft = maxValues;
	}

	/**
	 * Read the value.
	 * @return the value, or a {@link Failure} if the bytes are not exactly one value
	 * within the limits
	 */
	public @Nullable Object read() {
		Object value = value(this.maxDepth);
		if (value instanceof Failure) {
			return value;
		}
		if (this.data.hasRemaining()) {
			return Failure.MALFORMED;
		}
		return (value != UNDEFINED) ? value : null;
	}

	private @Nullable Object value(int levels) {
		if (!this.data.hasRemaining()) {
			return Failure.MALFORMED;
		}
		if (--this.valuesLeft < 0) {
			return Failure.TOO_MANY_VALUES;
		}
		int type = this.data.get() & 0xff;
		if (type < 0x80 || type >= 0xe0) {
			return (int) (byte) type;
		}
		if (type < 0x90) {
			return map(type & 0xf, levels);
		}
		if (type < 0xa0) {
			return array(type & 0xf, levels);
		}
		return (type < 0xc0) ? string(type & 0x1f) : typed(type, levels);
	}

	private @Nullable Object typed(int type, int levels) {
		return switch (type) {
			case 0xc0 -> null;
			case 0xc2 -> false;
			case 0xc3 -> true;
			case 0xc4, 0xc5, 0xc6 -> binary(length(1 << type - 0xc4));
			case 0xc7, 0xc8, 0xc9 -> extension(length(1 << type - 0xc7), false);
			case 0xca -> (this.data.remaining() < 4) ? Failure.MALFORMED : (Object) (double) this.data.getFloat();
			case 0xcb -> (this.data.remaining() < 8) ? Failure.MALFORMED : (Object) this.data.getDouble();
			case 0xcc, 0xcd, 0xce, 0xcf -> integer(1 << type - 0xcc, false);
			case 0xd0, 0xd1, 0xd2, 0xd3 -> integer(1 << type - 0xd0, true);
			case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> extension(1 << type - 0xd4, true);
			case 0xd9, 0xda, 0xdb -> string(length(1 << type - 0xd9));
			case 0xdc, 0xdd -> array(length(2 << type - 0xdc), levels);
			case 0xde, 0xdf -> map(length(2 << type - 0xde), levels);
			default -> Failure.MALFORMED;
		};
	}

	// Return -1 if the input ends before the length does
	private long length(int size) {
		return (this.data.remaining() < size) ? -1 : number(size, false);
	}

	private long number(int size, boolean signed) {
		long value = signed ? this.data.get() : this.data.get() & 0xff;
		for (int i = 1; i < size; i++) {
			value = value << 8 | this.data.get() & 0xff;
		}
		return value;
	}

	private Object integer(int size, boolean signed) {
		if (this.data.remaining() < size) {
			return Failure.MALFORMED;
		}
		long value = number(size, signed);
		if (size == 8 && !signed && value < 0) {
			return new BigInteger(Long.toUnsignedString(value));
		}
		return ((int) value == value) ? (Object) (int) value : (Object) value;
	}

	private Object string(long length) {
		Object bytes = binary(length);
		if (bytes instanceof Failure) {
			return bytes;
		}
		String value = new String((byte[]) bytes, StandardCharsets.UTF_8);
		return (value.length() > this.maxStringLength) ? Failure.STRING_TOO_LONG : value;
	}

	private Object binary(long length) {
		if (length < 0 || length > this.data.remaining()) {
			return Failure.MALFORMED;
		}
		byte[] bytes = new byte[(int) length];
		this.data.get(bytes);
		return bytes;
	}

	private Object array(long size, int levels) {
		// each element takes a byte at least
		if (size < 0 || size > this.data.remaining()) {
			return Failure.MALFORMED;
		}
		if (levels == 0) {
			return Failure.TOO_DEEP;
		}
		List<@Nullable Object> list = new ArrayList<>();
		for (long i = 0; i < size; i++) {
			Object value = value(levels - 1);
			if (value instanceof Failure) {
				return value;
			}
			list.add((value != UNDEFINED) ? value : null);
		}
		return list;
	}

	private Object map(long size, int levels) {
		if (size < 0 || 2 * size > this.data.remaining()) {
			return Failure.MALFORMED;
		}
		if (levels == 0) {
			return Failure.TOO_DEEP;
		}
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		for (long i = 0; i < size; i++) {
			Object name = name();
			if (name instanceof Failure) {
				return name;
			}
			Object value = value(levels - 1);
			if (value instanceof Failure) {
				return value;
			}
			if (value != UNDEFINED) {
				map.put((String) name, value);
			}
		}
		return map;
	}

	private Object name() {
		Object name = value(0);
		if (name == Failure.STRING_TOO_LONG || name == Failure.TOO_MANY_VALUES) {
			return name;
		}
		if (!(name instanceof String) && !(name instanceof Number)) {
			return Failure.MALFORMED;
		}
		String text = name.toString();
		return (text.length() <= this.maxNameLength) ? text : Failure.NAME_TOO_LONG;
	}

	// The extensions of notepack.io have the type 0
	private Object extension(long length, boolean fixed) {
		if (length < 0 || length >= this.data.remaining()) {
			return Failure.MALFORMED;
		}
		int type = this.data.get();
		byte[] bytes = (byte[]) binary(length);
		if (type == 0 && fixed && length == 1) {
			return UNDEFINED;
		}
		if (type == 0 && fixed && length == 8) {
			return DATES.format(Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong()));
		}
		if (type == -1) {
			return timestamp(ByteBuffer.wrap(bytes));
		}
		return (type == 0) ? bytes : new ArrayList<>(Arrays.asList(type, bytes));
	}

	// The timestamp of the MessagePack specification
	private static Object timestamp(ByteBuffer time) {
		return switch (time.remaining()) {
			case 4 -> timestamp(time.getInt() & 0xffffffffL, 0);
			case 8 -> timestamp(time.getLong(0) & 0x3ffffffffL, time.getLong(0) >>> 34);
			case 12 -> timestamp(time.getLong(4), time.getInt(0) & 0xffffffffL);
			default -> Failure.MALFORMED;
		};
	}

	private static Object timestamp(long seconds, long nanos) {
		boolean possible = nanos < NANOS && seconds >= Instant.MIN.getEpochSecond()
				&& seconds <= Instant.MAX.getEpochSecond();
		return possible ? Instant.ofEpochSecond(seconds, nanos).toString() : Failure.MALFORMED;
	}

	/**
	 * The reasons why bytes cannot be read.
	 */
	public enum Failure {

		/**
		 * The bytes are not exactly one value.
		 */
		MALFORMED,

		/**
		 * Arrays and maps are nested too deep.
		 */
		TOO_DEEP,

		/**
		 * There are too many values.
		 */
		TOO_MANY_VALUES,

		/**
		 * A string is too long.
		 */
		STRING_TOO_LONG,

		/**
		 * A key of a map is too long.
		 */
		NAME_TOO_LONG

	}

}
