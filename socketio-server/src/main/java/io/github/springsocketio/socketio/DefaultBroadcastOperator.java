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

import io.github.springsocketio.socketio.adapter.BroadcastFlags;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * A selection of sockets of a namespace. Immutable.
 */
final class DefaultBroadcastOperator implements BroadcastOperator {

	private final DefaultNamespace namespace;

	private final BroadcastOptions options;

	/**
	 * Whether rooms were asked for, but none was named: for adapters no room at all means
	 * all sockets.
	 */
	private final boolean nobody;

	private DefaultBroadcastOperator(DefaultNamespace namespace, BroadcastOptions options, boolean nobody) {
		this.namespace = namespace;
		this.options = options;
		this.nobody = nobody;
	}

	static DefaultBroadcastOperator of(DefaultNamespace namespace) {
		return new DefaultBroadcastOperator(namespace, BroadcastOptions.ALL, false);
	}

	/**
	 * Return the operator for all sockets but one.
	 */
	static DefaultBroadcastOperator except(DefaultNamespace namespace, String id) {
		BroadcastOptions options = new BroadcastOptions(Set.of(), Set.of(id), BroadcastFlags.NONE);
		return new DefaultBroadcastOperator(namespace, options, false);
	}

	@Override
	public DefaultBroadcastOperator to(String... rooms) {
		Assert.notNull(rooms, "'rooms' must not be null");
		return to(Arrays.asList(rooms));
	}

	@Override
	public DefaultBroadcastOperator to(Collection<String> rooms) {
		Set<String> union = union(this.options.rooms(), rooms);
		return new DefaultBroadcastOperator(this.namespace,
				new BroadcastOptions(union, this.options.except(), this.options.flags()), union.isEmpty());
	}

	@Override
	public BroadcastOperator except(String... rooms) {
		Assert.notNull(rooms, "'rooms' must not be null");
		return except(Arrays.asList(rooms));
	}

	@Override
	public BroadcastOperator except(Collection<String> rooms) {
		return new DefaultBroadcastOperator(this.namespace,
				new BroadcastOptions(this.options.rooms(), union(this.options.except(), rooms), this.options.flags()),
				this.nobody);
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

	DefaultBroadcastOperator with(BroadcastFlags flags) {
		return new DefaultBroadcastOperator(this.namespace,
				new BroadcastOptions(this.options.rooms(), this.options.except(), flags), this.nobody);
	}

	@Override
	public BroadcastOperator local() {
		return with(this.options.flags().asLocal());
	}

	@Override
	public BroadcastOperator asVolatile() {
		return with(this.options.flags().asDroppable());
	}

	@Override
	public BroadcastOperator compress(boolean compress) {
		return with(this.options.flags().withCompress(compress));
	}

	@Override
	public DefaultBroadcastOperator timeout(Duration timeout) {
		Assert.notNull(timeout, "'timeout' must not be null");
		return with(this.options.flags().withTimeout(timeout));
	}

	@Override
	public void emit(String event, @Nullable Object... args) {
		EventNames.checkOutgoing(event);
		broadcast(event, SocketArguments.of(args));
	}

	@Override
	public void emit(long event, @Nullable Object... args) {
		broadcast(event, SocketArguments.of(args));
	}

	private void broadcast(Object event, @Nullable Object[] args) {
		if (!this.nobody) {
			this.namespace.adapter().broadcast(new BroadcastPacket(event, args), this.options);
		}
	}

	@Override
	public void emit(String event, Arguments args) {
		emit(event, SocketArguments.of(args));
	}

	@Override
	public Mono<List<Arguments>> emitWithAck(String event, @Nullable Object... args) {
		EventNames.checkOutgoing(event);
		if (this.nobody) {
			return Mono.just(List.of());
		}
		BroadcastPacket packet = new BroadcastPacket(event, SocketArguments.of(args));
		Duration timeout = this.options.flags().timeout();
		BroadcastOptions timed = (timeout != null) ? this.options
				: with(this.options.flags().withTimeout(this.namespace.server().options().ackTimeout())).options;
		return Mono.create((sink) -> new BroadcastAcks(this.namespace, sink).start(packet, timed));
	}

	@Override
	public Flux<RemoteSocket> fetchSockets() {
		if (this.nobody) {
			return Flux.empty();
		}
		Flux<RemoteSocket> local = Flux
			.defer(() -> Flux.fromIterable(this.namespace.adapter().sockets(this.options)).cast(RemoteSocket.class));
		if (this.options.flags().local()) {
			return local;
		}
		return local.concatWith(Flux.defer(() -> this.namespace.adapter().fetchRemoteSockets(this.options))
			.flatMapIterable((list) -> list)
			.map((details) -> new DefaultRemoteSocket(this.namespace, details)));
	}

	@Override
	public void socketsJoin(String... rooms) {
		this.namespace.checkRooms(rooms);
		if (!this.nobody) {
			this.namespace.adapter().addSockets(this.options, List.of(rooms));
		}
	}

	@Override
	public void socketsLeave(String... rooms) {
		Assert.noNullElements(rooms, "'rooms' must not contain null");
		if (!this.nobody) {
			this.namespace.adapter().delSockets(this.options, List.of(rooms));
		}
	}

	@Override
	public void disconnectSockets(boolean close) {
		if (!this.nobody) {
			this.namespace.adapter().disconnectSockets(this.options, close);
		}
	}

}
