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

package io.github.springsocketio.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.socketio.AckTimeoutException;
import io.github.springsocketio.socketio.BroadcastOperator;
import io.github.springsocketio.socketio.DisconnectReason;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.NamespaceRegistration;
import io.github.springsocketio.socketio.RemoteSocket;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The handlers of the profile {@code cluster}, which all its namespaces have.
 */
final class ClusterHandlers {

	private final EventLog events;

	private final String node;

	ClusterHandlers(EventLog events, String node) {
		this.events = events;
		this.node = node;
	}

	void register(Namespace namespace) {
		registerSockets(namespace);
		registerServerSide(namespace);
	}

	<N extends NamespaceRegistration<N>> void registerSockets(N namespace) {
		namespace.onDisconnect(this::record)
			.on("echo", WireHandlers::echo)
			.on("whoami", (socket, event) -> event.ack(describe(socket)))
			.on("set", WireHandlers::set)
			.on("join", WireHandlers::join)
			.on("leave", WireHandlers::leave)
			.on("bye", (socket, event) -> socket.disconnect(Args.flag(event, 0)))
			.on("emit", (socket, event) -> target(socket, event).emit(Args.text(event, 1), Args.from(event, 2)))
			.on("silent", (socket, event) -> {
			});
		new WireBroadcasts().registerRequests(namespace);
		namespace.handle("cast", ClusterHandlers::cast)
			.handle("count",
					(socket, event) -> orError(
							WireBroadcasts.target(socket, event.get(0)).fetchSockets().count().cast(Object.class)))
			.handle("servers",
					(socket, event) -> orError(socket.namespace().adapter().serverCount().cast(Object.class)))
			.handle("count-all", (socket, event) -> orError(target(socket, event).countSockets().cast(Object.class)))
			.handle("sockets", (socket, event) -> orError(
					target(socket, event).fetchSockets().map(ClusterHandlers::describe).collectList()));
		registerChanges(namespace);
		registerServers(namespace);
	}

	private void record(Socket socket, DisconnectReason reason, @Nullable String detail) {
		this.events.add("disconnect", Map.of("id", socket.id(), "nsp", socket.nsp(), "reason", reason.text()));
	}

	private Map<String, @Nullable Object> describe(Socket socket) {
		Map<String, @Nullable Object> description = WireHandlers.describe(socket);
		description.put("node", this.node);
		return description;
	}

	private static Map<String, @Nullable Object> describe(RemoteSocket socket) {
		Map<String, @Nullable Object> description = new LinkedHashMap<>();
		description.put("id", socket.id());
		description.put("rooms", socket.rooms());
		description.put("data", socket.data());
		description.put("handshake", socket.handshake().toMap());
		return description;
	}

	private static Mono<Object> orError(Mono<?> result) {
		return result.<Object>map((value) -> value)
			.onErrorResume((error) -> Mono.just(Map.of("error", String.valueOf(error.getMessage()))));
	}

	private static BroadcastOperator target(Socket socket, Event event) {
		return Target.of(event.get(0, Target.class)).of(socket);
	}

	private static Mono<Arguments> cast(Socket socket, Event event) {
		return target(socket, event).publish(Args.text(event, 1), Args.from(event, 2)).then(Mono.empty());
	}

	private static <N extends NamespaceRegistration<N>> void registerChanges(N namespace) {
		namespace.on("join-all", (socket, event) -> {
			target(socket, event).socketsJoin(rooms(event));
			event.ack();
		}).on("leave-all", (socket, event) -> {
			target(socket, event).socketsLeave(rooms(event));
			event.ack();
		})
			.on("kick-all", (socket, event) -> target(socket, event).disconnectSockets(Args.flag(event, 1)))
			.handle("ask-one", ClusterHandlers::askOne)
			.handle("numbers", ClusterHandlers::numbers);
	}

	private static String[] rooms(Event event) {
		return event.require(1, String[].class);
	}

	private static Mono<Object> askOne(Socket socket, Event event) {
		return socket.namespace()
			.in(Args.text(event, 0))
			.timeout(Duration.ofMillis(Args.number(event, 1)))
			.emitWithAck(Args.text(event, 2), Args.from(event, 3))
			.map((acks) -> acks.isEmpty() ? failed() : value(acks.get(0).get(0)))
			.onErrorReturn(AckTimeoutException.class, failed());
	}

	private static Object failed() {
		return Map.of("ok", false);
	}

	private static Object value(@Nullable Object value) {
		Map<String, @Nullable Object> result = new LinkedHashMap<>();
		result.put("ok", true);
		result.put("value", value);
		return result;
	}

	private static Mono<Arguments> numbers(Socket socket, Event event) {
		BroadcastOperator target = target(socket, event);
		String key = Args.text(event, 1);
		int gap = Args.number(event, 3);
		int size = Args.number(event, 4);
		@Nullable Object[] text = (size > 0) ? new Object[] { "x".repeat(size) } : new Object[0];
		Flux<Integer> numbers = Flux.range(0, Args.number(event, 2));
		Flux<Integer> paced = (gap > 0) ? numbers.delayElements(Duration.ofMillis(gap)) : numbers;
		return paced.takeUntilOther(socket.onDisconnect().materialize()).doOnNext((number) -> {
			List<@Nullable Object> args = new ArrayList<>(List.of(key, number));
			args.addAll(List.of(text));
			target.emit("n", args.toArray());
		}).then(Mono.empty());
	}

	private static <N extends NamespaceRegistration<N>> void registerServers(N namespace) {
		namespace.on("tell-servers", (socket, event) -> {
			socket.namespace().serverSideEmit(Args.text(event, 0), Args.from(event, 1));
			event.ack();
		})
			.handle("ask-servers",
					(socket, event) -> socket.namespace()
						.serverSideEmitWithAck(Args.text(event, 0), Args.from(event, 1))
						.map((responses) -> responses(true, responses))
						.onErrorResume(AckTimeoutException.class, (ex) -> Mono.just(responses(false, ex.responses()))));
	}

	private static Object responses(boolean ok, List<Arguments> responses) {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("ok", ok);
		result.put("responses", WireBroadcasts.firsts(responses));
		return result;
	}

	void registerServerSide(Namespace namespace) {
		namespace.onServerSide("note", (args, ack) -> this.events.add("server_event",
				Map.of("nsp", namespace.name(), "event", "note", "args", recorded(args))));
		namespace.onServerSide("node", (args, ack) -> {
			if (ack != null) {
				ack.accept(this.node);
			}
		});
		namespace.onServerSide("back", (args, ack) -> {
			if (ack != null) {
				ack.accept(args.get(0));
			}
		});
		namespace.onServerSide("mute", (args, ack) -> {
			if (ack != null && !this.node.equals(args.get(0))) {
				ack.accept(this.node);
			}
		});
	}

	private static List<@Nullable Object> recorded(Arguments args) {
		List<@Nullable Object> result = new ArrayList<>();
		for (Object value : args.toList()) {
			result.add((value instanceof byte[] bytes) ? Base64.getEncoder().encodeToString(bytes) : value);
		}
		return result;
	}

}
