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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.github.springsocketio.redis.RedisAdapterProperties.PubSub;
import io.github.springsocketio.redis.Subscriptions.Kind;
import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import org.jspecify.annotations.Nullable;

/**
 * Transports messages in the format of {@code @socket.io/redis-adapter}: broadcasts on a
 * channel for each room, requests and responses on separate channels and with their own
 * types.
 */
final class ClassicTransport implements ClusterTransport {

	/**
	 * Replaces the id of the node in responses without one.
	 */
	private static final String UNKNOWN = "?";

	private final RedisLink link;

	private final String uid;

	private final String nsp;

	private final String channel;

	private final String requestChannel;

	private final String responseChannel;

	private final boolean specificResponses;

	private final MessageCodec codec;

	private final ClassicRequests requests;

	private final ClassicWriter writer;

	private final AtomicLong unknown = new AtomicLong();

	ClassicTransport(AdapterNamespace namespace, RedisLink link, PubSub options, String uid, MessageCodec codec) {
		this.link = link;
		this.uid = uid;
		this.nsp = namespace.name();
		this.channel = options.getKey() + "#" + this.nsp + "#";
		this.requestChannel = options.getKey() + "-request#" + this.nsp + "#";
		this.responseChannel = options.getKey() + "-response#" + this.nsp + "#";
		this.specificResponses = options.isPublishOnSpecificResponseChannel();
		this.codec = codec;
		this.requests = new ClassicRequests(namespace, this::respond);
		this.writer = new ClassicWriter(link, options, this.nsp);
	}

	@Override
	public CompletionStage<Void> open(Consumer<ClusterMessage> receiver) {
		Subscriptions subscriptions = this.link.subscriptions();
		this.link.start();
		CompletionStage<Void> broadcasts = subscriptions.subscribe(Kind.PATTERN, pattern(),
				(name, bytes) -> receive(receiver, broadcast(bytes)));
		CompletionStage<Void> responses = subscriptions.subscribe(Kind.CHANNEL, this.responseChannel,
				(name, bytes) -> receive(receiver, response(bytes)));
		CompletionStage<Void> own = subscriptions.subscribe(Kind.CHANNEL, this.responseChannel + this.uid + "#",
				(name, bytes) -> receive(receiver, response(bytes)));
		// last, because other nodes count the subscribers of this channel
		CompletionStage<Void> all = subscriptions.subscribe(Kind.CHANNEL, this.requestChannel,
				(name, bytes) -> onRequest(receiver, bytes));
		return broadcasts.thenCombine(responses, (first, second) -> first)
			.thenCombine(own, (first, second) -> first)
			.thenCombine(all, (first, second) -> first);
	}

	/**
	 * Return the pattern for the channels of all rooms.
	 */
	private String pattern() {
		return this.channel.replaceAll("[\\\\*?\\[\\]^]", "\\\\$0") + "*";
	}

	@Override
	public void close() {
		Subscriptions subscriptions = this.link.subscriptions();
		subscriptions.unsubscribe(Kind.CHANNEL, this.requestChannel);
		subscriptions.unsubscribe(Kind.PATTERN, pattern());
		subscriptions.unsubscribe(Kind.CHANNEL, this.responseChannel);
		subscriptions.unsubscribe(Kind.CHANNEL, this.responseChannel + this.uid + "#");
	}

	private void receive(Consumer<ClusterMessage> receiver, @Nullable ClusterMessage message) {
		if (message != null) {
			receiver.accept(message);
		}
		else {
			this.link.observers().malformed();
		}
	}

	// Sending

	@Override
	public CompletionStage<?> publish(ClusterMessage message) {
		return this.writer.publish(message);
	}

