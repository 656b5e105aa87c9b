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

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.springsocketio.socketio.adapter.Adapter;
import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.github.springsocketio.socketio.adapter.BroadcastAckListener;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.LocalSockets;
import io.github.springsocketio.socketio.adapter.RemoteSocketDetails;
import io.github.springsocketio.socketio.packet.Arguments;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * An adapter for a cluster whose nodes exchange the messages of the JavaScript server's
 * {@code ClusterAdapter}. A {@link ClusterTransport} transports them.
 */
final class ClusterAdapter implements Adapter {

	private static final Log logger = LogFactory.getLog(ClusterAdapter.class);

	private final AdapterNamespace namespace;

	private final LocalSockets local;

	private final String uid;

	private final ClusterTransport transport;

	private final DeliveryOrder order;

	private final AdapterObserver observer;

	private final PendingRequests pending;

	private final RemoteAcks remoteAcks;

	/**
	 * Handles hand-over requests, which only nodes of this project send. Does nothing by
	 * default.
	 */
	private volatile Consumer<ClusterMessage> handOverHandler = (message) -> {
	};

	/**
	 * Create an adapter.
	 * @param uid the id of this node in the namespace
	 * @param order the order of deliveries
	 */
	ClusterAdapter(AdapterNamespace namespace, String uid, ClusterTransport transport, DeliveryOrder order,
			AdapterObserver observer) {
		this.namespace = namespace;
		this.local = namespace.localNode();
		this.uid = uid;
		this.transport = transport;
		this.order = order;
		this.observer = observer;
		this.pending = new PendingRequests(namespace, observer, transport::count);
		this.remoteAcks = new RemoteAcks(namespace, this::respond);
	}

	String uid() {
		return this.uid;
	}

	void onHandOver(Consumer<ClusterMessage> handler) {
		this.handOverHandler = handler;
	}

	ClusterMessage message(int type, @Nullable Map<String, @Nullable Object> data) {
		return new ClusterMessage(this.uid, this.namespace.name(), type, data);
	}

