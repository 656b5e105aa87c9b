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

import java.util.function.Supplier;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * The default parser: packets are text with JSON, and binary data is sent as attachments.
 * JSON of peers is validated when it is received, and decoded when a handler requests it.
 *
 * <p>
 * The mapper converts arguments to the types that handlers request, and writes values. A
 * {@code String}, {@code Boolean} or number that is itself an argument is read and
 * written without the mapper. Numbers and strings are always written as by
 * {@code JSON.stringify}: {@code 1.0} becomes {@code 1}, {@code NaN} becomes
 * {@code null}. {@code byte[]}, {@code ByteBuffer} and {@code DataBuffer} are binary; a
 * {@code byte[]} is not copied, neither on input nor on output, and must not be changed.
 *
 * @since 0.1.0
 */
public final class JsonPacketParser implements PacketParser {

	private final ParserOptions options;

	private final JsonPacketEncoder encoder;

	private final Supplier<JsonPacketReader> readers;

	private JsonPacketParser(JsonMapper mapper, ParserOptions options) {
		ArgumentMapper arguments = new ArgumentMapper(mapper);
		NameCache names = new NameCache();
		this.options = options;
		this.encoder = new JsonPacketEncoder(arguments, options.maxAttachments());
		this.readers = ThreadLocal.withInitial(() -> new JsonPacketReader(options, arguments, names))::get;
	}

	/**
	 * Create a parser with a default mapper and the default limits.
	 * @return the parser
	 */
	public static JsonPacketParser create() {
		return create(JsonMapper.builder().build());
	}

	/**
	 * Create a parser with the default limits.
	 * @param mapper the mapper
	 * @return the parser
	 * @throws IllegalArgumentException if the mapper has default typing activated, which
	 * would let peers choose the classes that are instantiated
	 */
	public static JsonPacketParser create(JsonMapper mapper) {
		return create(mapper, ParserOptions.defaults());
	}

	/**
	 * Create a parser.
	 * @param mapper the mapper
	 * @param options the limits
	 * @return the parser
	 * @throws IllegalArgumentException if the mapper has default typing activated, which
	 * would let peers choose the classes that are instantiated
	 */
	public static JsonPacketParser create(JsonMapper mapper, ParserOptions options) {
		Assert.notNull(mapper, "'mapper' must not be null");
		Assert.notNull(options, "'options' must not be null");
		return new JsonPacketParser(mapper, options);
	}

	@Override
	public PacketEncoder encoder() {
		return this.encoder;
	}

	@Override
	public PacketDecoder newDecoder() {
		return new JsonPacketDecoder(this.readers, this.options.maxMessageBytes());
	}

}
