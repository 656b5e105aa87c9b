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

package io.github.springsocketio.socketio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.springsocketio.socketio.packet.Arguments;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Exchanges the presence of sockets with the other nodes of a cluster, with server-side
 * events of the adapter. A node that watches a room sends requests to all other nodes at
 * intervals. Each node responds with a version and, if the version has changed, with its
 * sockets in the room. During the lease of the request, it also sends further changes
 * with their versions. A node that is not watched sends nothing. Lost or reordered
 * messages are detected by their versions, and failed nodes by missing responses.
 */
final class PresenceCluster {

	/** The name of the events. No listeners of the application are called for them. */
	static final String EVENT = "socketio-spring:presence";

	private static final String WATCH = "watch";

	private static final String UNWATCH = "unwatch";

	private static final String CHANGE = "change";

	private static final Log logger = LogFactory.getLog(PresenceCluster.class);

	/**
	 * The lease of a request, in intervals: changes are sent to the watching node until
	 * it ends.
	 */
	private static final int LEASE = 3;

	private static final long MAX_LEASE = Duration.ofDays(1).toMillis();

	private final DefaultNamespace namespace;

	private final PresenceHub hub;

	PresenceCluster(DefaultNamespace namespace, PresenceHub hub) {
		this.namespace = namespace;
		this.hub = hub;
	}

	/**
	 * Return whether there may be other nodes.
	 */
	boolean isReachable() {
		return this.namespace.adapter().reachesOtherNodes();
	}

	// Watching

	/**
	 * Request the presence from the other nodes.
	 * @param known the known versions of the nodes
	 * @return never fails
	 */
	Mono<Round> ask(@Nullable String room, Map<String, Version> known) {
		Map<String, Object> versions = new LinkedHashMap<>();
		known.forEach((node, version) -> versions.put(node, List.of(version.epoch(), version.number())));
		long lease = this.hub.interval().multipliedBy(LEASE).toMillis();
		@Nullable Object[] args = { WATCH, this.namespace.nodeId(), room, lease, versions };
		Queue<Arguments> responses = new ConcurrentLinkedQueue<>();
		return Mono.defer(() -> this.namespace.adapter().serverSideEmitWithAck(EVENT, args, responses))
			.then(Mono.just(Outcome.COMPLETE))
			.onErrorResume(TimeoutException.class, (error) -> Mono.just(Outcome.TIMED_OUT))
			.onErrorResume((error) -> {
				this.namespace.server().adapterFailed(this.namespace, "serverSideEmitWithAck", error);
				return Mono.just(Outcome.FAILED);
			})
			.map((outcome) -> new Round(outcome, responses.stream().flatMap(PresenceCluster::states).toList()));
	}

	private static Stream<State> states(Arguments response) {
		try {
			return (response.get(0) instanceof List<?> list) ? Stream.of(state(list)) : Stream.empty();
		}
		catch (RuntimeException ex) {
			logger.debug("Response of another node could not be decoded", ex);
			return Stream.empty();
		}
	}

	private static State state(List<?> response) {
		List<PresentSocket> sockets = null;
		if (response.get(3) instanceof List<?> list) {
			sockets = new ArrayList<>(list.size());
			for (Object element : list) {
				List<?> socket = (List<?>) element;
				sockets.add(new PresentSocket((String) socket.get(0), (String) socket.get(1)));
			}
		}
		return new State((String) response.get(0), (String) response.get(1), ((Number) response.get(2)).longValue(),
				sockets);
	}

	void unwatch(@Nullable String room) {
		emit(UNWATCH, this.namespace.nodeId(), room);
	}

	// Being watched

	/**
	 * Return the response to a node that watches this one.
	 * @param sockets the sockets of this node, or {@code null} if the other node has the
	 * current ones
	 */
	List<@Nullable Object> response(String epoch, long version, @Nullable Collection<PresentSocket> sockets) {
		List<List<@Nullable String>> list = null;
		if (sockets != null) {
			list = new ArrayList<>(sockets.size());
			for (PresentSocket socket : sockets) {
				list.add(Arrays.<@Nullable String>asList(socket.id(), socket.user()));
			}
		}
		return Arrays.asList(this.namespace.nodeId(), epoch, version, list);
	}

	/**
	 * Notify the other nodes that a socket of this node has joined or left.
	 */
	void publish(@Nullable String room, String epoch, long version, boolean joined, PresentSocket socket) {
		emit(CHANGE, this.namespace.nodeId(), room, epoch, version, joined, socket.id(), socket.user());
	}

	private void emit(@Nullable Object... args) {
		this.namespace.run("serverSideEmit", () -> this.namespace.adapter().serverSideEmit(EVENT, args));
	}

	/**
	 * Handle a message of another node.
	 */
	void onMessage(Arguments args, @Nullable Consumer<@Nullable Object> ack) {
		try {
			String node = args.require(1, String.class);
			String room = args.get(2, String.class);
			switch (args.require(0, String.class)) {
				case WATCH -> {
					if (ack != null) {
						Duration duration = duration(args.require(3, Long.class));
						Version known = version(args.get(4));
						this.hub.onView(room, (view) -> ack.accept(view.watch(node, duration, known)));
					}
				}
				case UNWATCH -> this.hub.onExistingView(room, (view) -> view.unwatch(node));
				case CHANGE -> {
					Version change = new Version(args.require(3, String.class), args.require(4, Long.class),
							args.require(5, Boolean.class));
					PresentSocket socket = new PresentSocket(args.require(6, String.class), args.get(7, String.class));
					this.hub.onExistingView(room, (view) -> view.remoteChanged(node, change, socket));
				}
				default -> logger.debug("Message of another node could not be decoded");
			}
		}
		catch (RuntimeException ex) {
			logger.debug("Message of another node could not be decoded", ex);
		}
	}

	private static Duration duration(long millis) {
		return Duration.ofMillis(Math.max(0, Math.min(millis, MAX_LEASE)));
	}

	/**
	 * Return the version of this node from the known versions of another node.
	 */
	private @Nullable Version version(@Nullable Object versions) {
		return (versions instanceof Map<?, ?> map && map.get(this.namespace.nodeId()) instanceof List<?> version)
				? new Version((String) version.get(0), ((Number) version.get(1)).longValue(), false) : null;
	}

	/**
	 * The outcome of a request to the other nodes.
	 */
	enum Outcome {

		COMPLETE, TIMED_OUT, FAILED

	}

	/**
	 * The responses to a request.
	 *
	 * @param outcome the outcome
	 * @param states the responses
	 */
	record Round(Outcome outcome, List<State> states) {

	}

	/**
	 * The response of a node.
	 *
	 * @param node the id of the node
	 * @param epoch the epoch of the version
	 * @param version the version
	 * @param sockets the sockets of the node, or {@code null} if they have not changed
	 */
	record State(String node, String epoch, long version, @Nullable List<PresentSocket> sockets) {

	}

	/**
	 * A version of the sockets of a node.
	 *
	 * @param epoch changes when the versions start anew
	 * @param number the number of changes
	 * @param joined whether the last change is that a socket has joined
	 */
	record Version(String epoch, long number, boolean joined) {

	}

}
