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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.PacketEncodingException;
import io.github.springsocketio.socketio.packet.ReservedEvents;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The socket of a client in a namespace, with the methods of the {@code Socket} of the
 * JavaScript client. Safe to use from any thread.
 *
 * <p>
 * Methods that wait throw a {@link ClientTimeoutException} with the conversation after
 * the time limit of the client, or after the one set with {@link #timeout(Duration)}.
 * Listeners must not call such methods.
 *
 * <p>
 * An event with a listener is delivered to the listener. At most 10000 other events are
 * stored until {@link #next(String)} returns them.
 *
 * @since 0.1.0
 */
public final class ClientSocket {

	private final SocketState state;

	private final Duration timeout;

	ClientSocket(SocketState state, Duration timeout) {
		this.state = state;
		this.timeout = timeout;
	}

	/**
	 * Return the client of the socket.
	 * @return the client
	 */
	public SocketIoClient io() {
		return this.state.client();
	}

	/**
	 * Return the namespace.
	 * @return such as {@code "/"}
	 */
	public String nsp() {
		return this.state.nsp();
	}

	/**
	 * Return the id of the socket.
	 * @return the id, or {@code null} if the socket is not connected
	 */
	public @Nullable String id() {
		return this.state.id();
	}

	/**
	 * Return the private id for connection state recovery.
	 * @return the id, or {@code null} if the server does not offer recovery
	 */
	public @Nullable String pid() {
		return this.state.pid();
	}

	/**
	 * Return whether the socket is connected to the namespace.
	 * @return whether it is connected
	 */
	public boolean connected() {
		return this.state.isConnected();
	}

	/**
	 * Return whether the server has recovered the state of an earlier connection.
	 * @return whether the last connection was a recovery
	 */
	public boolean recovered() {
		return this.state.isRecovered();
	}

	/**
	 * Return this socket with another time limit.
	 * @param timeout the time limit
	 * @return the same socket, whose methods wait for the given time
	 */
	public ClientSocket timeout(Duration timeout) {
		Assert.notNull(timeout, "'timeout' must not be null");
		return new ClientSocket(this.state, timeout);
	}

	/**
	 * Set the {@code auth} payload of the next connections.
	 * @param auth the payload
	 * @return this socket
	 */
	public ClientSocket auth(Map<String, ?> auth) {
		return auth(() -> auth);
	}

	/**
	 * Set a supplier of the {@code auth} payload of each connection.
	 * @param auth supplies the payload; must not block
	 * @return this socket
	 */
	public ClientSocket auth(Supplier<? extends Map<String, ?>> auth) {
		this.state.auth(auth);
		return this;
	}

	/**
	 * Connect to the namespace, and open the session if necessary.
	 * @return this socket
	 * @throws ConnectErrorException if the server refuses the connection
	 * @throws HandshakeException if the server refuses the handshake
	 * @throws SocketIoClientException if the connection is lost, after the time limit, or
	 * if the {@code auth} payload cannot be supplied or written
	 */
	public ClientSocket connect() {
		await(connectAsync(), "the connection to the namespace " + nsp());
		return this;
	}

	/**
	 * Connect to the namespace, and open the session if necessary.
	 * @return completes with this socket when it is connected, or with an exception as
	 * {@link #connect()} throws
	 */
	public CompletableFuture<ClientSocket> connectAsync() {
		return this.state.connect().thenApply((none) -> this);
	}

	/**
	 * Disconnect from the namespace. The session stays open.
	 * @return this socket
	 */
	public ClientSocket disconnect() {
		await(this.state.disconnect(), "the disconnection");
		return this;
	}

	/**
	 * Emit an event. Events are buffered until the socket is connected.
	 * @param event the name of the event
	 * @param args the arguments: any values that Jackson can write, with {@code byte[]}
	 * anywhere in them as binary data
	 * @return this socket
	 * @throws PacketEncodingException if an argument cannot be written
	 */
	public ClientSocket emit(String event, @Nullable Object... args) {
		ReservedEvents.checkOutgoing(event);
		this.state.emit(event, args);
		return this;
	}

	/**
	 * Emit an event and wait for its acknowledgement.
	 * @param event the name of the event
	 * @param args the arguments
	 * @return the arguments of the acknowledgement
	 * @throws PacketEncodingException if an argument cannot be written
	 * @throws SocketIoClientException if the connection is lost, or after the time limit
	 */
	public Arguments emitWithAck(String event, @Nullable Object... args) {
		return await(emitWithAckAsync(event, args), "the acknowledgement of \"" + event + "\"");
	}

	/**
	 * Emit an event and request an acknowledgement.
	 * @param event the name of the event
	 * @param args the arguments
	 * @return completes with the arguments of the acknowledgement, or with a
	 * {@link ConnectionLostException}; has no time limit
	 * @throws PacketEncodingException if an argument cannot be written
	 */
	public CompletableFuture<Arguments> emitWithAckAsync(String event, @Nullable Object... args) {
		ReservedEvents.checkOutgoing(event);
		return this.state.emitWithAck(event, args);
	}

	/**
	 * Add a listener. {@link SocketIoClient#close()} throws an exception if the listener
	 * throws one, such as a failed assertion.
	 * @param event the name of the event
	 * @param listener is called on an event loop with each event of that name, in the
	 * order of arrival; must not block
	 * @return this socket
	 */
	public ClientSocket on(String event, Consumer<ClientEvent> listener) {
		this.state.on(event, listener);
		return this;
	}

	/**
	 * Remove the listeners of an event.
	 * @param event the name of the event
	 * @return this socket
	 */
	public ClientSocket off(String event) {
		this.state.off(event);
		return this;
	}

	/**
	 * Add a listener for the end of each connection. {@link SocketIoClient#close()}
	 * throws an exception if the listener throws one.
	 * @param listener is called on an event loop with the reason, such as {@code "io
	 * server disconnect"} or {@code "transport close"}
	 * @return this socket
	 */
	public ClientSocket onDisconnect(Consumer<String> listener) {
		this.state.onDisconnect(listener);
		return this;
	}

	/**
	 * Wait for the next event of a name. Events of other names are not affected.
	 * @param event the name of the event
	 * @return the first event of that name that was not returned yet
	 * @throws ClientTimeoutException if there is none within the time limit
	 */
	public ClientEvent next(String event) {
		return await(this.state.next((candidate) -> candidate.name().equals(event)), "the event \"" + event + "\"");
	}

	/**
	 * Wait for the next event, whatever its name.
	 * @return the first event that was not returned yet
	 * @throws ClientTimeoutException if there is none within the time limit
	 */
	public ClientEvent next() {
		return await(this.state.next((candidate) -> true), "an event");
	}

	/**
	 * Wait for the next event, whatever its name.
	 * @return completes with the first event that was not returned yet; has no time
	 * limit; to stop waiting, cancel it
	 */
	public CompletableFuture<ClientEvent> nextAsync() {
		return this.state.next((candidate) -> true);
	}

	/**
	 * Wait for the next event of a name.
	 * @param event the name of the event
	 * @return completes with the first event of that name that was not returned yet; has
	 * no time limit; to stop waiting, cancel it
	 */
	public CompletableFuture<ClientEvent> nextAsync(String event) {
		return this.state.next((candidate) -> candidate.name().equals(event));
	}

	/**
	 * Return the events that were received and not returned yet.
	 * @return an immutable list, the oldest event first
	 */
	public List<ClientEvent> unread() {
		return await(this.state.unread(), "the events");
	}

	/**
	 * Wait for the end of the connection to the namespace.
	 * @return the reason, such as {@code "io server disconnect"}
	 * @throws ClientTimeoutException if the connection still exists after the time limit
	 */
	public String awaitDisconnect() {
		return await(this.state.disconnection(), "the end of the connection to the namespace " + nsp());
	}

	/**
	 * Return the time limit of the methods that wait.
	 * @return the time limit
	 */
	public Duration timeout() {
		return this.timeout;
	}

	/**
	 * Wait for the result of a method that returns a {@link CompletableFuture}, for the
	 * time limit of this socket.
	 * @param <T> the type of the result
	 * @param future the result; it is cancelled after the time limit
	 * @param what the description of the result, the end of a sentence such as "The
	 * client has waited for 5000 ms for …"
	 * @return the result
	 * @throws ClientTimeoutException if there is no result within the time limit
	 * @throws SocketIoClientException if the future completes with an exception or was
	 * cancelled, or the thread is interrupted
	 */
	public <T> T await(CompletableFuture<T> future, String what) {
		return this.state.eventLoop().await(future, this.timeout, what);
	}

	@Override
	public String toString() {
		return "ClientSocket[nsp=" + nsp() + ", id=" + id() + "]";
	}

}
