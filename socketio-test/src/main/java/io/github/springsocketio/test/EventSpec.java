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

package io.github.springsocketio.test;

import java.util.function.Consumer;

import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.test.client.ClientEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

/**
 * An event that was received.
 *
 * @since 0.1.0
 */
public final class EventSpec {

	private final ClientEvent event;

	private final ArgumentsSpec arguments;

	EventSpec(SocketTester tester, ClientEvent event) {
		this.event = event;
		this.arguments = new ArgumentsSpec(tester, "event \"" + event.name() + "\"", event.arguments());
	}

	/**
	 * Expect all arguments to equal values, as a client in JavaScript would see them: a
	 * record equals an object with its fields, and 1 equals 1.0. The offset that
	 * connection state recovery adds may be omitted.
	 * @param expected the arguments
	 * @return this object
	 * @throws AssertionError if the arguments are different
	 */
	public EventSpec isEqualTo(@Nullable Object... expected) {
		this.arguments.expectEqual(this.event.offset() != null, expected);
		return this;
	}

	/**
	 * Return an argument converted to a type.
	 * @param <T> the type
	 * @param index the position, from 0
	 * @param type the type
	 * @return the argument
	 * @throws AssertionError if the argument cannot be converted
	 */
	public <T> ValueSpec<T> argument(int index, Class<T> type) {
		return this.arguments.argument(index, type);
	}

	/**
	 * Return an argument converted to a generic type.
	 * @param <T> the type
	 * @param index the position, from 0
	 * @param type the type
	 * @return the argument
	 * @throws AssertionError if the argument cannot be converted
	 */
	public <T> ValueSpec<T> argument(int index, ParameterizedTypeReference<T> type) {
		return this.arguments.argument(index, type);
	}

	/**
	 * Verify the arguments with other assertions.
	 * @param requirements called with the arguments
	 * @return this object
	 * @throws AssertionError if the requirements throw one; its message is extended with
	 * the conversation
	 */
	public EventSpec satisfies(Consumer<Arguments> requirements) {
		this.arguments.satisfies(requirements);
		return this;
	}

	/**
	 * Acknowledge the event.
	 * @param args the arguments of the acknowledgement
	 * @return the tester of the socket
	 * @throws AssertionError if the server has not requested an acknowledgement
	 */
	public SocketTester ack(@Nullable Object... args) {
		if (!this.event.isAckRequested()) {
			throw this.arguments.failure("to request an acknowledgement, but it does not");
		}
		this.event.ack(args);
		return and();
	}

	/**
	 * Return the event.
	 * @return the event
	 */
	public ClientEvent event() {
		return this.event;
	}

	/**
	 * Return the arguments.
	 * @return the arguments
	 */
	public Arguments arguments() {
		return this.arguments.arguments();
	}

	/**
	 * Return to the socket.
	 * @return the tester of the socket
	 */
	public SocketTester and() {
		return this.arguments.and();
	}

}
