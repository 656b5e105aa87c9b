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

import java.util.Collection;
import java.util.List;

import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.lang.CheckReturnValue;

/**
 * A selection of sockets and the operations on all of them. Immutable and safe to use
 * from any thread; nothing here blocks.
 *
 * @since 0.1.0
 */
public interface BroadcastOperator extends Emitter<BroadcastOperator>, BroadcastSelector {

	/**
	 * Emit an event to the selected sockets, as {@link #emit(String, Object...)} does,
	 * and return whether the adapter has accepted it.
	 * @param event the name
	 * @param args the arguments, as for {@link #emit(String, Object...)}
	 * @return cold; emits the event when subscribed to. Completes when the adapter has
	 * accepted the event for this node and for all others, and fails if it could not, or
	 * with an {@link IllegalArgumentException} if an argument cannot be written
	 * @throws IllegalArgumentException if the name is reserved
	 */
	@CheckReturnValue
	Mono<Void> publish(String event, @Nullable Object... args);

	/**
	 * Emit an event and wait for the acknowledgement of each selected socket.
	 * @param event the name
	 * @param args the arguments, as for {@link #emit(String, Object...)}
	 * @return cold; emits the event when subscribed to. Completes with the
	 * acknowledgements in the order of their arrival, at once with an empty list if no
	 * socket is selected. A socket that is disconnected meanwhile is no longer waited
	 * for. Fails with an {@link AckTimeoutException}, which holds the acknowledgements
	 * received so far, after the {@linkplain #timeout(java.time.Duration) time limit}
	 * @throws IllegalArgumentException if the name is reserved
	 */
	@CheckReturnValue
	Mono<List<Arguments>> emitWithAck(String event, @Nullable Object... args);

	/**
	 * Emit an event and wait for the first argument of the acknowledgement of each
	 * selected socket.
	 * @param <T> the type of the responses
	 * @param type the type of the responses
	 * @param event the name
	 * @param args the arguments, as for {@link #emit(String, Object...)}
	 * @return as {@link #emitWithAck(String, Object...)}; an acknowledgement without
	 * argument, or with {@code null}, is left out of the list. Fails with an
	 * {@link io.github.springsocketio.socketio.packet.ArgumentConversionException} if a
	 * response cannot be converted
	 * @throws IllegalArgumentException if the name is reserved
	 */
	@CheckReturnValue
	default <T> Mono<List<T>> emitWithAck(Class<T> type, String event, @Nullable Object... args) {
		return emitWithAck(event, args).flatMapIterable((responses) -> responses)
			.concatMap((response) -> Mono.justOrEmpty(response.get(0, type)))
			.collectList();
	}

	/**
	 * Emit an event and wait for the first argument of the acknowledgement of each
	 * selected socket.
	 * @param <T> the type of the responses
	 * @param type the type of the responses
	 * @param event the name
	 * @param args the arguments, as for {@link #emit(String, Object...)}
	 * @return as {@link #emitWithAck(Class, String, Object...)}
	 * @throws IllegalArgumentException if the name is reserved
	 */
	@CheckReturnValue
	default <T> Mono<List<T>> emitWithAck(ParameterizedTypeReference<T> type, String event, @Nullable Object... args) {
		return emitWithAck(event, args).flatMapIterable((responses) -> responses)
			.concatMap((response) -> Mono.justOrEmpty(response.get(0, type)))
			.collectList();
	}

	/**
	 * Return the selected sockets of all nodes.
	 * @return the sockets; fails with a {@link java.util.concurrent.TimeoutException} if
	 * a node does not respond in time
	 */
	@CheckReturnValue
	Flux<RemoteSocket> fetchSockets();

	/**
	 * Count the selected sockets of all nodes, such as those of a room or of a namespace.
	 * Only numbers are exchanged with other nodes of this server, not the details of the
	 * sockets.
	 * @return cold; the number at the moment when each node responds. Fails with a
	 * {@link java.util.concurrent.TimeoutException} if a node does not respond in time
	 */
	@CheckReturnValue
	Mono<Integer> countSockets();

	/**
	 * Make the selected sockets of all nodes join rooms, at once on this node.
	 * @param rooms the names of the rooms
	 * @throws IllegalArgumentException if the name of a room is too long
	 */
	void socketsJoin(String... rooms);

	/**
	 * Make the selected sockets of all nodes join rooms, at once on this node.
	 * @param rooms the names of the rooms
	 * @throws IllegalArgumentException if the name of a room is too long
	 */
	default void socketsJoin(Collection<String> rooms) {
		socketsJoin(rooms.toArray(String[]::new));
	}

	/**
	 * Make the selected sockets of all nodes leave rooms, at once on this node.
	 * @param rooms the names of the rooms
	 */
	void socketsLeave(String... rooms);

	/**
	 * Make the selected sockets of all nodes leave rooms, at once on this node.
	 * @param rooms the names of the rooms
	 */
	default void socketsLeave(Collection<String> rooms) {
		socketsLeave(rooms.toArray(String[]::new));
	}

	/**
	 * Disconnect the selected sockets of all nodes from the namespace.
	 */
	default void disconnectSockets() {
		disconnectSockets(false);
	}

	/**
	 * Disconnect the selected sockets of all nodes.
	 * @param close whether to close their connections too, for all namespaces
	 */
	void disconnectSockets(boolean close);

}
