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

import java.nio.ByteBuffer;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * Adds {@code DataBuffer} to the binary types of Jackson.
 */
final class BinaryModule extends SimpleModule {

	private static final long serialVersionUID = 1L;

	BinaryModule() {
		super("socketio-binary");
		addSerializer(DataBuffer.class, new DataBufferSerializer());
		addDeserializer(DataBuffer.class, new DataBufferDeserializer());
	}

	/**
	 * Copy the readable bytes, without changing the position.
	 * @param buffer the buffer, which the caller still owns
	 * @return a copy
	 */
	static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.toByteBuffer(buffer.readPosition(), ByteBuffer.wrap(bytes), 0, bytes.length);
		return bytes;
	}

	/**
	 * Copy the remaining bytes, without changing the position.
	 * @param buffer the buffer
	 * @return a copy
	 */
	static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.duplicate().get(bytes);
		return bytes;
	}

	private static final class DataBufferSerializer extends StdSerializer<DataBuffer> {

		DataBufferSerializer() {
			super(DataBuffer.class);
		}

		@Override
		public void serialize(DataBuffer value, JsonGenerator generator, SerializationContext context) {
			generator.writeBinary(bytes(value));
		}

	}

	private static final class DataBufferDeserializer extends StdDeserializer<DataBuffer> {

		DataBufferDeserializer() {
			super(DataBuffer.class);
		}

		@Override
		public DataBuffer deserialize(JsonParser parser, DeserializationContext context) {
			return DefaultDataBufferFactory.sharedInstance.wrap(parser.getBinaryValue());
		}

	}

}
