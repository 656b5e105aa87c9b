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
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.springsocketio.socketio.adapter.BroadcastFlags;
import io.github.springsocketio.socketio.adapter.RemoteSocketDetails;
import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A socket of another node: its details, and broadcasts to its own room.
 */
final class DefaultRemoteSocket implements RemoteSocket {

	private final RemoteSocketDetails details;

	private final Handshake handshake;

	private final RoomEmitter emitter;

	DefaultRemoteSocket(DefaultNamespace namespace, RemoteSocketDetails details) {
		this.details = details;
		this.handshake = new RemoteHandshake(details.handshake(), namespace.parser().encoder());
		this.emitter = new RoomEmitter(DefaultBroadcastOperator.of(namespace)
			.to(List.of(details.id()))
			.with(BroadcastFlags.NONE.asSingleResponse()));
	}

	@Override
	public String id() {
		return this.details.id();
	}

	@Override
	public Handshake handshake() {
		return this.handshake;
	}

	@Override
	public Set<String> rooms() {
		return Collections.unmodifiableSet(this.details.rooms());
	}

	@Override
	public Map<String, @Nullable Object> data() {
		return this.details.data();
	}

	@Override
	public SocketEmitter asVolatile() {
		return this.emitter.asVolatile();
	}

	@Override
	public SocketEmitter compress(boolean compress) {
		return this.emitter.compress(compress);
	}

	@Override
	public SocketEmitter timeout(Duration timeout) {
		return this.emitter.timeout(timeout);
	}

	@Override
	public void emit(String event, @Nullable Object... args) {
		this.emitter.emit(event, args);
	}

	@Override
	public Mono<Arguments> emitWithAck(String event, @Nullable Object... args) {
		return this.emitter.emitWithAck(event, args);
	}

	@Override
	public void join(String... rooms) {
		this.emitter.operator().socketsJoin(rooms);
	}

	@Override
	public void join(Collection<String> rooms) {
		this.emitter.operator().socketsJoin(rooms);
	}

	@Override
	public void leave(String... rooms) {
		this.emitter.operator().socketsLeave(rooms);
	}

	@Override
	public void leave(Collection<String> rooms) {
		this.emitter.operator().socketsLeave(rooms);
	}

	@Override
	public void disconnect(boolean close) {
		this.emitter.operator().disconnectSockets(close);
	}

	@Override
	public String toString() {
		return this.details.toString();
	}

	/**
	 * Emits to the own room of a socket.
	 *
	 * @param operator selects the room
	 */
	private record RoomEmitter(BroadcastOperator operator) implements SocketEmitter {

		@Override
		public SocketEmitter asVolatile() {
			return new RoomEmitter(this.operator.asVolatile());
		}

		@Override
		public SocketEmitter compress(boolean compress) {
			return new RoomEmitter(this.operator.compress(compress));
		}

		@Override
		public SocketEmitter timeout(Duration timeout) {
			return new RoomEmitter(this.operator.timeout(timeout));
		}

		@Override
		public void emit(String event, @Nullable Object... args) {
			this.operator.emit(event, args);
		}

		@Override
		public Mono<Arguments> emitWithAck(String event, @Nullable Object... args) {
			return this.operator.emitWithAck(event, args)
				.flatMap((responses) -> responses.isEmpty() ? Mono.error(new SocketDisconnectedException())
						: Mono.just(responses.get(0)));
		}

	}

}
