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

import java.security.Principal;
import java.util.Collection;

import io.github.springsocketio.engineio.EngineSession;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.lang.CheckReturnValue;

/**
 * A client in a namespace of this node. As a {@link BroadcastSelector} it selects the
 * other sockets of the namespace. Safe to use from any thread; nothing here blocks.
 *
 * @since 0.1.0
 */
public interface Socket extends RemoteSocket, BroadcastSelector, EventRegistration<Socket> {

	/**
	 * Return the namespace.
	 * @return the namespace
	 */
	Namespace namespace();

	/**
	 * Return the name of the namespace.
	 * @return such as {@code "/"}
	 */
	default String nsp() {
		return namespace().name();
	}

	/**
	 * Return the principal of this socket.
	 * @return the principal of the {@linkplain Handshake#principal() handshake}, which
	 * the client may renew; {@code null} if there is none
	 */
	default @Nullable Principal principal() {
		return handshake().principal();
	}

	/**
	 * Return the Engine.IO session of this socket, shared by the sockets of the client in
	 * other namespaces. With connection state recovery it changes if the client
	 * reconnects before the server has detected the loss of its connection.
	 * @return the current session
	 */
	EngineSession conn();

	/**
	 * Return whether the socket is connected.
	 * @return {@code false} in middlewares and after the disconnection
	 */
	boolean connected();

	/**
	 * Return whether the state of an earlier connection was recovered.
	 * @return whether it was
	 */
	boolean recovered();

	/**
	 * Emit an event for each value of a source, at the speed at which the client receives
	 * them.
	 * @param event the name
	 * @param values one argument each
	 * @return cold; completes when the source has completed and everything was written to
	 * the network. Fails with the error of the source, or with a
	 * {@link SocketDisconnectedException} as soon as the socket is disconnected, and
	 * cancels the source then
	 * @throws IllegalArgumentException if the name is reserved
	 */
	@CheckReturnValue
	Mono<Void> emitAll(String event, Publisher<?> values);

	/**
	 * Wait until everything emitted so far was written to the network.
	 * @return completes when flushed; fails if the session is closed before that
	 */
	@CheckReturnValue
	Mono<Void> flushed();

	/**
	 * Select all other sockets of the namespace.
	 * @return the operator, which leaves this socket out
	 */
	@CheckReturnValue
	BroadcastOperator broadcast();

	@Override
	default BroadcastOperator to(String... rooms) {
		return broadcast().to(rooms);
	}

	@Override
	default BroadcastOperator to(Collection<String> rooms) {
		return broadcast().to(rooms);
	}

	@Override
	default BroadcastOperator except(String... rooms) {
		return broadcast().except(rooms);
	}

	@Override
	default BroadcastOperator except(Collection<String> rooms) {
		return broadcast().except(rooms);
	}

	@Override
	default BroadcastOperator local() {
		return broadcast().local();
	}

	/**
	 * Wait until the socket is disconnected, for publishers that are to end with it:
	 * {@code prices.takeUntilOther(socket.onDisconnect())}.
	 * @return completes when the listeners for the disconnection have been called, on the
	 * thread that has called them, or at once if the socket is disconnected already;
	 * never fails
	 */
	@CheckReturnValue
	Mono<Void> onDisconnect();

}
