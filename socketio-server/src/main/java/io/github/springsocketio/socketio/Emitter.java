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

import org.jspecify.annotations.Nullable;

import org.springframework.lang.CheckReturnValue;

/**
 * Emits events to one socket or to many. Safe to use from any thread; nothing here
 * blocks.
 *
 * @param <E> the type of the emitter
 * @since 0.1.0
 */
public interface Emitter<E extends Emitter<E>> {

	/**
	 * Return an emitter whose messages are dropped for a client to which they cannot be
	 * written at once. This is the {@code volatile} flag of the JavaScript API, which is
	 * a keyword of Java.
	 * @return a new emitter
	 */
	@CheckReturnValue
	E asVolatile();

	/**
	 * Return an emitter whose messages may or must not be compressed.
	 * @param compress whether messages may be compressed
	 * @return a new emitter
	 */
	@CheckReturnValue
	E compress(boolean compress);

	/**
	 * Return an emitter with a time limit for acknowledgements.
	 * @param timeout the time limit; {@code socketio.ack-timeout} by default
	 * @return a new emitter
	 */
	@CheckReturnValue
	E timeout(Duration timeout);

	/**
	 * Emit an event. The event is sent at once; it is dropped for clients that are not
	 * connected.
	 * @param event the name
	 * @param args the arguments: {@code null} and any values that Jackson can write.
	 * {@code byte[]}, {@code ByteBuffer} and {@code DataBuffer} anywhere in them become
	 * attachments. An {@link Event} or other
	 * {@link io.github.springsocketio.socketio.packet.Arguments Arguments} stands for all
	 * of its arguments, which are not decoded. A typed array such as {@code String[]} is
	 * one argument, and so is a {@code null} array
	 * @throws IllegalArgumentException if the name is reserved or an argument cannot be
	 * written
	 */
	void emit(String event, @Nullable Object... args);

	/**
	 * Emit a {@code message} event.
	 * @param args the arguments, as for {@link #emit(String, Object...)}
	 * @throws IllegalArgumentException if an argument cannot be written
	 */
	default void send(@Nullable Object... args) {
		emit("message", args);
	}

}
