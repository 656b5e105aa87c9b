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

package io.github.springsocketio.admin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.github.springsocketio.socketio.AckTimeoutException;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.adapter.InMemoryAdapter;
import io.github.springsocketio.socketio.packet.Arguments;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Exchanges messages between the nodes of a cluster: the number of their sockets, the
 * views of their administrators, the sockets of a view, and remembered logins.
 */
final class AdminCluster {

	private static final Log logger = LogFactory.getLog(AdminCluster.class);

	private static final String EVENT = "socketio-admin";

	private static final int MAX_NODES = 1_000;

	/**
	 * The number of ticks for which a node is counted after its last message.
	 */
	private static final int LEASE = 6;

	private final Namespace namespace;

	private final String nodeId = UUID.randomUUID().toString();

	private final Map<String, Node> nodes = new ConcurrentHashMap<>();

	private volatile long now;

	AdminCluster(Namespace namespace) {
		this.namespace = namespace;
	}

	/**
	 * Listen to the other nodes.
	 */
	void listen(Peer peer) {
		this.namespace.onServerSide(EVENT, (args, ack) -> {
			if (args.size() > 1) {
				onMessage(peer, args, ack);
			}
		});
	}

	private void onMessage(Peer peer, Arguments args, @Nullable Consumer<@Nullable Object> ack) {
		Object value = args.get(1);
		switch (String.valueOf(args.get(0))) {
			case "state" -> onState(peer, value);
			case "sockets" -> acknowledge(ack, peer.sockets(View.of(map(value))));
			case "session" -> acknowledge(ack, Mono.just(peer.session(String.valueOf(value))));
			case "order" -> peer.execute(list(value));
			default -> {
			}
		}
	}

	private static void acknowledge(@Nullable Consumer<@Nullable Object> ack, Mono<?> value) {
		if (ack != null) {
			value.subscribe(ack,
					(error) -> logger.error("Response to the Admin UI of another node could not be sent", error));
		}
	}

	private void onState(Peer peer, @Nullable Object value) {
		Map<?, ?> state = map(value);
		String id = String.valueOf(state.get("id"));
		if (this.nodes.size() < MAX_NODES || this.nodes.containsKey(id)) {
			int sockets = (state.get("sockets") instanceof Number number) ? number.intValue() : 0;
			this.nodes.put(id, new Node(sockets, this.now + LEASE));
		}
		list(state.get("views")).forEach((view) -> peer.watched(View.of(map(view))));
		list(state.get("stale")).forEach((view) -> peer.stale(View.of(map(view))));
	}

	private static Map<?, ?> map(@Nullable Object value) {
		return (value instanceof Map<?, ?> map) ? map : Map.of();
	}

	private static List<?> list(@Nullable Object value) {
		return (value instanceof List<?> list) ? list : List.of();
	}

	/**
	 * Return the number of sockets of the other nodes.
	 */
	int sockets() {
		return this.nodes.values().stream().mapToInt(Node::sockets).sum();
	}

	/**
	 * Publish the state of this node to the other nodes.
	 * @param tick the number of the current tick
	 * @param views the views of the administrators of this node that have details
	 * @param stale the views of other nodes for which a change could not be reported
	 */
	void publishState(long tick, int sockets, List<View> views, List<View> stale) {
		this.now = tick;
		this.nodes.values().removeIf((node) -> node.until < tick);
		Map<String, Object> state = new HashMap<>();
		state.put("id", this.nodeId);
		state.put("sockets", sockets);
		state.put("views", views.stream().map(View::toMap).toList());
		state.put("stale", stale.stream().map(View::toMap).toList());
		send("state", state);
	}

	/**
	 * Send a command to the other nodes, because this node does not have its namespace.
	 */
	void forward(List<@Nullable Object> command) {
		send("order", command);
	}

	private void send(String kind, Object value) {
		if (!(this.namespace.adapter() instanceof InMemoryAdapter)) {
			this.namespace.serverSideEmit(EVENT, kind, value);
		}
	}

	/**
	 * Fetch the sockets of a view from the other nodes. Nodes that do not respond in time
	 * are omitted, and the view is marked so that the sockets are fetched again later.
	 */
	Mono<List<Object>> fetchSockets(WatchedView view) {
		return request("sockets", view.view().toMap(), view::markStale).map((responses) -> {
			List<Object> sockets = new ArrayList<>();
			responses.forEach((response) -> sockets.addAll(list(first(response))));
			return sockets;
		});
	}

	/**
	 * Look up a login on the other nodes.
	 * @return the remaining time of the login in nanoseconds, or 0 if it is unknown
	 */
	Mono<Long> findSession(String hash) {
		return request("session", hash, () -> {
		}).map((responses) -> responses.stream()
			.mapToLong((response) -> (first(response) instanceof Number number) ? number.longValue() : 0)
			.max()
			.orElse(0));
	}

	private static @Nullable Object first(Arguments response) {
		return (response.size() > 0) ? response.get(0) : null;
	}

	private Mono<List<Arguments>> request(String kind, Object value, Runnable incomplete) {
		return this.namespace.serverSideEmitWithAck(EVENT, kind, value)
			.doOnError((error) -> incomplete.run())
			.onErrorResume(AckTimeoutException.class, (error) -> Mono.just(error.responses()))
			.onErrorReturn(List.of());
	}

	/**
	 * Another node.
	 *
	 * @param sockets the number of its sockets
	 * @param until the number of the last tick in which it is counted
	 */
	private record Node(int sockets, long until) {

	}

	/**
	 * Handles requests of other nodes.
	 */
	interface Peer {

		/**
		 * Return the sockets of a view of another node, and watch the view.
		 */
		Mono<List<Object>> sockets(View view);

		/**
		 * Return the remaining time of a login in nanoseconds, or 0 if it is unknown.
		 */
		long session(String hash);

		/**
		 * Execute a command.
		 */
		void execute(List<?> command);

		/**
		 * Watch a view of another node.
		 */
		void watched(View view);

		/**
		 * Handle that another node could not report a change.
		 */
		void stale(View view);

	}

}
