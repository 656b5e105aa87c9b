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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.TokenBuffer;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * The application's mapper, extended for arguments: with binary types, and without
 * default typing. Safe to use from any thread.
 */
final class ArgumentMapper {

	private static final int MAX_READERS = 1_000;

	private final JsonMapper mapper;

	private final ObjectWriter writer;

	private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

	private final boolean plainIntegers;

	ArgumentMapper(JsonMapper mapper) {
		if (mapper.deserializationConfig().getDefaultTyper(mapper.constructType(Object.class)) != null) {
			throw new IllegalArgumentException(
					"The JsonMapper has default typing activated: peers could choose the classes that are instantiated");
		}
		JsonMapper.Builder builder = mapper.rebuild()
			.addModule(new BinaryModule())
			.addModule(new UnsupportedValueModule());
		TypeMismatchHandler.addTo(builder);
		this.mapper = builder.build();
		this.writer = this.mapper.writer().withoutRootName();
		this.plainIntegers = !this.mapper.isEnabled(DeserializationFeature.USE_LONG_FOR_INTS)
				&& !this.mapper.isEnabled(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS);
	}

	/**
	 * Return the writer for values of the application.
	 * @return the writer
	 */
	ObjectWriter writer() {
		return this.writer;
	}

	/**
	 * Return whether whole numbers are read as {@code Integer} or {@code Long}, depending
	 * on their size.
	 * @return {@code false} if a feature of the mapper selects another type
	 */
	boolean isPlainIntegers() {
		return this.plainIntegers;
	}

	/**
	 * Return the maximum nesting depth: that of the options, if it is set, but not more
	 * than the mapper allows.
	 */
	int maxDepth(ParserOptions options) {
		int allowed = this.mapper.tokenStreamFactory().streamReadConstraints().getMaxNestingDepth();
		return (options.maxDepth() > 0) ? Math.min(options.maxDepth(), allowed) : allowed;
	}

	JsonParser parser(byte[] data, int offset, int length) {
		return this.mapper.createParser(data, offset, length);
	}

	@Nullable Object read(byte[] data, int offset, int length, Type type) {
		return reader(type).readValue(data, offset, length);
	}

	@Nullable Object read(TokenBuffer buffer, Type type) {
		return reader(type).readValue(buffer);
	}

	/**
	 * Convert a value of the application or of a binary parser.
	 * @param value the value
	 * @param type the type to convert to
	 * @return the value in that type
	 */
	@Nullable Object convert(Object value, Type type) {
		Object source = isBinary(value) ? bytes(value) : value;
		if (source instanceof byte[] && (type == Object.class || type == byte[].class)) {
			return source;
		}
		return this.mapper.convertValue(source, this.mapper.constructType(type));
	}

	/**
	 * Convert a value of the application to maps, lists, strings, numbers, booleans and
	 * {@code byte[]}.
	 * @param value the value
	 * @return the plain value
	 */
	@Nullable Object toPlainValue(Object value) {
		if (value instanceof String || value instanceof Number || value instanceof Boolean) {
			return value;
		}
		return isBinary(value) ? bytes(value) : read(PlainValues.tokens(value, this.writer), Object.class);
	}

	/**
	 * Return whether a value is binary.
	 * @param value any value
	 * @return whether it is an attachment in a packet
	 */
	static boolean isBinary(@Nullable Object value) {
		return value instanceof byte[] || value instanceof ByteBuffer || value instanceof DataBuffer;
	}

	/**
	 * Return the bytes of a binary value.
	 * @param binary the value
	 * @return the array itself, or a copy of the remaining bytes of a buffer
	 */
	static byte[] bytes(Object binary) {
		if (binary instanceof ByteBuffer buffer) {
			return BinaryModule.bytes(buffer);
		}
		return (binary instanceof DataBuffer buffer) ? BinaryModule.bytes(buffer) : (byte[]) binary;
	}

	private ObjectReader reader(Type type) {
		ObjectReader reader = this.readers.get(type);
		if (reader == null) {
			reader = this.mapper.readerFor(this.mapper.constructType(type)).withoutRootName();
			if (this.readers.size() < MAX_READERS) {
				this.readers.put(type, reader);
			}
		}
		return reader;
	}

}
