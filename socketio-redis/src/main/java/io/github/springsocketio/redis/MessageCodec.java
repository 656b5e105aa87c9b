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

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.github.springsocketio.socketio.adapter.BroadcastFlags;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.RemoteSocketDetails;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.PacketEncoder;
import io.github.springsocketio.socketio.packet.msgpack.MsgpackReader;
import io.github.springsocketio.socketio.packet.msgpack.MsgpackWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads messages between nodes in JSON, or in MessagePack if they contain
 * binary data. Input may be untrusted: sizes are checked before memory is allocated, and
 * invalid input results in {@code null}.
 */
final class MessageCodec {

	private static final Duration MAX_TIMEOUT = Duration.ofDays(1);

	/**
	 * The maximum number of values, or of tokens in JSON, in a message that is read. A
	 * small value needs much more memory than its bytes in the message.
	 */
	static final int MAX_VALUES = 4_000_000;

	private final int maxBytes;

	/**
	 * Create a codec.
	 * @param maxBytes the maximum size of a message that is read
	 */
	MessageCodec(int maxBytes) {
		this.maxBytes = maxBytes;
	}

	// Messages

	static byte[] toMsgpack(ClusterMessage message) {
		return MsgpackWriter.toBytes(map(message));
	}

	/**
	 * Write a message as JSON, or as MessagePack if it contains binary data.
	 */
	static byte[] toBytes(ClusterMessage message) {
		boolean binary = MessageType.mayBeBinary(message.type()) && hasBinary(message.data());
		return binary ? toMsgpack(message) : PlainJson.write(map(message));
	}

