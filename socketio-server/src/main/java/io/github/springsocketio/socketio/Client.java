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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.springsocketio.Limit;
import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineSessionHandler;
import io.github.springsocketio.engineio.Timers;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.packet.Decoded;
import io.github.springsocketio.socketio.packet.Packet;
import io.github.springsocketio.socketio.packet.PacketDecoder;
import io.github.springsocketio.socketio.packet.PacketType;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The client of one session: dispatches its packets to its sockets in namespaces. All
 * methods are called in the session's turn unless stated otherwise.
 */
final class Client implements EngineSessionHandler {

	private static final Log logger = LogFactory.getLog(Client.class);

	private static final AtomicReferenceFieldUpdater<Client, DefaultSocket[]> SOCKETS = AtomicReferenceFieldUpdater
		.newUpdater(Client.class, DefaultSocket[].class, "sockets");

	private static final AtomicReferenceFieldUpdater<Client, @Nullable HandlerLoad> LOAD = AtomicReferenceFieldUpdater
		.newUpdater(Client.class, HandlerLoad.class, "load");

	private static final DefaultSocket[] NONE = {};

	private static final Duration SUPERSEDED_TIMEOUT = Duration.ofSeconds(5);

	private final DefaultSocketIoServer server;

	private final EngineSession session;

	private final PacketDecoder decoder;

	/** Created for the first event. */
	private volatile @Nullable HandlerLoad load;

	/**
	 * The sockets, including those in middlewares. A copy-on-write array, because a
	 * client has few sockets.
	 */
	private volatile DefaultSocket[] sockets = NONE;

	private volatile boolean closed;

	/** Whether no more events are handled, because the server is being closed. */
	private volatile boolean stopped;

	private @Nullable ConnectAttempts attempts;

	private @Nullable AtomicInteger createdNamespaces;

	private @Nullable AttachmentWatch attachments;

	/**
	 * The time limit for joining a namespace, or for taking over the remaining sockets of
	 * a superseded connection.
	 */
	private Timers.@Nullable Timeout timeout;

	/** Not {@code null} while the client is neither in a namespace nor joining one. */
	private UnjoinedClients.@Nullable Entry unjoined;

	/** Whether a new connection of the client has taken over a socket. */
	private boolean superseded;

	Client(DefaultSocketIoServer server, EngineSession session) {
		this.server = server;
		this.session = session;
		this.decoder = server.options().parser().newDecoder();
		this.timeout = server.engine()
			.timers()
			.schedule(server.options().connectTimeout(), () -> session.executeAfterReading(this::connectTimedOut));
		this.unjoined = server.unjoined().add(this);
	}

	DefaultSocketIoServer server() {
		return this.server;
	}

	EngineSession session() {
		return this.session;
	}

	PacketDecoder decoder() {
		return this.decoder;
	}

	/**
	 * Return the counter of handlers in flight. From any thread.
	 */
	HandlerLoad load() {
		if (this.load == null) {
			LOAD.compareAndSet(this, null, new HandlerLoad(this.server, this.session));
		}
		return Objects.requireNonNull(this.load);
	}

	/**
	 * Return the counter of handlers in flight, or {@code null} before the first event.
	 * From any thread.
	 */
	@Nullable HandlerLoad currentLoad() {
		return this.load;
	}

