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

import io.github.springsocketio.socketio.adapter.BroadcastFlags;
import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Emits to one socket with flags.
 *
 * @param socket the socket
 * @param flags the flags
 */
record DefaultSocketEmitter(SocketOperators socket, BroadcastFlags flags) implements SocketEmitter {

	@Override
	public SocketEmitter asVolatile() {
		return new DefaultSocketEmitter(this.socket, this.flags.asDroppable());
	}

	@Override
	public SocketEmitter compress(boolean compress) {
		return new DefaultSocketEmitter(this.socket, this.flags.withCompress(compress));
	}

	@Override
	public SocketEmitter timeout(Duration timeout) {
		Assert.notNull(timeout, "'timeout' must not be null");
		return new DefaultSocketEmitter(this.socket, this.flags.withTimeout(timeout));
	}

	@Override
	public void emit(String event, @Nullable Object... args) {
		EventNames.checkOutgoing(event);
		this.socket.emit((Object) event, SocketArguments.of(args), this.flags);
	}

	@Override
	public void emit(String event, Arguments args) {
		EventNames.checkOutgoing(event);
		this.socket.emit((Object) event, SocketArguments.of(args), this.flags);
	}

	@Override
	public void emit(long event, @Nullable Object... args) {
		this.socket.emit((Object) event, SocketArguments.of(args), this.flags);
	}

	@Override
	public Mono<Arguments> emitWithAck(String event, @Nullable Object... args) {
		return this.socket.emitWithAck(event, SocketArguments.of(args), this.flags);
	}

}
