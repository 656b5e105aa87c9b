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

import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.OpenPacket;
import io.github.springsocketio.socketio.packet.Decoded;
import io.github.springsocketio.socketio.packet.Packet;
import io.github.springsocketio.socketio.packet.PacketDecoder;
import io.github.springsocketio.socketio.packet.PacketType;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A Socket.IO client for tests. Like the {@code Manager} of the JavaScript client, it has
 * one session at a time and a socket for each namespace. Safe to use from any thread.
 *
 * <p>
 * Unlike the JavaScript client, it does not reconnect automatically after a lost
 * connection (use {@link #reconnect()}), and it does not close a session if the server
 * sends no heartbeat. Every method that waits has a time limit, and the message of every
 * exception ends with the {@link #conversation()}.
 *
 * <pre class="code">
 * try (SocketIoClient client = SocketIoClient.create("http://localhost:8080")) {
 *     ClientSocket chat = client.socket("/chat").connect();
 *     chat.emitWithAck("join", "lobby");
 *     chat.next("message");
 * }
 * </pre>
 *
 * @since 0.1.0
 */
public final class SocketIoClient implements AutoCloseable {

	private static final int MAX_RESPONSES = 200;

	private final ClientOptions options;

	private final Conversation conversation;

	private final ClientEventLoop eventLoop;

	private final Map<String, SocketState> sockets = new LinkedHashMap<>();

	private final Deque<EngineConnection> abandoned = new ArrayDeque<>();

	private final List<HandshakeResponse> responses = new CopyOnWriteArrayList<>();

	private final AtomicReference<@Nullable HandshakeResponse> handshake = new AtomicReference<>();

	private final AtomicReference<@Nullable Throwable> listenerFailure = new AtomicReference<>();

	private @Nullable EngineConnection engine;

	/**
	 * The connection to the main namespace, which servers of protocol 3 establish without
	 * a request.
	 */
	private @Nullable Packet protocol3Connection;

	private CompletableFuture<Void> opening = new CompletableFuture<>();

	private volatile @Nullable OpenPacket open;

	SocketIoClient(ClientOptions options) {
		this.options = options;
		this.conversation = new Conversation(options.name(), options.conversation());
		this.eventLoop = new ClientEventLoop(this.conversation);
	}

	/**
	 * Create a client with the default settings.
	 * @param url the address of the server, such as {@code http://localhost:8080}
	 * @return the client, which is not connected yet
	 */
	public static SocketIoClient create(String url) {
		return builder(url).build();
	}

	/**
	 * Create a builder.
	 * @param url the address of the server, such as {@code http://localhost:8080}
	 * @return the builder
	 */
	public static SocketIoClientBuilder builder(String url) {
		return new SocketIoClientBuilder(URI.create(url));
	}

	/**
	 * Return the socket of the main namespace.
	 * @return the socket, which may not be connected
	 */
	public ClientSocket socket() {
		return socket("/");
	}

	/**
	 * Return the socket of a namespace, always the same one.
	 * @param nsp the namespace
	 * @return the socket, which may not be connected
	 */
	public ClientSocket socket(String nsp) {
		Assert.hasText(nsp, "'nsp' must not be empty");
		String name = nsp.startsWith("/") ? nsp : "/" + nsp;
		CompletableFuture<SocketState> state = this.eventLoop
			.call(() -> this.sockets.computeIfAbsent(name, (key) -> new SocketState(this, this.eventLoop, key,
					this.options.parser().encoder(), this.options.auth())));
		return new ClientSocket(await(state, "the socket"), this.options.timeout());
	}

	/**
	 * Connect to the main namespace.
	 * @return the connected socket
	 * @throws SocketIoClientException as {@link ClientSocket#connect()} does
	 */
	public ClientSocket connect() {
		return socket().connect();
	}

	/**
	 * Connect to a namespace.
	 * @param nsp the namespace
	 * @return the connected socket
	 * @throws SocketIoClientException as {@link ClientSocket#connect()} does
	 */
	public ClientSocket connect(String nsp) {
		return socket(nsp).connect();
	}

	/**
	 * Open the session without connecting to a namespace.
	 * @return this client
	 * @throws HandshakeException if the server refuses the handshake
	 * @throws SocketIoClientException if the connection is lost, or after the time limit
	 */
	public SocketIoClient open() {
		await(this.eventLoop.compose(this::start), "the response to the handshake");
		return this;
	}

	/**
	 * Reconnect with a new session: the sockets that were connected send CONNECT with the
	 * state for recovery. An existing session is dropped first, like on a network
	 * failure.
	 * @return this client, whose sockets are connected
	 * @throws SocketIoClientException as {@link ClientSocket#connect()} does
	 */
	public SocketIoClient reconnect() {
		await(reconnectAsync(), "the new connection");
		return this;
	}

	/**
	 * Reconnect with a new session.
	 * @return completes when the sockets that were connected are reconnected, or with an
	 * exception as {@link #reconnect()} throws
	 */
	public CompletableFuture<Void> reconnectAsync() {
		return this.eventLoop.compose(() -> {
			leave();
			List<CompletableFuture<Void>> connections = new ArrayList<>();
			for (SocketState socket : activeSockets()) {
				socket.reconnecting();
				connections.add(socket.connection());
			}
			connections.add(start());
			return CompletableFuture.allOf(connections.toArray(CompletableFuture[]::new));
		});
	}

	/**
	 * Return the active sockets. The list is a copy, because listeners may create
	 * sockets.
	 */
	private List<SocketState> activeSockets() {
		return this.sockets.values().stream().filter(SocketState::isActive).toList();
	}

	private void leave() {
		EngineConnection current = this.engine;
		if (current == null) {
			return;
		}
		this.engine = null;
		if (current.gate().isCut()) {
			this.abandoned.add(current);
			current.abandon("transport close");
		}
		else {
			current.drop("transport close");
		}
	}

	/**
	 * Open a session if there is none. Called on the event loop of the client.
	 */
	private CompletableFuture<Void> start() {
		EngineConnection current = this.engine;
		if (current == null || current.isClosed()) {
			this.opening = new CompletableFuture<>();
			this.handshake.set(null);
			this.protocol3Connection = null;
			Session session = new Session();
			EngineConnection created = new EngineConnection(this.options, this.eventLoop, session, this::record);
			session.engine = created;
			this.engine = created;
			created.open();
		}
		return this.opening;
	}

	private void record(HandshakeResponse response) {
		this.handshake.compareAndSet(null, response);
		this.responses.add(response);
		if (this.responses.size() > Math.min(MAX_RESPONSES, this.options.conversation())) {
			this.responses.remove(0);
		}
	}

	/**
	 * Connect a socket. Called on the event loop of the client.
	 */
	void join(SocketState socket) {
		EngineConnection current = this.engine;
		if (current != null && current.isOpen()) {
			join(socket, this.options.isProtocol3());
		}
		else {
			start();
		}
	}

	private void join(SocketState socket, boolean protocol3) {
		Packet made = this.protocol3Connection;
		if (made != null && socket.nsp().equals("/")) {
			socket.received(made);
		}
		else {
			socket.join(protocol3);
		}
	}

	void send(EncodedMessage message) {
		EngineConnection current = this.engine;
		if (current != null) {
			current.send(message);
		}
	}

	/**
	 * Return the id of a socket of protocol 3, which the server does not send.
	 */
	@Nullable String protocol3Id(String nsp) {
		String sid = sid();
		return (sid != null && !nsp.equals("/")) ? nsp + "#" + sid : sid;
	}

	/**
	 * Upgrade the session to a WebSocket, if the upgrade has not started yet, and wait
	 * until it is complete. After a failed upgrade, the session continues to poll, and
	 * can be upgraded again.
	 * @return this client
	 * @throws SocketIoClientException if the upgrade fails, or after the time limit
	 */
	public SocketIoClient upgrade() {
		await(upgradeAsync(), "the upgrade to a WebSocket");
		return this;
	}

	/**
	 * Upgrade the session to a WebSocket, if the upgrade has not started yet.
	 * @return completes with the response to the upgrade request, even if the session
	 * started with a WebSocket, or with a {@link ConnectionLostException}; has no time
	 * limit
	 */
	public CompletableFuture<HandshakeResponse> upgradeAsync() {
		return this.eventLoop.compose(() -> {
			EngineConnection current = this.engine;
			return (current != null) ? current.upgrade() : CompletableFuture
				.failedFuture(new ConnectionLostException("no session", this.conversation, null));
		});
	}

	/**
	 * Stop reading from the connections, until {@link #resumeReading()}. The server can
	 * send until the network buffers are full. Data that was read before is processed
	 * when this method returns, unless it is called by a listener.
	 * @return this client
	 */
	public SocketIoClient pauseReading() {
		return control("reading is paused", ConnectionGate::pauseReading);
	}

	/**
	 * Resume reading from the connections.
	 * @return this client
	 */
	public SocketIoClient resumeReading() {
		return control("reading is resumed", ConnectionGate::resumeReading);
	}

	/**
	 * Cut the connections like a failure of a proxy or of the network: they remain
	 * half-open, nothing is read or written, and the server is not notified. The sockets
	 * appear to be connected until {@link #reconnect()}. The connections are closed with
	 * the client. Data that was read before is processed when this method returns, unless
	 * it is called by a listener.
	 * @return this client
	 */
	public SocketIoClient cut() {
		return control("the connections are cut", ConnectionGate::cut);
	}

	/**
	 * Close the connections without a close packet of Engine.IO, like a crashed client.
	 * The sockets are disconnected with the reason {@code "transport close"}.
	 * @return this client
	 */
	public SocketIoClient drop() {
		this.conversation.note("the connections are dropped");
		await(this.eventLoop.perform(() -> {
			EngineConnection current = this.engine;
			if (current != null) {
				current.drop("transport close");
			}
		}), "the end of the connections");
		return this;
	}

	/**
	 * Apply an action to the connections, and wait for its effect. A listener does not
	 * wait, because the action is executed on its event loop.
	 */
	private SocketIoClient control(String remark, Consumer<ConnectionGate> action) {
		this.conversation.note(remark);
		CompletableFuture<Void> done = this.eventLoop.<Void>compose(() -> {
			EngineConnection current = this.engine;
			if (current == null) {
				return CompletableFuture.completedFuture(null);
			}
			action.accept(current.gate());
			return current.gate().settled();
		}).thenCompose((none) -> this.eventLoop.perform(() -> {
		}));
		if (!this.eventLoop.inEventLoop()) {
			await(done, "the effect: " + remark);
		}
		return this;
	}

	/**
	 * Return whether the client is connected and reads from its connections.
	 * @return {@code false} before the response to the handshake, after the end of the
	 * session, and while reading is paused or the connections are cut
	 */
	public boolean isReading() {
		return await(this.eventLoop.call(() -> {
			EngineConnection current = this.engine;
			return current != null && current.isOpen() && current.gate().isReading();
		}), "the state of the client");
	}

	/**
	 * Return the id of the session.
	 * @return the id, or {@code null} if no session is open
	 */
	public @Nullable String sid() {
		OpenPacket packet = this.open;
		return (packet != null) ? packet.sid() : null;
	}

	/**
	 * Return the transport of the session, or of the last one.
	 * @return the transport, or the transport of the first request if there was no
	 * session yet
	 */
	public Transport transport() {
		return await(this.eventLoop.call(() -> {
			EngineConnection current = this.engine;
			return (current != null) ? current.transport() : this.options.firstTransport();
		}), "the transport");
	}

	/**
	 * Return the response to the handshake of the current session, or of the last one.
	 * @return the response, or {@code null} if there was none yet
	 */
	public @Nullable HandshakeResponse handshake() {
		return this.handshake.get();
	}

	/**
	 * Return the responses to the requests of this client.
	 * @return the last 200 responses, or at most the maximum number of lines of the
	 * conversation, the oldest first
	 */
	public List<HandshakeResponse> responses() {
		return List.copyOf(this.responses);
	}

	/**
	 * Return the cookies of the client, which are retained across reconnections.
	 * @return the store
	 */
	public CookieStore cookies() {
		return this.options.cookies();
	}

	/**
	 * Return the address of the server.
	 * @return the address
	 */
	public URI url() {
		return this.options.url();
	}

	/**
	 * Return the log of the packets and requests of the client.
	 * @return the conversation
	 */
	public Conversation conversation() {
		return this.conversation;
	}

	/**
	 * Close the session as the JavaScript client does, and all connections. The sockets
	 * are disconnected with the reason {@code "io client disconnect"}. The client can
	 * connect again.
	 * @throws SocketIoClientException if a listener has thrown an exception or an
	 * {@link AssertionError} since the client was created or last closed; the first one
	 * is the cause
	 */
	@Override
	public void close() {
		await(this.eventLoop.perform(() -> {
			List.copyOf(this.sockets.values()).forEach(SocketState::disconnect);
			EngineConnection current = this.engine;
			if (current != null) {
				current.close();
			}
			while (!this.abandoned.isEmpty()) {
				this.abandoned.remove().close();
			}
		}), "the end of the session");
		Throwable failure = this.listenerFailure.getAndSet(null);
		if (failure != null) {
			throw new SocketIoClientException("A listener has failed: " + failure, this.conversation, failure);
		}
	}

	/**
	 * Record an exception of a listener, so that the test fails.
	 */
	void listenerFailed(Throwable failure) {
		this.conversation.note("a listener has failed: " + failure);
		this.listenerFailure.compareAndSet(null, failure);
	}

	private <T> T await(CompletableFuture<T> future, String what) {
		return this.eventLoop.await(future, this.options.timeout(), what);
	}

	@Override
	public String toString() {
		return "SocketIoClient[" + this.options.name() + ", sid=" + sid() + "]";
	}

	/**
	 * The listener of a session.
	 */
	private final class Session implements EngineConnection.Listener {

		private final PacketDecoder decoder = SocketIoClient.this.options.parser().newDecoder();

		private @Nullable EngineConnection engine;

		@Override
		public void opened() {
			if (this.engine != null) {
				SocketIoClient.this.open = this.engine.openPacket();
			}
			SocketIoClient.this.opening.complete(null);
			for (SocketState socket : activeSockets()) {
				socket.join(SocketIoClient.this.options.isProtocol3());
			}
		}

		@Override
		public void failed(SocketIoClientException error) {
			SocketIoClient.this.opening.completeExceptionally(error);
			activeSockets().forEach((socket) -> socket.failed(error));
		}

		@Override
		public void text(byte[] data, int offset, int length) {
			decoded(this.decoder.text(data, offset, length));
		}

		@Override
		public void binary(byte[] data) {
			decoded(this.decoder.binary(data));
		}

		private void decoded(Decoded decoded) {
			if (decoded instanceof Packet packet) {
				boolean main = packet.type() == PacketType.CONNECT && packet.nsp().equals("/");
				if (main && SocketIoClient.this.options.isProtocol3()) {
					SocketIoClient.this.protocol3Connection = packet;
				}
				SocketState socket = SocketIoClient.this.sockets.get(packet.nsp());
				if (socket != null) {
					socket.received(packet);
				}
			}
			else if (decoded instanceof Decoded.Malformed malformed && this.engine != null) {
				SocketIoClient.this.conversation.note("the packet is malformed: " + malformed.reason());
				this.engine.drop("parse error");
			}
		}

		@Override
		public void closed(String reason, @Nullable Throwable error) {
			SocketIoClient.this.conversation.note("the session has ended: " + reason);
			SocketIoClient.this.open = null;
			if (!SocketIoClient.this.opening.isDone()) {
				SocketIoClient.this.opening.completeExceptionally(
						new ConnectionLostException(reason, SocketIoClient.this.conversation, error));
			}
			activeSockets().forEach((socket) -> socket.ended(reason));
		}

	}

}
