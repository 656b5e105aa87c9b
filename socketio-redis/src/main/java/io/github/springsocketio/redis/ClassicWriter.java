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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.springsocketio.redis.RedisAdapterProperties.PubSub;
import io.github.springsocketio.socketio.packet.msgpack.MsgpackWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages in the format of {@code @socket.io/redis-adapter}.
 */
final class ClassicWriter {

	private final RedisLink link;

	private final String channel;

	private final String requestChannel;

	ClassicWriter(RedisLink link, PubSub options, String nsp) {
		this.link = link;
		this.channel = options.getKey() + "#" + nsp + "#";
		this.requestChannel = options.getKey() + "-request#" + nsp + "#";
	}

	/**
	 * Send a message to all nodes that have the namespace.
	 */
	CompletionStage<Long> publish(ClusterMessage message) {
		if (message.type() == MessageType.BROADCAST && message.requestId() == null) {
			Map<String, @Nullable Object> packet = packet(message);
			return publish(broadcastChannel(message), Arrays.asList(message.uid(), packet, message.get("opts")), true);
		}
		Map<String, @Nullable Object> request = new LinkedHashMap<>();
		request.put("uid", message.uid());
		if (message.requestId() != null) {
			request.put("requestId", message.requestId());
		}
		request.put("type", ClassicRequests.type(message));
		switch (message.type()) {
			case MessageType.BROADCAST -> {
				request.put("packet", packet(message));
				request.put("opts", message.get("opts"));
			}
			case MessageType.SERVER_SIDE_EMIT -> request.put("data", message.get("packet"));
			case MessageType.SOCKETS_JOIN, MessageType.SOCKETS_LEAVE, MessageType.DISCONNECT_SOCKETS,
					MessageType.FETCH_SOCKETS -> {
				Map<String, @Nullable Object> options = new LinkedHashMap<>(MessageCodec.object(message.get("opts")));
				options.remove("flags");
				request.put("opts", options);
				if (ClassicRequests.type(message) == ClassicRequests.SOCKETS) {
					request.put("rooms", options.get("rooms"));
				}
				for (String name : List.of("rooms", "close", "count")) {
					if (message.get(name) != null) {
						request.put(name, message.get(name));
					}
				}
			}
			default -> {
				// has no content
			}
		}
		return publish(this.requestChannel, request, message.type() == MessageType.BROADCAST);
	}

	private static Map<String, @Nullable Object> packet(ClusterMessage message) {
		Map<String, @Nullable Object> packet = MessageCodec.packet(new ArrayList<>(message.packet()));
		packet.put("nsp", message.nsp());
		return packet;
	}

	private String broadcastChannel(ClusterMessage message) {
		if (message.get("opts") instanceof Map<?, ?> options && options.get("rooms") instanceof List<?> rooms
				&& rooms.size() == 1) {
			return this.channel + rooms.get(0) + "#";
		}
		return this.channel;
	}

	/**
	 * Publish a value in MessagePack, or in JSON if there is no binary data inside.
	 */
	CompletionStage<Long> publish(String name, Object value, boolean msgpack) {
		byte[] bytes;
		try {
			bytes = (msgpack || MessageCodec.hasBinary(value)) ? MsgpackWriter.toBytes(value) : PlainJson.write(value);
		}
		catch (IllegalArgumentException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		byte[] target = Utf8.bytes(name);
		return this.link.publish(bytes.length, (commands) -> commands.publish(target, bytes));
	}

}
