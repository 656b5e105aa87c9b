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
import java.util.List;

import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.lang.CheckReturnValue;

/**
 * Selects sockets of a namespace and does something to all of them (SIO-66). Each
 * operator returns a new object and leaves this one as it is. Safe to use from any
 * thread; nothing here blocks.
 *
 * @since 0.1.0
 */
public interface BroadcastOperator {

	/**
	 * Select the sockets of rooms; with several rooms or calls, their union, each socket
	 * once (SIO-67). No room at all selects nobody (SIO-68).
	 * @param rooms the names of the rooms
	 * @return a new operator
	 */
	@CheckReturnValue
	BroadcastOperator to(String... rooms);

	/**
	 * Select the sockets of rooms, as {@link #to(String...)} does.
	 * @param rooms the names of the rooms
	 * @return a new operator
	 */
	@CheckReturnValue
	BroadcastOperator to(Collection<String> rooms);

	/**
	 * Do the same as {@link #to(String...)}; reads better where nothing is emitted.
	 * @param rooms the names of the rooms
	 * @return a new operator
	 */
	@CheckReturnValue
	default BroadcastOperator in(String... rooms) {
		return to(rooms);
	}

	/**
	 * Do the same as {@link #to(Collection)}; reads better where nothing is emitted.
	 * @param rooms the names of the rooms
	 * @return a new operator
	 */
	@CheckReturnValue
	default BroadcastOperator in(Collection<String> rooms) {
		return to(rooms);
	}

	/**
	 * Leave out the sockets of rooms, even if they are selected otherwise.
	 * @param rooms the names of the rooms
	 * @return a new operator
	 */
	@CheckReturnValue
	BroadcastOperator except(String... rooms);

	/**
	 * Leave out the sockets of rooms, even if they are selected otherwise.
	 * @param rooms the names of the rooms
	 * @return a new operator
	 */
	@CheckReturnValue
	BroadcastOperator except(Collection<String> rooms);

	/**
	 * Select sockets of this node only (SIO-74).
	 * @return a new operator
	 */
	@CheckReturnValue
	BroadcastOperator local();

	/**
	 * Drop the message for each socket that could not write it at once (SIO-72): the
	 * {@code volatile} of the JavaScript API, which is a keyword of Java.
	 * @return a new operator
	 */
	@CheckReturnValue
	BroadcastOperator asVolatile();

	/**
	 * Allow or forbid compression of the message (SIO-73).
	 * @param compress whether it may be compressed
	 * @return a new operator
	 */
	@CheckReturnValue
	BroadcastOperator compress(boolean compress);

	/**
	 * Set how long to wait for acknowledgements.
	 * @param timeout the time limit; the server's {@code ack-timeout} by default
	 * @return a new operator
	 */
	@CheckReturnValue
	BroadcastOperator timeout(Duration timeout);

	/**
	 * Emit an event to the selected sockets; it is encoded once. Happens at once.
	 * @param event the name
	 * @param args the arguments; {@code byte[]}, {@code ByteBuffer} and
	 * {@code DataBuffer} anywhere in them become attachments
	 * @throws IllegalArgumentException if the name is reserved (SIO-15) or an argument
	 * cannot be written
	 */
	void emit(String event, @Nullable Object... args);

	/**
	 * Emit an event with the arguments of another one, which need not be decoded.
	 * @param event the name
	 * @param args the arguments
	 */
	void emit(String event, Arguments args);

	/**
	 * Emit an event whose name is a number, which keeps its type on the wire (SIO-61).
	 * @param event the name
	 * @param args the arguments
	 */
	void emit(long event, @Nullable Object... args);

	/**
	 * Emit a {@code message} event.
	 * @param args the arguments
	 */
	default void send(@Nullable Object... args) {
		emit("message", args);
	}

	/**
	 * Emit an event and wait for the acknowledgement of each selected socket.
	 * @param event the name
	 * @param args the arguments
	 * @return cold; emits the event when subscribed to. Completes with the
	 * acknowledgements in the order of their arrival, at once with an empty list if
	 * nobody is selected; fails with an {@link AckTimeoutException}, which holds those
	 * that came, after the {@link #timeout(Duration)}
	 */
	@CheckReturnValue
	Mono<List<Arguments>> emitWithAck(String event, @Nullable Object... args);

	/**
	 * Return the selected sockets of all nodes.
	 * @return the sockets; an error if a node does not answer in time
	 */
	@CheckReturnValue
	Flux<RemoteSocket> fetchSockets();

	/**
	 * Make the selected sockets of all nodes join rooms. Happens at once on this node.
	 * @param rooms the names of the rooms
	 */
	void socketsJoin(String... rooms);

	/**
	 * Make the selected sockets of all nodes leave rooms. Happens at once on this node.
	 * @param rooms the names of the rooms
	 */
	void socketsLeave(String... rooms);

	/**
	 * Disconnect the selected sockets of all nodes from the namespace.
	 */
	default void disconnectSockets() {
		disconnectSockets(false);
	}

	/**
	 * Disconnect the selected sockets of all nodes.
	 * @param close whether their connections are closed too, for all namespaces
	 */
	void disconnectSockets(boolean close);

}