	boolean isProtocol3() {
		return this.session.protocol() == 3;
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Handle no more events. From any thread.
	 */
	void stopEvents() {
		this.stopped = true;
	}

	void limitExceeded(Limit limit) {
		this.server.engine().limitExceeded(limit, this.session);
	}

	// Sockets

	/**
	 * Return the socket of a namespace. From any thread.
	 * @param connecting whether to return one that is still in middlewares
	 */
	private @Nullable DefaultSocket find(String nsp, boolean connecting) {
		for (DefaultSocket socket : this.sockets) {
			if ((socket.state() == SocketState.CONNECTING) == connecting && socket.namespace().name().equals(nsp)) {
				return socket;
			}
		}
		return null;
	}

	/**
	 * Add a socket. From any thread.
	 */
	void add(DefaultSocket socket) {
		SOCKETS.updateAndGet(this, (array) -> HandlerTable.append(array, socket));
		countMemory(DefaultHandshake.retainedBytes(socket.handshake()));
	}

	/**
	 * Remove a socket. From any thread.
	 * @param handshake the handshake with which it was added
	 */
	void remove(DefaultSocket socket, Handshake handshake) {
		DefaultSocket[] before = SOCKETS.getAndUpdate(this, (array) -> without(array, socket));
		DefaultSocket[] after = without(before, socket);
		if (after.length != before.length) {
			countMemory(-DefaultHandshake.retainedBytes(handshake));
			if (after.length == 0 && !this.closed) {
				this.session.execute(this::updateUnjoined);
			}
		}
	}

	private static DefaultSocket[] without(DefaultSocket[] array, DefaultSocket socket) {
		return (array.length == 1 && array[0] == socket) ? NONE
				: Arrays.stream(array).filter((other) -> other != socket).toArray(DefaultSocket[]::new);
	}

	/**
	 * Count memory that is held for the client. From any thread.
	 */
	void countMemory(int bytes) {
		if (bytes != 0) {
			this.session.countMemory(bytes);
		}
	}

	/**
	 * Update whether the client is in a namespace or joins one.
	 */
	private void updateUnjoined() {
		if (this.sockets.length != 0 || this.attempts != null || this.closed) {
			joins();
		}
		else if (this.unjoined == null) {
			this.unjoined = this.server.unjoined().add(this);
		}
	}

	/**
	 * Called when the client is in a namespace, joins one or has disconnected.
	 */
	private void joins() {
		UnjoinedClients.Entry entry = this.unjoined;
		if (entry != null) {
			this.unjoined = null;
			this.server.unjoined().remove(entry);
		}
	}

	/**
	 * Close the client if it is neither in a namespace nor joining one, to make room for
	 * another client. From any thread.
	 */
	void closeUnjoined(Limit reason) {
		this.session.execute(() -> {
			if (this.unjoined != null && !this.closed) {
				this.unjoined = null;
				limitExceeded(reason);
				this.session.closeNow();
			}
		});
	}

	/**
	 * Return the response to the CONNECT packet of a socket.
	 * @param pid the private id of the socket, or {@code null} if its state is not
	 * recovered
	 */
	EncodedMessage connectPacket(DefaultSocket socket, @Nullable String pid) {
		String nsp = socket.namespace().name();
		if (isProtocol3()) {
			return socket.encoder().connect(nsp, null);
		}
		if (pid == null) {
			return socket.encoder().connect(nsp, Map.of("sid", socket.id()));
		}
		Map<String, String> payload = new LinkedHashMap<>();
		payload.put("sid", socket.id());
		payload.put("pid", pid);
		return socket.encoder().connect(nsp, payload);
	}

	// Packets

	@Override
	public void onText(byte[] data, int offset, int length) {
		if (!this.closed) {
			onDecoded(this.decoder.text(data, offset, length), length);
		}
	}

	@Override
	public void onBinary(byte[] data) {
		if (!this.closed) {
			onDecoded(this.decoder.binary(data), data.length);
		}
	}

	private void onDecoded(Decoded decoded, int bytes) {
		if (decoded instanceof Packet packet) {
			int former = (this.attachments != null) ? this.attachments.onPacket() : 0;
			onPacket(packet, bytes + former);
		}
		else if (decoded instanceof Decoded.Malformed malformed) {
			if (malformed.limit() != null) {
				limitExceeded(malformed.limit());
			}
			invalid(malformed.reason());
		}
		else {
			onIncomplete(bytes);
		}
	}

	private void onPacket(Packet packet, int bytes) {
		if (packet.type() == PacketType.CONNECT) {
			connect(packet, bytes);
			return;
		}
		String nsp = isProtocol3() ? NamespaceName.of(packet.nsp()).path() : packet.nsp();
		DefaultSocket socket = find(nsp, false);
		if (socket == null) {
			boolean canceled = packet.type() == PacketType.DISCONNECT
					&& cancelConnecting(nsp, DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
			if (!canceled && !this.superseded) {
				refuse("no socket for the namespace");
			}
			return;
		}
		switch (packet.type()) {
			case EVENT -> onEvent(socket, packet, bytes);
			case ACK -> socket.onAck(packet.id(), packet.arguments());
			case DISCONNECT -> {
				cancelConnecting(nsp, DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
				socket.end(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT, null, false);
			}
			default -> refuse("packet type not allowed for clients");
		}
	}

	private void onEvent(DefaultSocket socket, Packet packet, int bytes) {
		if (!socket.events().tryAcquire()) {
			limitExceeded(SocketIoLimit.MAX_EVENTS_PER_SECOND);
			socket.end(DisconnectReason.SERVER_NAMESPACE_DISCONNECT, "too many events", true);
		}
		else if (packet.event() != null && !this.stopped && !this.server.isClosed()) {
			HandlerLoad current = load();
			current.handling(bytes);
			if (!this.server.authentications().renew(socket, packet)) {
				socket.events().onEvent(packet, packet.event());
			}
			socket.namespace().countUntilDelivered(current);
		}
	}

	private void onIncomplete(int bytes) {
		String nsp = this.decoder.pendingNamespace();
		if (nsp != null && find(nsp, false) == null && find(nsp, true) == null) {
			refuse("no socket for the namespace");
			return;
		}
		if (this.attachments == null) {
			this.attachments = new AttachmentWatch(this);
		}
		this.attachments.onIncomplete(bytes);
	}

	// Joining namespaces

	/**
	 * Handle a CONNECT packet. The newest attempt wins: an earlier one that is still in
	 * middlewares is canceled, and a connected socket is replaced when the new one has
	 * passed the middlewares.
	 */
	private void connect(Packet packet, int bytes) {
		if (this.server.isClosed()) {
			refuse("the server is closed");
			return;
		}
		ConnectAttempt attempt = ConnectAttempt.of(this, packet, bytes);
		// first, because the new attempt may request the same state
		boolean known = cancelConnecting(attempt.name(), DisconnectReason.FORCED_CLOSE)
				|| find(attempt.name(), false) != null;
		long joining = (this.attempts != null) ? this.attempts.countWithoutSocket() : 0;
		if (!known && this.sockets.length + joining >= this.server.options().maxNamespacesPerSession()) {
			limitExceeded(SocketIoLimit.MAX_NAMESPACES_PER_SESSION);
			attempt.refuse("Too many namespaces");
			return;
		}
		joins();
		attempt.start();
		updateUnjoined();
	}

	/**
	 * End the connected socket of a namespace, because another one replaces it or the
	 * client was refused.
	 */
	void endConnected(String nsp) {
		DefaultSocket connected = find(nsp, false);
		if (connected != null) {
			connected.end(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT, null, false);
		}
	}

	/**
	 * Join the main namespace without a CONNECT packet, as clients of protocol 3 expect.
	 */
	void connectToMain() {
		ConnectAttempt.toMain(this).start();
	}

	/**
	 * Return the number of dynamic namespaces that exist because this client has created
	 * them.
	 */
	AtomicInteger createdNamespaces() {
		if (this.createdNamespaces == null) {
			this.createdNamespaces = new AtomicInteger();
		}
		return this.createdNamespaces;
	}

	/**
	 * Cancel joining a namespace.
	 * @param reason determines whether a state that is being restored is kept
	 * @return whether the client was joining it
	 */
	private boolean cancelConnecting(String nsp, DisconnectReason reason) {
		ConnectAttempt attempt = (this.attempts != null) ? this.attempts.find(nsp) : null;
		if (attempt != null) {
			remove(attempt);
			attempt.cancel(reason);
			return true;
		}
		DefaultSocket connecting = find(nsp, true);
		if (connecting != null) {
			connecting.end(reason, null, false);
		}
		return connecting != null;
	}

	void add(ConnectAttempt attempt) {
		if (this.attempts == null) {
			this.attempts = new ConnectAttempts();
		}
		this.attempts.add(attempt);
		joins();
	}

	void remove(ConnectAttempt attempt) {
		if (this.attempts == null || !this.attempts.remove(attempt)) {
			return;
		}
		if (this.attempts.isEmpty()) {
			this.attempts = null;
			updateUnjoined();
		}
	}

	/**
	 * Called when a socket has joined its namespace.
	 */
	void onConnected() {
		updateUnjoined();
		if (this.session.request().webSessionId() != null) {
			this.server.webSessionWatch().start();
		}
		if (!this.superseded) {
			cancelTimeout();
		}
	}

	private void cancelTimeout() {
		if (this.timeout != null) {
			this.timeout.cancel();
			this.timeout = null;
		}
	}

	private void connectTimedOut() {
		if (this.timeout != null && !this.superseded && !this.closed) {
			limitExceeded(SocketIoLimit.CONNECT_TIMEOUT);
			close();
		}
	}

	// The end

	/**
	 * Handle an invalid packet.
	 */
	void invalid(String reason) {
		logger.debug("Invalid packet from a client: " + reason);
		this.closed = true;
		InvalidPacketException error = new InvalidPacketException(reason);
		for (DefaultSocket socket : this.sockets) {
			socket.events().errors().notifyErrorListeners(error, null);
		}
		this.decoder.reset();
		joins();
		if (this.attachments != null) {
			this.attachments.cancel();
		}
		rejectInput();
	}

	/**
	 * Handle a packet that is not allowed in the state of the client.
	 */
	private void refuse(String reason) {
		logger.debug("Protocol violation by a client: " + reason);
		close();
	}

	private void close() {
		this.closed = true;
		boolean notified = !this.session.awaitsPoll();
		end(notified ? DisconnectReason.FORCED_CLOSE : DisconnectReason.FORCED_SERVER_CLOSE, null);
		rejectInput();
	}

	/**
	 * Disconnect from all namespaces, and close the session after a DISCONNECT packet was
	 * sent for each of them. From any thread.
	 */
	void disconnectAll(DefaultSocket origin) {
		DefaultSocket[] ended = this.sockets;
		for (DefaultSocket socket : ended) {
			socket.end(DisconnectReason.SERVER_NAMESPACE_DISCONNECT, null, true);
		}
		this.closed = true;
		AtomicInteger left = new AtomicInteger(ended.length + 1);
		Runnable written = () -> {
			if (left.decrementAndGet() == 0) {
				this.session.close();
			}
		};
		for (DefaultSocket socket : ended) {
			socket.namespace().adapter().inOrder(written);
		}
		origin.namespace().adapter().inOrder(written);
	}

	/**
	 * Called when a new connection of the client has replaced this one. Closes the
	 * session: at once if it has no sockets left, otherwise after a delay in which the
	 * client can take over the remaining sockets.
	 */
	void superseded() {
		if (this.closed) {
			return;
		}
		if (this.sockets.length == 0) {
			this.session.closeNow();
		}
		else if (!this.superseded) {
			this.superseded = true;
			cancelTimeout();
			this.timeout = this.server.schedule(SUPERSEDED_TIMEOUT, this.session::closeNow);
		}
	}

	/**
	 * Close the session because of input of the client. If the server is being closed,
	 * the input is not an error, because the client does not know that its sockets have
	 * ended.
	 */
	private void rejectInput() {
		if (this.server.isClosed()) {
			this.session.close();
		}
		else {
			this.session.rejectInput();
		}
	}

	@Override
	public String description() {
		StringBuilder text = new StringBuilder();
		for (DefaultSocket socket : this.sockets) {
			text.append(text.isEmpty() ? "socket " : ", ").append(socket.id());
		}
		return text.toString();
	}

	@Override
	public long retainedBytes() {
		long sum = 0;
		for (DefaultSocket socket : this.sockets) {
			sum += socket.namespace().localNode().memoryOf(socket);
		}
		return sum;
	}

	@Override
	public void onClose(CloseReason reason, @Nullable String detail) {
		this.closed = true;
		end(DisconnectReason.of(reason), detail);
	}

	private void end(DisconnectReason reason, @Nullable String detail) {
		cancelTimeout();
		joins();
		if (this.attachments != null) {
			this.attachments.cancel();
		}
		if (this.attempts != null) {
			ConnectAttempts canceled = this.attempts;
			this.attempts = null;
			canceled.cancel();
		}
		for (DefaultSocket socket : this.sockets) {
			socket.end(reason, detail, false);
		}
		this.decoder.reset();
	}

}
