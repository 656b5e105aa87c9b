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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.github.springsocketio.socketio.adapter.AdapterSocket;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import org.jspecify.annotations.Nullable;

/**
 * The request types of {@code @socket.io/redis-adapter}, and the handling of requests
 * that only this adapter sends.
 */
final class ClassicRequests {

	static final int SOCKETS = 0;

	static final int ALL_ROOMS = 1;

	static final int REMOTE_JOIN = 2;

	static final int REMOTE_LEAVE = 3;

	static final int REMOTE_DISCONNECT = 4;

	static final int REMOTE_FETCH = 5;

	static final int SERVER_SIDE_EMIT = 6;

	static final int BROADCAST = 7;

	static final int BROADCAST_CLIENT_COUNT = 8;

	static final int BROADCAST_ACK = 9;

	/**
	 * This type and the next one are for nodes of this project; other servers ignore
	 * them.
	 */
	static final int NODE_OPENED = 100;

	static final int NODE_CLOSED = 101;

	private final AdapterNamespace namespace;

	private final Responder responder;

	ClassicRequests(AdapterNamespace namespace, Responder responder) {
		this.namespace = namespace;
		this.responder = responder;
	}

	/**
	 * Return the request type for the type of a message.
	 * @return -1 if there is none
	 */
	static int type(int messageType) {
		return switch (messageType) {
			case MessageType.SOCKETS_JOIN -> REMOTE_JOIN;
			case MessageType.SOCKETS_LEAVE -> REMOTE_LEAVE;
			case MessageType.DISCONNECT_SOCKETS -> REMOTE_DISCONNECT;
			case MessageType.FETCH_SOCKETS -> REMOTE_FETCH;
			case MessageType.SERVER_SIDE_EMIT, MessageType.SERVER_SIDE_EMIT_RESPONSE -> SERVER_SIDE_EMIT;
			case MessageType.BROADCAST -> BROADCAST;
			case MessageType.BROADCAST_CLIENT_COUNT -> BROADCAST_CLIENT_COUNT;
			case MessageType.BROADCAST_ACK -> BROADCAST_ACK;
			case MessageType.INITIAL_HEARTBEAT -> NODE_OPENED;
			case MessageType.ADAPTER_CLOSE -> NODE_CLOSED;
			default -> -1;
		};
	}

	/**
	 * Return the request type for a message. To count sockets, the older request for ids
	 * is used if it can express the selection, because its response contains no details.
	 */
	static int type(ClusterMessage message) {
		boolean count = message.type() == MessageType.FETCH_SOCKETS && message.get("count") != null;
		return (count && MessageCodec.options(message.get("opts")).except().isEmpty()) ? SOCKETS : type(message.type());
	}

	/**
	 * Return the type of the message for a request type.
	 * @return -1 if it is not known
	 */
	static int messageType(int type) {
		return switch (type) {
			case REMOTE_JOIN -> MessageType.SOCKETS_JOIN;
			case REMOTE_LEAVE -> MessageType.SOCKETS_LEAVE;
			case REMOTE_DISCONNECT -> MessageType.DISCONNECT_SOCKETS;
			case REMOTE_FETCH -> MessageType.FETCH_SOCKETS;
			case SERVER_SIDE_EMIT -> MessageType.SERVER_SIDE_EMIT;
			case BROADCAST -> MessageType.BROADCAST;
			case NODE_OPENED -> MessageType.INITIAL_HEARTBEAT;
			case NODE_CLOSED -> MessageType.ADAPTER_CLOSE;
			default -> -1;
		};
	}

	/**
	 * Return the content of the message for a request.
	 */
	static Map<String, @Nullable Object> content(int type, Map<?, ?> request) {
		Map<String, @Nullable Object> content = new LinkedHashMap<>(MessageCodec.object(request));
		if (type == SERVER_SIDE_EMIT) {
			content.put("packet", request.get("data"));
		}
		return content;
	}

	/**
	 * Handle a request that only {@code @socket.io/redis-adapter} sends.
	 * @return {@code false} if it is another request
	 */
	boolean handle(int type, Map<?, ?> request, String sender) {
		Map<String, @Nullable Object> response = new LinkedHashMap<>();
		response.put("requestId", request.get("requestId"));
		switch (type) {
			case SOCKETS -> {
				BroadcastOptions options = BroadcastOptions.ALL.withRooms(MessageCodec.names(request.get("rooms")));
				response.put("sockets",
						Boolean.TRUE.equals(request.get("count")) ? this.namespace.localNode().count(options)
								: this.namespace.localNode().select(options).stream().map(AdapterSocket::id).toList());
			}
			case ALL_ROOMS -> response.put("rooms", List.copyOf(this.namespace.localNode().rooms()));
			case REMOTE_JOIN, REMOTE_LEAVE, REMOTE_DISCONNECT -> {
				if (request.get("opts") != null) {
					return false;
				}
				if (!(request.get("sid") instanceof String sid) || !change(type, request, sid)) {
					return true;
				}
			}
			default -> {
				return false;
			}
		}
		this.responder.respond(sender, response, false);
		return true;
	}

	/**
	 * Change a single socket, as requested by older versions.
	 * @return {@code false} if the socket is not on this node
	 */
	private boolean change(int type, Map<?, ?> request, String sid) {
		AdapterSocket socket = this.namespace.localSocket(sid);
		if (socket == null) {
			return false;
		}
		BroadcastOptions options = BroadcastOptions.room(sid);
		switch (type) {
			case REMOTE_JOIN ->
				this.namespace.localNode().joinAll(options, List.of(String.valueOf(request.get("room"))));
			case REMOTE_LEAVE ->
				this.namespace.localNode().leaveAll(options, List.of(String.valueOf(request.get("room"))));
			default -> socket.disconnect(Boolean.TRUE.equals(request.get("close")));
		}
		return true;
	}

	/**
	 * Sends a response.
	 */
	@FunctionalInterface
	interface Responder {

		/**
		 * Send a response.
		 * @param node the id of the requester
		 * @param msgpack whether to use MessagePack
		 */
		Object respond(String node, Map<String, @Nullable Object> response, boolean msgpack);

	}

}
