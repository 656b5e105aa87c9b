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
import java.util.List;

import io.github.springsocketio.socketio.adapter.AdapterSocket;
import io.github.springsocketio.socketio.adapter.BroadcastFlags;
import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * The many ways to ask a socket for the same few things.
 */
abstract class SocketOperators extends SocketHandlers implements AdapterSocket {

	/**
	 * How many bytes of a source may wait for the client before it is held back.
	 */
	private static final long MAX_BUFFERED = 65_536;

	@Override
	public abstract DefaultNamespace namespace();

	abstract void emit(Object event, @Nullable Object[] args, BroadcastFlags flags);

	abstract Mono<Arguments> emitWithAck(String event, @Nullable Object[] args, BroadcastFlags flags);

	@Override
	public void emit(String event, @Nullable Object... args) {
		EventNames.checkOutgoing(event);
		emit(event, SocketArguments.of(args), BroadcastFlags.NONE);
	}

	@Override
	public void emit(String event, Arguments args) {
		EventNames.checkOutgoing(event);
		emit(event, SocketArguments.of(args), BroadcastFlags.NONE);
	}

	@Override
	public void emit(long event, @Nullable Object... args) {
		emit((Object) event, SocketArguments.of(args), BroadcastFlags.NONE);
	}

	@Override
	public Mono<Arguments> emitWithAck(String event, @Nullable Object... args) {
		return emitWithAck(event, SocketArguments.of(args), BroadcastFlags.NONE);
	}

	@Override
	public Mono<Arguments> emitWithAck(Duration timeout, String event, @Nullable Object... args) {
		Assert.notNull(timeout, "'timeout' must not be null");
		return emitWithAck(event, SocketArguments.of(args), BroadcastFlags.NONE.withTimeout(timeout));
	}

	@Override
	public Mono<Void> emitAll(String event, Publisher<?> values) {
		EventNames.checkOutgoing(event);
		return Flux.from(values)
			.takeUntilOther(Mono.defer(this::onDisconnect))
			.concatMap((value) -> emitNext(event, value), 0)
			.then(Mono.defer(() -> connected() ? flushed() : Mono.error(disconnected())));
	}

	private Mono<Void> emitNext(String event, Object value) {
		if (!connected()) {
			return Mono.error(disconnected());
		}
		emit(event, SocketArguments.of(new Object[] { value }), BroadcastFlags.NONE);
		return (conn().bufferedBytes() > MAX_BUFFERED || namespace().isBehind()) ? flushed() : Mono.empty();
	}

	private static IllegalStateException disconnected() {
		return new IllegalStateException("The socket is disconnected");
	}

	@Override
	public Mono<Void> flushed() {
		return (namespace().recovery() != null) ? namespace().written().then(conn().flushed()) : conn().flushed();
	}

	@Override
	public SocketEmitter asVolatile() {
		return emitter(BroadcastFlags.NONE.asDroppable());
	}

	@Override
	public SocketEmitter compress(boolean compress) {
		return emitter(BroadcastFlags.NONE.withCompress(compress));
	}

	@Override
	public SocketEmitter timeout(Duration timeout) {
		Assert.notNull(timeout, "'timeout' must not be null");
		return emitter(BroadcastFlags.NONE.withTimeout(timeout));
	}

	private SocketEmitter emitter(BroadcastFlags flags) {
		return new DefaultSocketEmitter(this, flags);
	}

	@Override
	public BroadcastOperator broadcast() {
		return DefaultBroadcastOperator.except(namespace(), id());
	}

	@Override
	public void join(String... rooms) {
		Assert.notNull(rooms, "'rooms' must not be null");
		join(Arrays.asList(rooms));
	}

	@Override
	public void leave(String... rooms) {
		Assert.notNull(rooms, "'rooms' must not be null");
		Assert.noNullElements(rooms, "'rooms' must not contain null");
		leave(List.of(rooms));
	}

}
