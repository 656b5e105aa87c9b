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
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.github.springsocketio.socketio.adapter.BroadcastFlags;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.ReservedEvents;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * A selection of sockets of one namespace.
 */
final class DefaultBroadcastOperator implements BroadcastOperator {

	private final DefaultNamespace namespace;

	private final BroadcastOptions options;

	/**
	 * Whether an empty list of rooms was selected. Without rooms, adapters select all
	 * sockets.
	 */
	private final boolean emptySelection;

	private DefaultBroadcastOperator(DefaultNamespace namespace, BroadcastOptions options, boolean emptySelection) {
		this.namespace = namespace;
		this.options = options;
		this.emptySelection = emptySelection;
	}

	static DefaultBroadcastOperator of(DefaultNamespace namespace) {
		return new DefaultBroadcastOperator(namespace, BroadcastOptions.ALL, false);
	}

	/**
	 * Return the operator for all sockets but one.
	 */
	static DefaultBroadcastOperator except(DefaultNamespace namespace, String id) {
		return new DefaultBroadcastOperator(namespace, BroadcastOptions.ALL.withExcept(Set.of(id)), false);
	}

	private DefaultBroadcastOperator with(BroadcastOptions changed) {
		return new DefaultBroadcastOperator(this.namespace, changed, this.emptySelection);
	}

	DefaultBroadcastOperator with(BroadcastFlags flags) {
		return with(this.options.withFlags(flags));
	}

	@Override
	public DefaultBroadcastOperator to(String... rooms) {
		Assert.notNull(rooms, "'rooms' must not be null");
		return to(Arrays.asList(rooms));
	}

	@Override
	public DefaultBroadcastOperator to(Collection<String> rooms) {
		Set<String> union = union(this.options.rooms(), rooms);
		return new DefaultBroadcastOperator(this.namespace, this.options.withRooms(union), union.isEmpty());
	}

	@Override
	public BroadcastOperator except(String... rooms) {
		Assert.notNull(rooms, "'rooms' must not be null");
		return except(Arrays.asList(rooms));
	}

	@Override
	public BroadcastOperator except(Collection<String> rooms) {
		return with(this.options.withExcept(union(this.options.except(), rooms)));
	}

	private static Set<String> union(Set<String> names, Collection<String> more) {
		Assert.notNull(more, "'rooms' must not be null");
		Assert.noNullElements(more, "'rooms' must not contain null");
		if (more.isEmpty()) {
			return names;
		}
		if (names.isEmpty() && more.size() == 1) {
			return Set.of(more.iterator().next());
		}
		Set<String> result = new LinkedHashSet<>(names);
		result.addAll(more);
		return Collections.unmodifiableSet(result);
	}

	@Override
	public BroadcastOperator local() {
		return with(this.options.flags().asLocal());
	}

	@Override
	public BroadcastOperator asVolatile() {
		return with(this.options.flags().asVolatile());
	}

	@Override
	public BroadcastOperator compress(boolean compress) {
		return with(this.options.flags().withCompress(compress));
	}

	@Override
	public DefaultBroadcastOperator timeout(Duration timeout) {
		return with(this.options.flags().withTimeout(timeout));
	}

	@Override
	public void emit(String event, @Nullable Object... args) {
		ReservedEvents.checkOutgoing(event);
		if (!this.emptySelection) {
			this.namespace.broadcast(new BroadcastPacket(event, SocketArguments.of(args)), this.options);
		}
	}

	@Override
	public Mono<Void> publish(String event, @Nullable Object... args) {
		ReservedEvents.checkOutgoing(event);
		if (this.emptySelection) {
			return Mono.empty();
		}
		@Nullable Object[] arguments = SocketArguments.of(args);
		return calls().broadcast(this.namespace, event, this.options, Mono
			.defer(() -> this.namespace.adapter().broadcast(new BroadcastPacket(event, arguments), this.options)));
	}

	@Override
	public Mono<List<Arguments>> emitWithAck(String event, @Nullable Object... args) {
		ReservedEvents.checkOutgoing(event);
		if (this.emptySelection) {
			return Mono.just(List.of());
		}
		@Nullable Object[] arguments = SocketArguments.of(args);
		Duration limit = this.namespace.server().ackTimeout(this.options.flags());
		BroadcastOptions timed = (limit != null) ? this.options.withFlags(this.options.flags().withTimeout(limit))
				: this.options;
		return calls().ack(this.namespace, event, Mono.create((sink) -> new BroadcastAcks(this.namespace, sink)
			.start(new BroadcastPacket(event, arguments), timed, limit)));
	}

	private ObserverCalls calls() {
		return this.namespace.server().observerCalls();
	}

	@Override
	public Flux<RemoteSocket> fetchSockets() {
		if (this.emptySelection) {
			return Flux.empty();
		}
		Flux<RemoteSocket> local = Flux
			.defer(() -> Flux.fromIterable(this.namespace.localNode().select(this.options)).cast(RemoteSocket.class));
		if (this.options.flags().isLocal()) {
			return local;
		}
		return local.concatWith(calls()
			.adapter(this.namespace, "fetchSockets",
					Mono.defer(() -> this.namespace.adapter().fetchRemoteSockets(this.options)))
			.flatMapIterable((list) -> list)
			.map((details) -> new DefaultRemoteSocket(this.namespace, details)));
	}

	@Override
	public Mono<Integer> countSockets() {
		if (this.emptySelection) {
			return Mono.just(0);
		}
		Mono<Integer> local = Mono.fromSupplier(() -> this.namespace.localNode().count(this.options));
		if (this.options.flags().isLocal()) {
			return local;
		}
		return local.zipWith(calls().adapter(this.namespace, "countSockets",
				Mono.defer(() -> this.namespace.adapter().countRemoteSockets(this.options))), Integer::sum);
	}

	@Override
	public void socketsJoin(String... rooms) {
		Assert.notNull(rooms, "'rooms' must not be null");
		List<String> names = Arrays.asList(rooms);
		this.namespace.checkRooms(names);
		run("socketsJoin", () -> this.namespace.adapter().addSockets(this.options, List.copyOf(names)));
	}

	@Override
	public void socketsLeave(String... rooms) {
		Assert.notNull(rooms, "'rooms' must not be null");
		Assert.noNullElements(rooms, "'rooms' must not contain null");
		run("socketsLeave", () -> this.namespace.adapter().delSockets(this.options, List.of(rooms)));
	}

	@Override
	public void disconnectSockets(boolean close) {
		run("disconnectSockets", () -> this.namespace.adapter().disconnectSockets(this.options, close));
	}

	private void run(String operation, Supplier<Mono<Void>> action) {
		if (!this.emptySelection) {
			this.namespace.run(operation, action);
		}
	}

}