	@Override
	public CompletionStage<Long> send(String node, ClusterMessage message) {
		Map<String, @Nullable Object> response = new LinkedHashMap<>();
		int type = ClassicRequests.type(message.type());
		if (type >= 0) {
			response.put("type", type);
		}
		response.put("requestId", message.requestId());
		switch (message.type()) {
			case MessageType.FETCH_SOCKETS_RESPONSE -> response.put("sockets", message.get("sockets"));
			case MessageType.SERVER_SIDE_EMIT_RESPONSE -> response.put("data", message.get("packet"));
			case MessageType.BROADCAST_CLIENT_COUNT -> response.put("clientCount", message.get("clientCount"));
			default -> response.put("packet", message.get("packet"));
		}
		boolean common = message.type() == MessageType.SERVER_SIDE_EMIT_RESPONSE;
		return respond(common ? null : node, response, message.type() == MessageType.BROADCAST_ACK);
	}

	/**
	 * Publish a response with the id of this node, which other servers ignore.
	 * @param node the id of the requester, or {@code null} for the common channel
	 */
	private CompletionStage<Long> respond(@Nullable String node, Map<String, @Nullable Object> response,
			boolean msgpack) {
		response.put("uid", this.uid);
		return this.writer.publish(
				(this.specificResponses && node != null) ? this.responseChannel + node + "#" : this.responseChannel,
				response, msgpack);
	}

	// Receiving

	private @Nullable ClusterMessage broadcast(byte[] bytes) {
		if (!(this.codec.value(bytes) instanceof List<?> list) || list.size() < 3 || !(list.get(0) instanceof String id)
				|| !(list.get(1) instanceof Map<?, ?> packet)) {
			return null;
		}
		Object namespace = packet.get("nsp");
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("packet", packet);
		data.put("opts", list.get(2));
		return new ClusterMessage(id, (namespace instanceof String name) ? name : "/", MessageType.BROADCAST, data);
	}

	private void onRequest(Consumer<ClusterMessage> receiver, byte[] bytes) {
		Object value = this.codec.value(bytes);
		if (!(value instanceof Map<?, ?> request) || !(request.get("type") instanceof Number type)) {
			this.link.observers().malformed();
			return;
		}
		String sender = (request.get("uid") instanceof String id) ? id : ClusterMessage.EMITTER;
		if (!this.uid.equals(sender) && !this.requests.handle(type.intValue(), request, sender)) {
			receiver.accept(new ClusterMessage(sender, this.nsp, ClassicRequests.messageType(type.intValue()),
					ClassicRequests.content(type.intValue(), request)));
		}
	}

	private @Nullable ClusterMessage response(byte[] bytes) {
		if (!(this.codec.value(bytes) instanceof Map<?, ?> response)
				|| !(response.get("requestId") instanceof String id)) {
			return null;
		}
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("requestId", id);
		int type = (response.get("type") instanceof Number number) ? number.intValue() : -1;
		int translated = switch (type) {
			case ClassicRequests.SERVER_SIDE_EMIT -> {
				data.put("packet", response.get("data"));
				yield MessageType.SERVER_SIDE_EMIT_RESPONSE;
			}
			case ClassicRequests.BROADCAST_CLIENT_COUNT -> {
				data.put("clientCount", response.get("clientCount"));
				yield MessageType.BROADCAST_CLIENT_COUNT;
			}
			case ClassicRequests.BROADCAST_ACK -> {
				data.put("packet", response.get("packet"));
				yield MessageType.BROADCAST_ACK;
			}
			default -> {
				data.put("sockets", response.get("sockets"));
				yield MessageType.FETCH_SOCKETS_RESPONSE;
			}
		};
		String sender = (response.get("uid") instanceof String known) ? known
				: UNKNOWN + this.unknown.incrementAndGet();
		return new ClusterMessage(sender, this.nsp, translated, data);
	}

	@Override
	public CompletionStage<List<Integer>> count(Collection<String> uids) {
		if (uids.stream().anyMatch((each) -> each.startsWith(UNKNOWN))) {
			return CompletableFuture.failedFuture(new IllegalStateException("The ids of some nodes are not known"));
		}
		List<String> channels = new ArrayList<>(uids.size() + 1);
		channels.add(this.requestChannel);
		uids.forEach((each) -> channels.add(this.responseChannel + each + "#"));
		return this.link.subscribers(channels, false);
	}

}
