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

import java.util.Set;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.adapter.BroadcastFlags;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Delivery without connection state recovery.
 */
final class DirectDelivery implements DeliveryStrategy {

	@Override
	public @Nullable Mono<Restoration> restore(ConnectAttempt attempt) {
		return null;
	}

	@Override
	public void cancel(Restoration restoration) {
	}

	@Override
	public boolean skipsMiddlewares() {
		return false;
	}

	@Override
	public @Nullable RecoveryState newState(@Nullable Restoration restoration) {
		return null;
	}

	@Override
	public void connect(DefaultSocket socket, ConnectAttempt attempt) {
		socket.enter(Set.of());
		socket.transmit(socket.client().connectPacket(socket, null), false);
		if (socket.markConnected()) {
			socket.notifyConnected();
		}
	}

	@Override
	public Takeover takeover(ConnectAttempt attempt, DefaultSocket living, Restoration restoration, Handshake handshake,
			Takeover.@Nullable StandIn standIn) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void emit(DefaultSocket socket, Object event, @Nullable Object[] args, BroadcastFlags flags) {
		if (socket.mayEmit()) {
			socket.writeEvent(event, -1, args, flags);
		}
	}

	@Override
	public void deliver(DefaultSocket socket, BroadcastPacket packet, EncodedMessage message, boolean isVolatile) {
		socket.transmit(message, isVolatile);
	}

	@Override
	public void write(DefaultSocket socket, EncodedMessage message, boolean isVolatile, @Nullable String lastArgument) {
		if (socket.namespace().adapter().isIdle()) {
			socket.transmit(message, isVolatile);
		}
		else {
			inOrder(socket, () -> socket.transmit(message, isVolatile));
		}
	}

	@Override
	public void inOrder(DefaultSocket socket, Runnable task) {
		socket.namespace().inOrder(task);
	}

	@Override
	public void send(DefaultSocket socket, EncodedMessage message, boolean isVolatile, @Nullable String lastArgument) {
		socket.transmit(message, isVolatile);
	}

	@Override
	public @Nullable String position() {
		return null;
	}

	@Override
	public void disconnected(DefaultSocket socket, DisconnectReason reason, @Nullable String position) {
	}

}