	void respond(ClusterMessage request, int type, String name, @Nullable Object value) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("requestId", request.requestId());
		data.put(name, value);
		this.transport.send(request.uid(), message(type, data));
	}

	static Mono<Void> mono(Supplier<CompletionStage<?>> stage) {
		return Mono.fromCompletionStage(stage::get).then();
	}

	@Override
	public Mono<Void> init() {
		return mono(() -> this.transport.open(this::receive)
			.thenRun(() -> this.transport.publish(message(MessageType.INITIAL_HEARTBEAT, null))));
	}

	@Override
	public Mono<Void> close() {
		return mono(() -> this.transport.publish(message(MessageType.ADAPTER_CLOSE, null))
			.handle((result, error) -> "")
			.thenRun(() -> {
				this.transport.close();
				this.pending.close();
			}));
	}

	@Override
	public Mono<Integer> serverCount() {
		// this node is counted even if its subscription is not active yet
		return Mono.fromCompletionStage(() -> this.transport.count(List.of()))
			.map((counts) -> Math.max(counts.get(0), 1));
	}

	@Override
	public void inOrder(Runnable task) {
		this.order.inOrder(task);
	}

	@Override
	public boolean isIdle() {
		return this.order.isIdle();
	}

	@Override
	public boolean isBehind() {
		return this.order.isBehind();
	}

	// Operations on this node

	/**
	 * Return the message for a broadcast.
	 */
	ClusterMessage broadcastMessage(BroadcastPacket packet, BroadcastOptions options) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("packet", MessageCodec.packet(MessageCodec.event(this.namespace, packet.event(), packet.args())));
		data.put("opts", MessageCodec.options(options));
		return message(MessageType.BROADCAST, data);
	}

	@Override
	public Mono<Void> broadcast(BroadcastPacket packet, BroadcastOptions options) {
		// encoded here, so that an error is thrown to the caller
		this.local.encode(packet, options);
		if (options.flags().isLocal()) {
			return mono(() -> this.order.broadcast(packet, options, () -> CompletableFuture.completedFuture("")));
		}
		ClusterMessage message = broadcastMessage(packet, options);
		return mono(() -> this.order.broadcast(packet, options, () -> this.transport.publish(message)));
	}

	@Override
	public Mono<Void> broadcastWithAck(BroadcastPacket packet, BroadcastOptions options,
			BroadcastAckListener listener) {
		BroadcastPacket prepared = packet.withId(this.namespace.nextAckId());
		this.local.encode(prepared, options);
		if (options.flags().isLocal()) {
			return Mono
				.fromRunnable(() -> this.order.inOrder(() -> this.local.deliverWithAck(prepared, options, listener)));
		}
		String id = Ids.hex();
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("packet", MessageCodec.packet(MessageCodec.event(this.namespace, packet.event(), packet.args())));
		data.put("requestId", id);
		data.put("opts", MessageCodec.options(options));
		return mono(() -> {
			AckResponses responses = new AckResponses(this.namespace, listener);
			ClusterRequest request = new ClusterRequest(responses);
			// registered before it is sent
			this.pending.add(id, request, RemoteAcks.limit(options));
			this.transport.count(List.of()).thenAccept((counts) -> request.expect(counts.get(0) - 1));
			return publishInOrder(message(MessageType.BROADCAST, data),
					() -> this.local.deliverWithAck(prepared, options, responses))
				.whenComplete((result, error) -> {
					if (error != null) {
						this.pending.remove(id);
					}
				});
		});
	}

	/**
	 * Publish a message, and apply it on this node in the order of deliveries.
	 * @param local applies the message on this node
	 */
	CompletionStage<?> publishInOrder(ClusterMessage message, Runnable local) {
		CompletableFuture<Object> result = new CompletableFuture<>();
		this.order.tasks().run(() -> DeliveryOrder.send(() -> this.transport.publish(message), result));
		CompletableFuture<Object> done = new CompletableFuture<>();
		this.order.inOrder(() -> {
			try {
				local.run();
			}
			finally {
				done.complete("");
			}
		});
		return done.thenCombine(result, (first, second) -> second);
	}

	@Override
	public Mono<List<RemoteSocketDetails>> fetchRemoteSockets(BroadcastOptions options) {
		Collection<RemoteSocketDetails> responses = new ConcurrentLinkedQueue<>();
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("opts", MessageCodec.options(options));
		Duration limit = options.flags().timeout();
		return request(MessageType.FETCH_SOCKETS, data, (limit != null) ? limit : this.namespace.requestTimeout(),
				(message) -> responses.addAll(MessageCodec.sockets(message.list("sockets"))))
			.then(Mono.fromSupplier(() -> List.copyOf(responses)));
	}

	@Override
	public Mono<Integer> countRemoteSockets(BroadcastOptions options) {
		AtomicInteger count = new AtomicInteger();
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("opts", MessageCodec.options(options));
		// nodes in JavaScript ignore this flag, and respond with the details
		data.put("count", true);
		Duration limit = options.flags().timeout();
		return request(MessageType.FETCH_SOCKETS, data, (limit != null) ? limit : this.namespace.requestTimeout(),
				(message) -> count.addAndGet(MessageCodec.count(message)))
			.then(Mono.fromSupplier(count::get));
	}

	@Override
	public Mono<Void> addSockets(BroadcastOptions options, Collection<String> rooms) {
		return change(MessageType.SOCKETS_JOIN, options, "rooms", List.copyOf(rooms),
				() -> this.local.joinAll(options, rooms));
	}

	@Override
	public Mono<Void> delSockets(BroadcastOptions options, Collection<String> rooms) {
		return change(MessageType.SOCKETS_LEAVE, options, "rooms", List.copyOf(rooms),
				() -> this.local.leaveAll(options, rooms));
	}

	@Override
	public Mono<Void> disconnectSockets(BroadcastOptions options, boolean close) {
		return change(MessageType.DISCONNECT_SOCKETS, options, "close", close,
				() -> this.local.disconnectAll(options, close));
	}

	private Mono<Void> change(int type, BroadcastOptions options, String name, Object value, Runnable change) {
		if (options.flags().isLocal()) {
			return mono(() -> {
				CompletableFuture<Object> done = new CompletableFuture<>();
				this.order.inOrder(() -> {
					change.run();
					done.complete("");
				});
				return done;
			});
		}
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("opts", MessageCodec.options(options));
		data.put(name, value);
		return mono(() -> publishInOrder(message(type, data), change));
	}

	@Override
	public Mono<Void> serverSideEmit(String event, @Nullable Object[] args) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("packet", MessageCodec.event(this.namespace, event, args));
		ClusterMessage message = message(MessageType.SERVER_SIDE_EMIT, data);
		return mono(() -> this.transport.publish(message));
	}

	@Override
	public Mono<Void> serverSideEmitWithAck(String event, @Nullable Object[] args, Collection<Arguments> responses) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("packet", MessageCodec.event(this.namespace, event, args));
		return request(MessageType.SERVER_SIDE_EMIT, data, this.namespace.requestTimeout(),
				(message) -> responses.add(MessageCodec.value(this.namespace, message.get("packet"))));
	}

	/**
	 * Send a request to all other nodes.
	 * @param data the content, to which the id of the request is added
	 * @param onResponse receives the responses, one at a time
	 * @return completes when all nodes have responded
	 */
	private Mono<Void> request(int type, Map<String, @Nullable Object> data, Duration limit,
			Consumer<ClusterMessage> onResponse) {
		return mono(() -> this.transport.count(List.of()).thenCompose((counts) -> {
			int others = counts.get(0) - 1;
			if (others <= 0) {
				return CompletableFuture.completedFuture("");
			}
			String id = Ids.hex();
			Map<String, @Nullable Object> content = new LinkedHashMap<>(data);
			content.put("requestId", id);
			CompletableFuture<Object> result = new CompletableFuture<>();
			addRequest(id, others, onResponse, result, limit);
			this.transport.publish(message(type, content)).whenComplete((published, error) -> {
				if (error != null && this.pending.remove(id) != null) {
					result.completeExceptionally(error);
				}
			});
			return result;
		}));
	}

	private void addRequest(String id, int nodes, Consumer<ClusterMessage> onResponse, CompletableFuture<Object> result,
			Duration limit) {
		ClusterRequest request = new ClusterRequest(
				new NodeResponses(nodes, onResponse, result, () -> this.pending.complete(id)));
		request.expect(nodes);
		this.pending.add(id, request, limit);
	}

	/**
	 * Send a request to a single node.
	 * @param limit the time to wait
	 * @param create creates the message from the id of the request
	 * @return the response; empty if the node does not exist; fails with a
	 * {@link TimeoutException}
	 */
	CompletionStage<@Nullable ClusterMessage> ask(String node, Duration limit,
			BiFunction<ClusterAdapter, String, ClusterMessage> create) {
		String id = Ids.hex();
		CompletableFuture<@Nullable ClusterMessage> result = new CompletableFuture<>();
		CompletableFuture<Object> end = new CompletableFuture<>();
		addRequest(id, 1, result::complete, end, limit);
		end.whenComplete((done, error) -> {
			if (error != null) {
				result.completeExceptionally(error);
			}
			else {
				// ended without a response, because the node does not exist
				result.complete(null);
			}
		});
		this.transport.send(node, create.apply(this, id)).whenComplete((receivers, error) -> {
			if (error != null && this.pending.remove(id) != null) {
				result.completeExceptionally(error);
			}
			else if (error == null && receivers == 0) {
				// a server of a Redis cluster does not count the subscribers of other
				// servers
				this.transport.count(List.of(node)).thenAccept((counts) -> {
					if (counts.get(1) == 0 && this.pending.remove(id) != null) {
						result.complete(null);
					}
				});
			}
		});
		return result;
	}

	// Messages of other nodes

	/**
	 * Handle a message that the transport has received, as opposed to an entry of a
	 * stream.
	 */
	private void receive(ClusterMessage message) {
		if (this.uid.equals(message.uid()) || !this.namespace.name().equals(message.nsp())) {
			return;
		}
		switch (message.type()) {
			case MessageType.INITIAL_HEARTBEAT, MessageType.ADAPTER_CLOSE -> this.namespace.nodesChanged();
			case MessageType.FETCH_SOCKETS_RESPONSE, MessageType.SERVER_SIDE_EMIT_RESPONSE,
					MessageType.BROADCAST_CLIENT_COUNT, MessageType.BROADCAST_ACK, MessageType.HAND_OVER_RESPONSE -> {
				ClusterRequest request = this.pending.get(message.requestId());
				if (request != null) {
					guard(() -> request.onMessage(message));
				}
			}
			default -> this.order.tasks().run(() -> handle(message, null));
		}
	}

	private void guard(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException ex) {
			logger.debug("A message of another node could not be handled", ex);
			this.observer.malformed();
		}
	}

	/**
	 * Handle a request or a broadcast of another node. Called in the order of deliveries.
	 * An invalid message is ignored.
	 * @param offset the offset of a broadcast, or {@code null}
	 */
	void handle(ClusterMessage message, @Nullable String offset) {
		guard(() -> handleValid(message, offset));
	}

	private void handleValid(ClusterMessage message, @Nullable String offset) {
		BroadcastOptions options = MessageCodec.options(message.get("opts"));
		switch (message.type()) {
			case MessageType.BROADCAST -> onBroadcast(message, options, offset);
			case MessageType.SOCKETS_JOIN -> this.local.joinAll(options, MessageCodec.names(message.get("rooms")));
			case MessageType.SOCKETS_LEAVE -> this.local.leaveAll(options, MessageCodec.names(message.get("rooms")));
			case MessageType.DISCONNECT_SOCKETS ->
				this.local.disconnectAll(options, Boolean.TRUE.equals(message.get("close")));
			case MessageType.FETCH_SOCKETS -> {
				if (message.requestId() != null) {
					respond(message, MessageType.FETCH_SOCKETS_RESPONSE, "sockets", sockets(message, options));
				}
			}
			case MessageType.SERVER_SIDE_EMIT -> onServerSideEmit(message);
			case MessageType.HAND_OVER -> this.handOverHandler.accept(message);
			default -> {
				// a message of a newer version, or a heartbeat of another adapter
			}
		}
	}

	/**
	 * Return the details of the selected sockets, or their number if the request is for
	 * the number only.
	 */
	private Object sockets(ClusterMessage request, BroadcastOptions options) {
		return Boolean.TRUE.equals(request.get("count")) ? this.local.count(options)
				: this.local.select(options)
					.stream()
					.map((socket) -> MessageCodec.details(this.namespace, socket.details()))
					.toList();
	}

	private void onBroadcast(ClusterMessage message, BroadcastOptions options, @Nullable String offset) {
		BroadcastPacket packet = MessageCodec.broadcast(message.packet());
		if (packet == null) {
			this.observer.malformed();
			return;
		}
		if (message.requestId() != null) {
			this.local.deliverWithAck(packet.withId(this.namespace.nextAckId()), options,
					this.remoteAcks.listener(message, options));
		}
		else if (offset != null && !options.flags().isVolatile()) {
			this.local.deliver(packet.withOffset(offset), options);
		}
		else {
			this.local.deliver(packet, options);
		}
	}

	private void onServerSideEmit(ClusterMessage message) {
		List<?> event = message.list("packet");
		if (event.isEmpty() || !(event.get(0) instanceof String name)) {
			this.observer.malformed();
			return;
		}
		Consumer<@Nullable Object> ack = (message.requestId() == null) ? null
				: new SingleResponse((value) -> respond(message, MessageType.SERVER_SIDE_EMIT_RESPONSE, "packet",
						MessageCodec.plain(this.namespace.parser().encoder(), value)));
		this.namespace.serverSideEvent(name, MessageCodec.arguments(this.namespace, event), ack);
	}

	/**
	 * The responses to a request with a single response from each node.
	 *
	 * @param expected the number of nodes
	 * @param onResponse receives each response
	 * @param result completes after the last response, or fails on timeout
	 * @param onEnd called when all nodes have responded
	 */
	private record NodeResponses(int expected, Consumer<ClusterMessage> onResponse, CompletableFuture<Object> result,
			Runnable onEnd) implements ClusterResponses {

		@Override
		public boolean isResponse(ClusterMessage message) {
			return true;
		}

		@Override
		public void onResponse(ClusterMessage message) {
			this.onResponse.accept(message);
		}

		@Override
		public void onComplete() {
			this.onEnd.run();
			this.result.complete("");
		}

		@Override
		public void onTimeout(int missing) {
			this.result.completeExceptionally(new TimeoutException("timeout reached: only " + (this.expected - missing)
					+ " responses received out of " + this.expected));
		}

	}

}
