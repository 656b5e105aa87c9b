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

package io.github.springsocketio.redis;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes plain values as JSON, as {@code JSON.parse} and {@code JSON.stringify}
 * do: numbers that are not finite are written as {@code null}, and binary data as an
 * object with a list of numbers.
 */
final class PlainJson {

	private static final double MAX_SAFE = 1L << 53;

	/**
	 * The maximum nesting depth, in both directions.
	 */
	static final int MAX_DEPTH = 500;

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(MAX_DEPTH)
				.maxStringLength(Integer.MAX_VALUE)
				.maxTokenCount(MessageCodec.MAX_VALUES)
				.build())
			.build())
		.build();

	/**
	 * Has a resolved deserializer, so that threads do not contend for the cache of
	 * deserializers.
	 */
	private static final ObjectReader READER = MAPPER.readerFor(Object.class);

	private PlainJson() {
	}

	/**
	 * Read a value.
	 * @return the value, or {@code null} if the text is not valid, nested too deeply or
	 * has too many values
	 */
	static @Nullable Object read(byte[] json) {
		try {
			return READER.readValue(json);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	/**
	 * Write a value.
	 * @param value a plain value
	 * @throws IllegalArgumentException if it is not plain, or nested too deeply
	 */
	static byte[] write(@Nullable Object value) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(256);
		try (JsonGenerator generator = MAPPER.createGenerator(out)) {
			write(generator, value, MAX_DEPTH);
		}
		return out.toByteArray();
	}

	private static void write(JsonGenerator generator, @Nullable Object value, int levels) {
		if (levels == 0) {
			throw new IllegalArgumentException("A value is nested more than " + MAX_DEPTH + " levels deep");
		}
		if (value == null) {
			generator.writeNull();
		}
		else if (value instanceof CharSequence text) {
			generator.writeString(text.toString());
		}
		else if (value instanceof Boolean bool) {
			generator.writeBoolean(bool);
		}
		else if (value instanceof Number number) {
			write(generator, number);
		}
		else if (value instanceof Map<?, ?> map) {
			generator.writeStartObject();
			map.forEach((name, element) -> {
				generator.writeName(String.valueOf(name));
				write(generator, element, levels - 1);
			});
			generator.writeEndObject();
		}
		else if (value instanceof Collection<?> collection) {
			generator.writeStartArray();
			collection.forEach((element) -> write(generator, element, levels - 1));
			generator.writeEndArray();
		}
		else if (value instanceof byte[] bytes) {
			writeBinary(generator, bytes);
		}
		else if (value instanceof ByteBuffer buffer) {
			byte[] bytes = new byte[buffer.remaining()];
			buffer.duplicate().get(bytes);
			writeBinary(generator, bytes);
		}
		else {
			throw new IllegalArgumentException("A " + value.getClass().getName() + " cannot be written as JSON");
		}
	}

	private static void write(JsonGenerator generator, Number number) {
		if (number instanceof Double || number instanceof Float) {
			double value = (number instanceof Float) ? Double.parseDouble(number.toString()) : number.doubleValue();
			if (!Double.isFinite(value)) {
				generator.writeNull();
			}
			else if (Math.abs(value) <= MAX_SAFE && (long) value == value) {
				generator.writeNumber((long) value);
			}
			else {
				generator.writeNumber(value);
			}
		}
		else if (number instanceof Integer || number instanceof Long || number instanceof Short
				|| number instanceof Byte) {
			generator.writeNumber(number.longValue());
		}
		else {
			generator.writeNumber(String.valueOf(number));
		}
	}

	// in the format of a Buffer in Node.js
	private static void writeBinary(JsonGenerator generator, byte[] bytes) {
		generator.writeStartObject();
		generator.writeStringProperty("type", "Buffer");
		generator.writeName("data");
		generator.writeStartArray();
		for (byte each : bytes) {
			generator.writeNumber(each & 0xff);
		}
		generator.writeEndArray();
		generator.writeEndObject();
	}

}
