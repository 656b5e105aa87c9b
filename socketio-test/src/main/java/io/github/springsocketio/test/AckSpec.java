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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.test.client.ClientTimeoutException;
import io.github.springsocketio.test.client.SocketIoClientException;

import org.springframework.core.ParameterizedTypeReference;

/**
 * The acknowledgement of an event that was emitted.
 *
 * @since 0.1.0
 */
public final class AckSpec {

	private final SocketTester tester;

	private final String event;

	private final CompletableFuture<Arguments> ack;

	AckSpec(SocketTester tester, String event, CompletableFuture<Arguments> ack) {
		this.tester = tester;
		this.event = event;
		this.ack = ack;
	}

	/**
	 * Expect the acknowledgement.
	 * @return its arguments
	 * @throws AssertionError if there is none within the time limit
	 */
	public ArgumentsSpec expectAck() {
		return new ArgumentsSpec(this.tester, subject(), await());
	}

	private String subject() {
		return "acknowledgement of \"" + this.event + "\"";
	}

	private Arguments await() {
		ClientSocket socket = this.tester.socket();
		try {
			return await(socket);
		}
		catch (ClientTimeoutException ex) {
			throw this.tester.failure("Expected the " + subject() + " within " + socket.timeout().toMillis()
					+ " ms, but there is none" + (socket.connected() ? "" : ", and the socket is not connected"));
		}
		catch (SocketIoClientException ex) {
			throw SocketTester.failure("Expected the " + subject(), ex);
		}
	}

	private Arguments await(ClientSocket socket) {
		// a copy, because a timeout cancels it
		return socket.await(this.ack.copy(), "the " + subject());
	}

	/**
	 * Expect the acknowledgement, whose first argument is of a type.
	 * @param <T> the type
	 * @param type the type
	 * @return the first argument
	 * @throws AssertionError if there is none within the time limit, or its first
	 * argument cannot be converted
	 */
	public <T> ValueSpec<T> expectAck(Class<T> type) {
		return expectAck().argument(0, type);
	}

	/**
	 * Expect the acknowledgement, whose first argument is of a generic type.
	 * @param <T> the type
	 * @param type the type
	 * @return the first argument
	 * @throws AssertionError if there is none within the time limit, or its first
	 * argument cannot be converted
	 */
	public <T> ValueSpec<T> expectAck(ParameterizedTypeReference<T> type) {
		return expectAck().argument(0, type);
	}

	/**
	 * Expect an acknowledgement without arguments.
	 * @return the tester of the socket
	 * @throws AssertionError if there is none within the time limit, or it has arguments
	 */
	public SocketTester expectEmptyAck() {
		return expectAck().isEqualTo().and();
	}

	/**
	 * Expect the acknowledgement of an event that has failed,
	 * {@code {"error":{"code":"…","message":"…"}}}.
	 * @param code the code of the error, such as {@code validation}
	 * @return the error
	 * @throws AssertionError if there is no acknowledgement within the time limit, or it
	 * is not an error with this code
	 */
	public AckErrorSpec expectError(String code) {
		return AckErrorSpec.of(this.tester, subject(), await().toList()).expectCode(code);
	}

	/**
	 * Expect that the server does not acknowledge the event.
	 * @param within the time to wait
	 * @return the tester of the socket
	 * @throws AssertionError if there is an acknowledgement, or there can be none because
	 * the connection has ended
	 */
	public SocketTester expectNoAck(Duration within) {
		return this.tester.expectNone("no " + subject(), within, (socket) -> await(socket).toList());
	}

}
