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

import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * A parser that writes each packet as one binary message in MessagePack. Clients must use
 * the npm package {@code socket.io-msgpack-parser} 3.
 *
 * <p>
 * Binary data is part of the packet, without attachments. Values are the same as with the
 * {@link JsonPacketParser}: the mapper converts arguments to the types that handlers
 * request, dates are strings in ISO 8601 (also those that a client sends as an
 * extension), and whole floating-point numbers are written as integers.
 *
 * @since 0.1.0
 */
public final class MsgpackPacketParser implements PacketParser {

	private final ArgumentMapper mapper;

	private final ParserOptions options;

	private final MsgpackPacketEncoder encoder;

	private MsgpackPacketParser(JsonMapper mapper, ParserOptions options) {
		this.mapper = new ArgumentMapper(mapper);
		this.options = options;
		this.encoder = new MsgpackPacketEncoder(this.mapper);
	}

	/**
	 * Create a parser with the default limits.
	 * @param mapper the mapper
	 * @return the parser
	 * @throws IllegalArgumentException if the mapper has default typing activated, which
	 * would let peers choose the classes that are instantiated
	 */
	public static MsgpackPacketParser create(JsonMapper mapper) {
		return create(mapper, ParserOptions.defaults());
	}

	/**
	 * Create a parser.
	 * @param mapper the mapper
	 * @param options the limits; those on attachments and numbers do not apply
	 * @return the parser
	 * @throws IllegalArgumentException if the mapper has default typing activated, which
	 * would let peers choose the classes that are instantiated
	 */
	public static MsgpackPacketParser create(JsonMapper mapper, ParserOptions options) {
		Assert.notNull(mapper, "'mapper' must not be null");
		Assert.notNull(options, "'options' must not be null");
		return new MsgpackPacketParser(mapper, options);
	}

	@Override
	public PacketEncoder encoder() {
		return this.encoder;
	}

	@Override
	public PacketDecoder newDecoder() {
		return new MsgpackPacketDecoder(this.mapper, this.options);
	}

}
