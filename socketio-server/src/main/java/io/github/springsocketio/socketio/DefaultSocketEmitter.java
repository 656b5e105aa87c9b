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

/**
 * Emits to one socket with flags.
 *
 * @param socket the socket
 * @param flags the flags
 */
record DefaultSocketEmitter(DefaultSocket socket, BroadcastFlags flags) implements SocketEmitter {

	@Override
	public SocketEmitter asVolatile() {
		return new DefaultSocketEmitter(this.socket, this.flags.asVolatile());
	}

	@Override
	public SocketEmitter compress(boolean compress) {
		return new DefaultSocketEmitter(this.socket, this.flags.withCompress(compress));
	}

	@Override
	public SocketEmitter timeout(Duration timeout) {
		return new DefaultSocketEmitter(this.socket, this.flags.withTimeout(timeout));
	}

	@Override
	public void emit(String event, @Nullable Object... args) {
		this.socket.emit(event, args, this.flags);
	}

	@Override
	public Mono<Arguments> emitWithAck(String event, @Nullable Object... args) {
		return this.socket.emitWithAck(event, args, this.flags);
	}

}