	private static Map<String, @Nullable Object> map(ClusterMessage message) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		map.put("type", message.type());
		if (message.data() != null) {
			map.put("data", message.data());
		}
		map.put("uid", message.uid());
		map.put("nsp", message.nsp());
		return map;
	}

	/**
	 * Write the content of a message as text: JSON, or MessagePack in Base64 if it
	 * contains binary data.
	 * @param onlyPlaintext whether to write binary data as JSON as well
	 */
	static byte[] toText(ClusterMessage message, boolean onlyPlaintext) {
		boolean binary = !onlyPlaintext && MessageType.mayBeBinary(message.type()) && hasBinary(message.data());
		return binary ? Base64.getEncoder().encode(MsgpackWriter.toBytes(message.data()))
				: PlainJson.write(message.data());
	}

	static boolean hasBinary(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return map.values().stream().anyMatch(MessageCodec::hasBinary);
		}
		if (value instanceof Collection<?> collection) {
			return collection.stream().anyMatch(MessageCodec::hasBinary);
		}
		return value instanceof byte[] || value instanceof ByteBuffer;
	}

	/**
	 * Read a message in JSON or MessagePack.
	 * @return the message, or {@code null} if it is not valid
	 */
	@Nullable ClusterMessage read(byte[] bytes) {
		return (value(bytes) instanceof Map<?, ?> map && map.get("uid") instanceof String uid
				&& map.get("nsp") instanceof String nsp && map.get("type") instanceof Number type)
						? new ClusterMessage(uid, nsp, type.intValue(), content(map.get("data"))) : null;
	}

	/**
	 * Read a value in JSON, if it is an object, or in MessagePack.
	 * @return {@code null} if it is not valid
	 */
	@Nullable Object value(byte[] bytes) {
		if (bytes.length == 0 || bytes.length > this.maxBytes) {
			return null;
		}
		Object value = (bytes[0] == '{') ? PlainJson.read(bytes)
				: new MsgpackReader(bytes, PlainJson.MAX_DEPTH, Integer.MAX_VALUE, Integer.MAX_VALUE, MAX_VALUES)
					.read();
		return (value instanceof MsgpackReader.Failure) ? null : value;
	}

	/**
	 * Read the content of a message from text.
	 * @return {@code null} if it is not valid
	 */
	@Nullable Map<String, @Nullable Object> readText(byte[] text) {
		if (text.length == 0 || text.length > this.maxBytes) {
			return null;
		}
		if (text[0] == '{') {
			return content(PlainJson.read(text));
		}
		try {
			byte[] bytes = Base64.getDecoder().decode(text);
			// a MessagePack object does not begin with the first byte of a JSON object
			return (bytes.length == 0 || bytes[0] == '{') ? null : content(value(bytes));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	@SuppressWarnings("unchecked")
	private static @Nullable Map<String, @Nullable Object> content(@Nullable Object value) {
		return (value instanceof Map<?, ?>) ? (Map<String, @Nullable Object>) value : null;
	}

	/**
	 * Return the number of sockets in a response, which contains the number, or the
	 * details or ids of the sockets.
	 */
	static int count(ClusterMessage response) {
		return (response.get("sockets") instanceof Number number)
				? (int) Math.max(0, Math.min(number.longValue(), AckResponses.MAX_COUNT))
				: response.list("sockets").size();
	}

	// Selections

	static Map<String, @Nullable Object> options(BroadcastOptions options) {
		Map<String, @Nullable Object> result = new LinkedHashMap<>();
		result.put("rooms", List.copyOf(options.rooms()));
		result.put("except", List.copyOf(options.except()));
		result.put("flags", flags(options.flags()));
		return result;
	}

	static Map<String, @Nullable Object> flags(BroadcastFlags flags) {
		Map<String, @Nullable Object> result = new LinkedHashMap<>();
		if (flags.isVolatile()) {
			result.put("volatile", true);
		}
		if (!flags.isCompress()) {
			result.put("compress", false);
		}
		if (flags.timeout() != null) {
			result.put("timeout", flags.timeout().toMillis());
		}
		if (flags.isExpectSingleResponse()) {
			result.put("expectSingleResponse", true);
		}
		return result;
	}

	/**
	 * Read a selection. Missing values have their defaults.
	 */
	static BroadcastOptions options(@Nullable Object value) {
		if (!(value instanceof Map<?, ?> map)) {
			return BroadcastOptions.ALL;
		}
		BroadcastOptions options = BroadcastOptions.ALL;
		Set<String> rooms = names(map.get("rooms"));
		Set<String> except = names(map.get("except"));
		if (!rooms.isEmpty()) {
			options = options.withRooms(rooms);
		}
		if (!except.isEmpty()) {
			options = options.withExcept(except);
		}
		return (map.get("flags") instanceof Map<?, ?> flags && !flags.isEmpty()) ? options.withFlags(readFlags(flags))
				: options;
	}

	private static BroadcastFlags readFlags(Map<?, ?> map) {
		BroadcastFlags flags = BroadcastFlags.NONE;
		if (Boolean.TRUE.equals(map.get("volatile"))) {
			flags = flags.asVolatile();
		}
		if (Boolean.FALSE.equals(map.get("compress"))) {
			flags = flags.withCompress(false);
		}
		if (Boolean.TRUE.equals(map.get("expectSingleResponse"))) {
			flags = flags.asSingleResponse();
		}
		if (map.get("timeout") instanceof Number timeout && timeout.longValue() > 0) {
			flags = flags.withTimeout(Duration.ofMillis(Math.min(timeout.longValue(), MAX_TIMEOUT.toMillis())));
		}
		return flags;
	}

	/**
	 * Return the names of rooms, which may be numbers in JavaScript.
	 */
	static Set<String> names(@Nullable Object value) {
		Set<String> result = new LinkedHashSet<>();
		if (value instanceof Collection<?> names) {
			for (Object name : names) {
				if (name instanceof String || name instanceof Number) {
					result.add(name.toString());
				}
			}
		}
		return result;
	}

	// Events

	/**
	 * Return an event and its arguments as plain values.
	 */
	static List<@Nullable Object> event(AdapterNamespace namespace, Object event, @Nullable Object[] args) {
		List<@Nullable Object> result = new ArrayList<>(args.length + 1);
		result.add(event);
		if (args.length > 0) {
			result.addAll(namespace.parser().encoder().arguments(args).toList());
		}
		return result;
	}

	/**
	 * Return the packet for other nodes.
	 */
	static Map<String, @Nullable Object> packet(List<@Nullable Object> event) {
		Map<String, @Nullable Object> packet = new LinkedHashMap<>();
		packet.put("type", 2);
		packet.put("data", event);
		return packet;
	}

	/**
	 * Read an event and its arguments.
	 * @return {@code null} if it is not valid
	 */
	static @Nullable BroadcastPacket broadcast(List<?> event) {
		if (event.isEmpty() || !(event.get(0) instanceof String || event.get(0) instanceof Number)) {
			return null;
		}
		return new BroadcastPacket(event.get(0), event.subList(1, event.size()).toArray());
	}

	static Arguments arguments(AdapterNamespace namespace, List<?> event) {
		return namespace.parser().encoder().arguments(event.subList(1, event.size()).toArray());
	}

	static Arguments value(AdapterNamespace namespace, @Nullable Object value) {
		return namespace.parser().encoder().arguments(new @Nullable Object[] { value });
	}

	/**
	 * Return a value of the application as a plain value.
	 */
	static @Nullable Object plain(PacketEncoder encoder, @Nullable Object value) {
		return encoder.arguments(new @Nullable Object[] { value }).get(0);
	}

	// Sockets

	static Map<String, @Nullable Object> details(AdapterNamespace namespace, RemoteSocketDetails details) {
		PacketEncoder encoder = namespace.parser().encoder();
		Map<String, @Nullable Object> result = new LinkedHashMap<>();
		result.put("id", details.id());
		result.put("handshake", plain(encoder, details.handshake()));
		result.put("rooms", List.copyOf(details.rooms()));
		result.put("data", plain(encoder, details.data()));
		return result;
	}

	/**
	 * Read the details of sockets. Invalid ones are omitted.
	 */
	static List<RemoteSocketDetails> sockets(List<?> values) {
		List<RemoteSocketDetails> result = new ArrayList<>();
		for (Object value : values) {
			if (value instanceof Map<?, ?> map && map.get("id") instanceof String id) {
				result.add(RemoteSocketDetails.builder(id)
					.handshake(object(map.get("handshake")))
					.rooms(names(map.get("rooms")))
					.data(object(map.get("data")))
					.build());
			}
		}
		return result;
	}

	static Map<String, @Nullable Object> object(@Nullable Object value) {
		Map<String, @Nullable Object> map = content(value);
		return (map != null) ? map : Map.of();
	}

	static List<String> strings(@Nullable Object value) {
		return (value instanceof Collection<?> list)
				? list.stream().filter(String.class::isInstance).map(String.class::cast).toList() : List.of();
	}

}
