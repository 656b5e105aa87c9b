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

import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.lang.CheckReturnValue;

/**
 * Emits to one socket with flags (SIO-55). Each operator returns a new object.
 *
 * @since 0.1.0
 */
public interface SocketEmitter {

	/**
	 * Drop messages that could not be written at once.
	 * @return a new emitter
	 */
	@CheckReturnValue
	SocketEmitter asVolatile();

	/**
	 * Allow or forbid compression.
	 * @param compress whether messages may be compressed
	 * @return a new emitter
	 */
	@CheckReturnValue
	SocketEmitter compress(boolean compress);

	/**
	 * Set how long to wait for an acknowledgement.
	 * @param timeout the time limit
	 * @return a new emitter
	 */
	@CheckReturnValue
	SocketEmitter timeout(Duration timeout);

	/**
	 * Emit an event. Happens at once.
	 * @param event the name
	 * @param args the arguments
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
	 * Emit an event and wait for its acknowledgement.
	 * @param event the name
	 * @param args the arguments
	 * @return cold; emits the event when subscribed to and completes with the arguments
	 * of the acknowledgement; fails with an {@link AckTimeoutException}
	 */
	@CheckReturnValue
	Mono<Arguments> emitWithAck(String event, @Nullable Object... args);

}
