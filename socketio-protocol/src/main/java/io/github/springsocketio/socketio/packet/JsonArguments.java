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

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Arguments as received: JSON text that the scanner validated, and its attachments.
 */
final class JsonArguments implements Arguments {

	/**
	 * The number of digits that always fit a {@code long}.
	 */
	private static final int SAFE_DIGITS = 18;

	private final ArgumentMapper mapper;

	private final byte[] data;

	/**
	 * Start and end of each argument.
	 */
	private final int[] bounds;

	/**
	 * Start, end and number of each placeholder.
	 */
	private final int @Nullable [] placeholders;

	private final byte[][] attachments;

	JsonArguments(ArgumentMapper mapper, byte[] data, int[] bounds, int @Nullable [] placeholders,
			byte[][] attachments) {
		this.mapper = mapper;
		this.data = data;
		this.bounds = bounds;
		this.placeholders = placeholders;
		this.attachments = attachments;
	}

	/**
	 * Return the attachments.
	 * @return the array itself, to which the decoder adds the attachments
	 */
	byte[][] attachments() {
		return this.attachments;
	}

	@Override
	public int size() {
		return this.bounds.length / 2;
	}

	@Override
	public @Nullable Object get(int index) {
		return isAbsent(index) ? null : value(index, Object.class);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T get(int index, Class<T> type) {
		return isAbsent(index) ? null : (T) value(index, type);
	}

	@Override
	public @Nullable Object get(int index, Type type) {
		return isAbsent(index) ? null : value(index, type);
	}

	@Override
	public List<@Nullable Object> toList() {
		return Collections.<@Nullable Object>unmodifiableList(Arrays.<@Nullable Object>asList(toArray()));
	}

	@Override
	public @Nullable Object[] toArray() {
		@Nullable Object[] values = new @Nullable Object[size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = get(i);
		}
		return values;
	}

	/**
	 * Write all arguments, separated by commas. The text is copied; only the placeholders
	 * are renumbered.
	 * @param output the output
	 */
	void writeTo(JsonOutput output) {
		int from = this.bounds[0];
		int to = this.bounds[this.bounds.length - 1];
		if (this.placeholders != null) {
			for (int i = 0; i < this.placeholders.length; i += 3) {
				output.write(this.data, from, this.placeholders[i] - from);
				output.ascii(output.placeholder(output.attach(this.attachments[this.placeholders[i + 2]])));
				from = this.placeholders[i + 1];
			}
		}
		output.write(this.data, from, to - from);
	}

	private boolean isAbsent(int index) {
		return index < 0 || index >= size() || this.data[this.bounds[2 * index]] == 'n';
	}

	private @Nullable Object value(int index, Type type) {
		int start = this.bounds[2 * index];
		int end = this.bounds[2 * index + 1];
		try {
			Object simple = (this.data[start] == '{') ? binary(start, end, type) : scalar(start, end, type);
			return (simple != null) ? simple : converted(start, end, type);
		}
		catch (RuntimeException ex) {
			throw new ArgumentConversionException(index, ex);
		}
	}

	// Read a scalar without a parser if the type is unambiguous.
	private @Nullable Object scalar(int start, int end, Type type) {
		byte first = this.data[start];
		boolean plain = type == Object.class;
		if (first == '"') {
			return (plain || type == String.class) ? JsonText.decode(this.data, start + 1, end - 1) : null;
		}
		if (first == 't' || first == 'f') {
			return (plain || type == Boolean.class || type == boolean.class) ? first == 't' : null;
		}
		if (first == '[') {
			return null;
		}
		if (type == Double.class || type == double.class) {
			return Double.valueOf(new String(this.data, start, end - start, StandardCharsets.ISO_8859_1));
		}
		return integer(start, end, type);
	}

	private @Nullable Object integer(int start, int end, Type type) {
		boolean plain = type == Object.class && this.mapper.isPlainIntegers();
		boolean asInt = type == Integer.class || type == int.class;
		boolean asLong = type == Long.class || type == long.class;
		boolean negative = this.data[start] == '-';
		if (!(plain || asInt || asLong) || end - start > SAFE_DIGITS) {
			return null;
		}
		long value = 0;
		for (int i = negative ? start + 1 : start; i < end; i++) {
			int digit = this.data[i] - '0';
			if (digit < 0 || digit > 9) {
				return null;
			}
			value = value * 10 + digit;
		}
		value = negative ? -value : value;
		if (asLong) {
			return value;
		}
		if ((int) value == value) {
			return (int) value;
		}
		return plain ? value : null;
	}

	// Return the attachment if it is the whole argument.
	private @Nullable Object binary(int start, int end, Type type) {
		int at = placeholder(start);
		if (at < 0 || this.placeholders == null || this.placeholders[at + 1] != end) {
			return null;
		}
		byte[] bytes = this.attachments[this.placeholders[at + 2]];
		if (type == ByteBuffer.class) {
			return ByteBuffer.wrap(bytes);
		}
		return (type == byte[].class || type == Object.class) ? bytes : null;
	}

	private @Nullable Object converted(int start, int end, Type type) {
		if (!hasPlaceholder(start, end)) {
			return this.mapper.read(this.data, start, end - start, type);
		}
		TokenBuffer buffer = TokenBuffer.forGeneration();
		try (JsonParser parser = this.mapper.parser(this.data, start, end - start)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				int at = (token == JsonToken.START_OBJECT)
						? placeholder(start + (int) parser.currentTokenLocation().getByteOffset()) : -1;
				if (at >= 0 && this.placeholders != null) {
					parser.skipChildren();
					buffer.writeEmbeddedObject(this.attachments[this.placeholders[at + 2]]);
				}
				else {
					buffer.copyCurrentEvent(parser);
				}
			}
		}
		return this.mapper.read(buffer, type);
	}

	private boolean hasPlaceholder(int start, int end) {
		int at = firstPlaceholder(start);
		return this.placeholders != null && at < this.placeholders.length && this.placeholders[at] < end;
	}

	// Find the placeholder at a position.
	private int placeholder(int start) {
		int at = firstPlaceholder(start);
		return (this.placeholders != null && at < this.placeholders.length && this.placeholders[at] == start) ? at : -1;
	}

	// Find the first placeholder at or after a position.
	private int firstPlaceholder(int start) {
		if (this.placeholders == null) {
			return 0;
		}
		int low = 0;
		int high = this.placeholders.length / 3;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (this.placeholders[3 * middle] < start) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return 3 * low;
	}

	@Override
	public String toString() {
		return "Arguments[size=" + size() + "]";
	}

}
