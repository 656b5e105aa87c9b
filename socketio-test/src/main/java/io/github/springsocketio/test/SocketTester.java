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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.github.springsocketio.test.client.ClientEvent;
import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.test.client.ClientTimeoutException;
import io.github.springsocketio.test.client.HandshakeResponse;
import io.github.springsocketio.test.client.SocketIoClientException;
import org.jspecify.annotations.Nullable;

/**
 * A client that is connected to a namespace. It emits events, and verifies the events and
 * responses of the server.
 *
 * <p>
 * Expectations consume events: {@link #expectEvent(String)} consumes the first event of
 * its name, regardless of other events that were received before it.
 * {@link #expectEvents} is strict: it consumes the next events in order.
 *
 * @since 0.1.0
 */
public final class SocketTester {

	private final ClientSocket socket;

	SocketTester(ClientSocket socket) {
		this.socket = socket;
	}

	/**
	 * Return the socket, for operations that this tester does not offer.
	 * @return the socket; its client is {@link ClientSocket#io()}
	 */
	public ClientSocket socket() {
		return this.socket;
	}

	/**
	 * Return this tester with another time limit.
	 * @param timeout the time limit
	 * @return a tester of the same socket
	 */
	public SocketTester timeout(Duration timeout) {
		return new SocketTester(this.socket.timeout(timeout));
	}

	/**
	 * Connect the same client to another namespace.
	 * @param nsp the namespace
	 * @return the tester of the other socket
	 * @throws AssertionError if the connection is refused or not established within the
	 * time limit
	 */
	public SocketTester connect(String nsp) {
		try {
			return new SocketTester(this.socket.io().connect(nsp));
		}
		catch (SocketIoClientException ex) {
			throw new AssertionError(ex.getMessage(), ex);
		}
	}

	/**
	 * Emit an event.
	 * @param event the name of the event
	 * @param args the arguments
	 * @return this tester
	 */
	public SocketTester emit(String event, @Nullable Object... args) {
		this.socket.emit(event, args);
		return this;
	}

	/**
	 * Emit an event and request an acknowledgement.
	 * @param event the name of the event
	 * @param args the arguments
	 * @return the pending acknowledgement
	 */
	public AckSpec emitWithAck(String event, @Nullable Object... args) {
		return new AckSpec(this, event, this.socket.emitWithAckAsync(event, args));
	}

	/**
	 * Expect an event. Events of other names are not affected.
	 * @param event the name of the event
	 * @return the event
	 * @throws AssertionError if there is no such event within the time limit
	 */
	public EventSpec expectEvent(String event) {
		try {
			return new EventSpec(this, this.socket.next(event));
		}
		catch (ClientTimeoutException ex) {
			throw failure("Expected the event \"" + event + "\" within " + this.socket.timeout().toMillis()
					+ " ms, but there is none. " + unread());
		}
		catch (SocketIoClientException ex) {
			throw failure("Expected the event \"" + event + "\"", ex);
		}
	}

	/**
	 * Expect an event whose first argument is of a type.
	 * @param <T> the type
	 * @param event the name of the event
	 * @param type the type
	 * @return the first argument
	 * @throws AssertionError if there is no such event within the time limit, or its
	 * first argument cannot be converted
	 */
	public <T> ValueSpec<T> expectEvent(String event, Class<T> type) {
		return expectEvent(event).argument(0, type);
	}

	/**
	 * Expect that the next events are the given ones, in this order and without other
	 * events between them.
	 * @param events the names of the events
	 * @return this tester
	 * @throws AssertionError if another event is received, or one is missing after the
	 * time limit
	 */
	public SocketTester expectEvents(String... events) {
		List<String> received = new ArrayList<>();
		for (String expected : events) {
			ClientEvent event;
			try {
				event = this.socket.next();
			}
			catch (ClientTimeoutException ex) {
				throw failure("Expected the events " + List.of(events) + " in this order, but after " + received
						+ " there is no other within " + this.socket.timeout().toMillis() + " ms");
			}
			received.add(event.name());
			if (!event.name().equals(expected)) {
				throw failure("Expected the events " + List.of(events) + " in this order, but received " + received
						+ ": event " + received.size() + " is " + event + " instead of \"" + expected + "\"");
			}
		}
		return this;
	}

	/**
	 * Expect that no event is received, and that none is unread.
	 * @param within the time to wait
	 * @return this tester
	 * @throws AssertionError if there is an event, or the thread is interrupted
	 */
	public SocketTester expectNoEvent(Duration within) {
		return expectNone("no event", within, ClientSocket::next);
	}

	/**
	 * Expect that no event of a name is received, and that none is unread.
	 * @param event the name of the event
	 * @param within the time to wait
	 * @return this tester
	 * @throws AssertionError if there is such an event, or the thread is interrupted
	 */
	public SocketTester expectNoEvent(String event, Duration within) {
		return expectNone("no event \"" + event + "\"", within, (socket) -> socket.next(event));
	}

