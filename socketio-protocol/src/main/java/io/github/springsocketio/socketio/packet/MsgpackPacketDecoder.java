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

import java.util.List;
import java.util.Map;

import io.github.springsocketio.socketio.packet.msgpack.MsgpackReader;
import io.github.springsocketio.socketio.packet.msgpack.MsgpackReader.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Decodes packets that are one binary message each: a map of {@code type}, {@code nsp},
 * {@code data} and {@code id}. Stateless.
 */
final class MsgpackPacketDecoder implements PacketDecoder {

	private static final long MAX_ID = (1L << 53) - 1;

	private static final @Nullable Object[] NONE = {};

	private final ArgumentMapper mapper;

	private final ParserOptions options;

	private final int maxDepth;

	MsgpackPacketDecoder(ArgumentMapper mapper, ParserOptions options) {
		this.mapper = mapper;
		this.options = options;
		// the packet itself does not count as a level
		this.maxDepth = (int) Math.min(Integer.MAX_VALUE, mapper.maxDepth(options) + 1L);
	}

	@Override
	public Decoded text(byte[] data, int offset, int length) {
		return Malformations.NOT_BINARY;
	}

	@Override
	public Decoded binary(byte[] data) {
		if (data.length > this.options.maxMessageBytes()) {
			return Malformations.TOO_LARGE;
		}
		Object value = new MsgpackReader(data, this.maxDepth, this.options.maxStringLength(),
				this.options.maxNameLength())
			.read();
		if (value instanceof Map<?, ?> packet) {
			return packet(packet);
		}
		return (value instanceof Failure failure) ? malformed(failure) : Malformations.INVALID_PAYLOAD;
	}

	private static Decoded malformed(Failure failure) {
		return switch (failure) {
			// the number of values is not limited here
			case MALFORMED, TOO_MANY_VALUES -> Malformations.INVALID_PAYLOAD;
			case TOO_DEEP -> Malformations.TOO_DEEP;
			case STRING_TOO_LONG -> Malformations.STRING_TOO_LONG;
			case NAME_TOO_LONG -> Malformations.NAME_TOO_LONG;
		};
	}

	private Decoded packet(Map<?, ?> packet) {
		int type = (packet.get("type") instanceof Integer digit) ? digit : -1;
		if (type < 0 || type > PacketType.CONNECT_ERROR.ordinal()) {
			return Malformations.INVALID_TYPE;
		}
		if (!(packet.get("nsp") instanceof String nsp)) {
			return Malformations.INVALID_NAMESPACE;
		}
		if (nsp.length() > this.options.maxNamespaceLength()) {
			return Malformations.NAMESPACE_TOO_LONG;
		}
		long id = -1;
		if (packet.containsKey("id")) {
			Object given = packet.get("id");
			id = (given instanceof Integer || given instanceof Long) ? ((Number) given).longValue() : -1;
			if (id < 0 || id > MAX_ID) {
				return Malformations.INVALID_ID;
			}
		}
		boolean absent = !packet.containsKey("data");
		return payload(PacketType.values()[type], nsp, id, packet.get("data"), absent);
	}

	private Decoded payload(PacketType type, String nsp, long id, @Nullable Object data, boolean absent) {
		boolean valid = switch (type) {
			case CONNECT -> absent || data instanceof Map;
			case DISCONNECT -> absent;
			case CONNECT_ERROR -> data instanceof Map || data instanceof String;
			default -> data instanceof List;
		};
		if (!valid) {
			return Malformations.INVALID_PAYLOAD;
		}
		if (type == PacketType.EVENT && data instanceof List<?> event) {
			return event(nsp, id, event);
		}
		if (data instanceof List<?> list && list.size() > this.options.maxArguments()) {
			return Malformations.TOO_MANY_ARGUMENTS;
		}
		@Nullable Object[] values = (data instanceof List<?> list) ? list.toArray()
				: absent ? NONE : new @Nullable Object[] { data };
		return new Packet(type, nsp, id, null, false, new ValueArguments(this.mapper, values));
	}

	private Decoded event(String nsp, long id, List<?> data) {
		Object first = data.isEmpty() ? null : data.get(0);
		String name = (first instanceof Number number) ? number(number) : (first instanceof String text) ? text : null;
		if (name == null || ReservedEvents.isReserved(name)) {
			return Malformations.INVALID_PAYLOAD;
		}
		if (name.length() > this.options.maxNameLength()) {
			return Malformations.NAME_TOO_LONG;
		}
		if (data.size() - 1 > this.options.maxArguments()) {
			return Malformations.TOO_MANY_ARGUMENTS;
		}
		@Nullable Object[] values = data.subList(1, data.size()).toArray();
		return new Packet(PacketType.EVENT, nsp, id, name, first instanceof Number,
				new ValueArguments(this.mapper, values));
	}

	// Return a numeric name in the form of JavaScript.
	private static String number(Number name) {
		return (name instanceof Integer) ? name.toString() : JsNumbers.toString(name.doubleValue());
	}

	@Override
	public boolean isIncomplete() {
		return false;
	}

	@Override
	public void reset() {
		// stateless
	}

}
