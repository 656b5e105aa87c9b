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

import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.lang.CheckReturnValue;

/**
 * Emits events to one socket.
 *
 * @since 0.1.0
 */
public interface SocketEmitter extends Emitter<SocketEmitter> {

	/**
	 * Emit an event and wait for its acknowledgement.
	 * @param event the name
	 * @param args the arguments, as for {@link #emit(String, Object...)}
	 * @return cold; emits the event when subscribed to and completes with the arguments
	 * of the acknowledgement. Fails with an {@link AckTimeoutException} after the time
	 * limit, and with a {@link SocketDisconnectedException} as soon as the socket is
	 * disconnected
	 * @throws IllegalArgumentException if the name is reserved
	 */
	@CheckReturnValue
	Mono<Arguments> emitWithAck(String event, @Nullable Object... args);

	/**
	 * Emit an event and wait for the first argument of its acknowledgement.
	 * @param <T> the type of the response
	 * @param type the type of the response
	 * @param event the name
	 * @param args the arguments, as for {@link #emit(String, Object...)}
	 * @return as {@link #emitWithAck(String, Object...)}; completes empty if the
	 * acknowledgement has no argument or {@code null}, and fails with an
	 * {@link io.github.springsocketio.socketio.packet.ArgumentConversionException} if it
	 * cannot be converted
	 * @throws IllegalArgumentException if the name is reserved
	 */
	@CheckReturnValue
	default <T> Mono<T> emitWithAck(Class<T> type, String event, @Nullable Object... args) {
		return emitWithAck(event, args).flatMap((response) -> Mono.justOrEmpty(response.get(0, type)));
	}

	/**
	 * Emit an event and wait for the first argument of its acknowledgement.
	 * @param <T> the type of the response
	 * @param type the type of the response
	 * @param event the name
	 * @param args the arguments, as for {@link #emit(String, Object...)}
	 * @return as {@link #emitWithAck(Class, String, Object...)}
	 * @throws IllegalArgumentException if the name is reserved
	 */
	@CheckReturnValue
	default <T> Mono<T> emitWithAck(ParameterizedTypeReference<T> type, String event, @Nullable Object... args) {
		return emitWithAck(event, args).flatMap((response) -> Mono.justOrEmpty(response.get(0, type)));
	}

}
