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
 * A socket of another node (SIO-81): what that node has told of it, and broadcasts to its
 * own room.
 */
final class DefaultRemoteSocket implements RemoteSocket {

	private final RemoteSocketDetails details;

	private final Handshake handshake;

	private final DefaultBroadcastOperator operator;

	DefaultRemoteSocket(DefaultNamespace namespace, RemoteSocketDetails details) {
		this.details = details;
		this.handshake = new RemoteHandshake(details.handshake(), namespace.parser().encoder());
		this.operator = DefaultBroadcastOperator.of(namespace)
			.to(List.of(details.id()))
			.with(BroadcastFlags.NONE.asSingleResponse());
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
	public void emit(String event, @Nullable Object... args) {
		this.operator.emit(event, args);
	}

	@Override
	public void emit(long event, @Nullable Object... args) {
		this.operator.emit(event, args);
	}

	@Override
	public Mono<Arguments> emitWithAck(String event, @Nullable Object... args) {
		return first(this.operator.emitWithAck(event, args));
	}

	@Override
	public Mono<Arguments> emitWithAck(Duration timeout, String event, @Nullable Object... args) {
		return first(this.operator.timeout(timeout).emitWithAck(event, args));
	}

	private static Mono<Arguments> first(Mono<List<Arguments>> answers) {
		return answers.flatMap(
				(list) -> list.isEmpty() ? Mono.error(new AckTimeoutException(List.of())) : Mono.just(list.get(0)));
	}

	@Override
	public void join(String... rooms) {
		this.operator.socketsJoin(rooms);
	}

	@Override
	public void leave(String... rooms) {
		this.operator.socketsLeave(rooms);
	}

	@Override
	public void disconnect(boolean close) {
		this.operator.disconnectSockets(close);
	}

	@Override
	public String toString() {
		return this.details.toString();
	}

}
