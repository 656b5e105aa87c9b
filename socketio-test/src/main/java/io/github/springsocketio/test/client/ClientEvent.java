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

package io.github.springsocketio.test.client;

import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.PacketEncodingException;
import org.jspecify.annotations.Nullable;

/**
 * An event that a client has received. Safe to use from any thread.
 *
 * @since 0.1.0
 */
public final class ClientEvent {

	private final SocketState socket;

	private final String name;

	private final Arguments arguments;

	private final long id;

	private final @Nullable String offset;

	ClientEvent(SocketState socket, String name, Arguments arguments, long id, @Nullable String offset) {
		this.socket = socket;
		this.name = name;
		this.arguments = arguments;
		this.id = id;
		this.offset = offset;
	}

	/**
	 * Return the name of the event.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return the arguments. With connection state recovery the last one is the offset.
	 * @return the arguments
	 */
	public Arguments arguments() {
		return this.arguments;
	}

	/**
	 * Return the offset for connection state recovery, which the server adds to events as
	 * their last argument.
	 * @return the last argument if it may be an offset: the server offers recovery, the
	 * event requests no acknowledgement, and the argument is a string; otherwise
	 * {@code null}
	 */
	public @Nullable String offset() {
		return this.offset;
	}

	/**
	 * Return an argument as a plain value.
	 * @param index the position, from 0
	 * @return the value, or {@code null} if it is {@code null} or missing
	 */
	public @Nullable Object get(int index) {
		return this.arguments.get(index);
	}

	/**
	 * Return an argument converted to a type.
	 * @param <T> the type
	 * @param index the position, from 0
	 * @param type the type
	 * @return the value, or {@code null} if it is {@code null} or missing
	 */
	public <T> @Nullable T get(int index, Class<T> type) {
		return this.arguments.get(index, type);
	}

	/**
	 * Return whether the server has requested an acknowledgement.
	 * @return whether {@link #ack} sends anything
	 */
	public boolean isAckRequested() {
		return this.id >= 0;
	}

	/**
	 * Acknowledge the event. Nothing is sent if the server has not requested it.
	 * @param args the arguments of the acknowledgement
	 * @throws PacketEncodingException if an argument cannot be written
	 */
	public void ack(@Nullable Object... args) {
		if (isAckRequested()) {
			this.socket.ack(this.id, args);
		}
	}

	@Override
	public String toString() {
		return this.name + this.arguments.toList();
	}

}