	/**
	 * Expect that something is not received.
	 * @param what the description of the expectation, such as {@code "no event"}
	 * @param within the time to wait
	 * @param wait waits with the time limit of the given socket
	 */
	SocketTester expectNone(String what, Duration within, Function<ClientSocket, ?> wait) {
		Object received;
		try {
			received = wait.apply(this.socket.timeout(within));
		}
		catch (ClientTimeoutException ex) {
			return this;
		}
		catch (SocketIoClientException ex) {
			throw failure("Expected " + what + " within " + within.toMillis() + " ms", ex);
		}
		throw failure("Expected " + what + " within " + within.toMillis() + " ms, but received " + received);
	}

	/**
	 * Expect that the connection to the namespace ends.
	 * @param reason the reason, such as {@code "io server disconnect"}
	 * @return this tester
	 * @throws AssertionError if it does not end within the time limit, or for another
	 * reason
	 */
	public SocketTester expectDisconnect(String reason) {
		String actual;
		try {
			actual = this.socket.awaitDisconnect();
		}
		catch (ClientTimeoutException ex) {
			throw failure("Expected the end of the connection within " + this.socket.timeout().toMillis()
					+ " ms, but the socket is still connected");
		}
		if (!actual.equals(reason)) {
			throw failure("Expected the end of the connection with the reason \"" + reason + "\", but it is \"" + actual
					+ "\"");
		}
		return this;
	}

	/**
	 * Expect that the last connection was a recovery.
	 * @return this tester
	 * @throws AssertionError if the socket is a new one
	 */
	public SocketTester expectRecovered() {
		if (!this.socket.recovered()) {
			throw failure("Expected that the server has recovered the socket, but the socket " + this.socket.id()
					+ " is a new one");
		}
		return this;
	}

	/**
	 * Expect that the last connection was not a recovery.
	 * @return this tester
	 * @throws AssertionError if the server has recovered the socket
	 */
	public SocketTester expectNotRecovered() {
		if (this.socket.recovered()) {
			throw failure("Expected a new socket, but the server has recovered the socket " + this.socket.id());
		}
		return this;
	}

	/**
	 * Return the response to the handshake of the session.
	 * @return the response
	 */
	public HandshakeSpec handshake() {
		HandshakeResponse response = this.socket.io().handshake();
		if (response == null) {
			throw failure("There was no handshake");
		}
		return new HandshakeSpec(response, this.socket.io().conversation());
	}

	/**
	 * Expect that the session is upgraded to a WebSocket. Starts the upgrade if it has
	 * not started.
	 * @return the response to the upgrade request, with the status 101
	 * @throws AssertionError if the upgrade fails or is not complete within the time
	 * limit
	 */
	public HandshakeSpec expectUpgrade() {
		try {
			HandshakeResponse response = this.socket.await(this.socket.io().upgradeAsync(),
					"the upgrade to a WebSocket");
			return new HandshakeSpec(response, this.socket.io().conversation());
		}
		catch (SocketIoClientException ex) {
			throw failure("Expected an upgrade to a WebSocket", ex);
		}
	}

	/**
	 * Reconnect the client with a new session, its cookies and the state for recovery.
	 * The previous connections are closed first, without a close packet, unless they were
	 * cut with {@link #cut()}.
	 * @return this tester
	 * @throws AssertionError if the connection is refused or not established within the
	 * time limit
	 */
	public SocketTester reconnect() {
		try {
			this.socket.io().reconnect();
		}
		catch (SocketIoClientException ex) {
			throw new AssertionError(ex.getMessage(), ex);
		}
		return this;
	}

	/**
	 * Cut the connections like a failure of a proxy or of the network: they remain
	 * half-open, and the server is not notified.
	 * @return this tester
	 */
	public SocketTester cut() {
		this.socket.io().cut();
		return this;
	}

	/**
	 * Close the connections without a close packet of Engine.IO, like a crashed client.
	 * @return this tester
	 */
	public SocketTester drop() {
		this.socket.io().drop();
		return this;
	}

	/**
	 * Disconnect from the namespace.
	 * @return this tester
	 */
	public SocketTester disconnect() {
		this.socket.disconnect();
		return this;
	}

	/**
	 * Close the client.
	 * @throws AssertionError if a listener of the client has thrown an exception or error
	 */
	public void close() {
		try {
			this.socket.io().close();
		}
		catch (SocketIoClientException ex) {
			throw new AssertionError(ex.getMessage(), ex);
		}
	}

	private String unread() {
		List<ClientEvent> events = this.socket.unread();
		return events.isEmpty() ? "No other event is unread" : "Unread events: " + events;
	}

	AssertionError failure(String message) {
		return new AssertionError(message + "\n" + this.socket.io().conversation());
	}

	/**
	 * Create an error for an expectation that cannot be met.
	 * @param expectation a sentence without its full stop
	 * @param cause the cause, whose message contains the reason and the conversation
	 */
	static AssertionError failure(String expectation, SocketIoClientException cause) {
		return new AssertionError(expectation + ". " + cause.getMessage(), cause);
	}

	@Override
	public String toString() {
		return this.socket.toString();
	}

}
