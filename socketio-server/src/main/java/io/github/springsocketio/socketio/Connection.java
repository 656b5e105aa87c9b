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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.Limit;
import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineSessionHandler;
import io.github.springsocketio.engineio.Timers;
import io.github.springsocketio.socketio.packet.Decoded;
import io.github.springsocketio.socketio.packet.Packet;
import io.github.springsocketio.socketio.packet.PacketDecoder;
import io.github.springsocketio.socketio.packet.PacketType;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The client of one session: brings its packets to the sockets that it has in namespaces.
 * Runs in the turn of the session, but for what says otherwise.
 */
final class Connection extends ClientSockets implements EngineSessionHandler {

	private static final Log logger = LogFactory.getLog(Connection.class);

	private final DefaultSocketIoServer server;

	private final EngineSession session;

	private final PacketDecoder decoder;

	private volatile boolean closed;

	private @Nullable List<ConnectAttempt> attempts;

	private @Nullable AttachmentWatch attachments;

	private Timers.@Nullable Timeout connectTimeout;

	Connection(DefaultSocketIoServer server, EngineSession session) {
		this.server = server;
		this.session = session;
		this.decoder = server.options().parser().newDecoder();
		this.connectTimeout = server.engine()
			.timers()
			.schedule(server.options().connectTimeout(), () -> session.execute(this::connectTimedOut));
	}

	DefaultSocketIoServer server() {
		return this.server;
	}

	@Override
	EngineSession session() {
		return this.session;
	}

	@Override
	int maxHandlersInFlight() {
		return this.server.options().maxHandlersInFlight();
	}

	@Override
	void onTooManyHandlers() {
		limitExceeded(SocketIoLimit.MAX_HANDLERS_IN_FLIGHT);
	}

	private void limitExceeded(Limit limit) {
		this.server.engine().limitExceeded(limit);
	}

	boolean isProtocol3() {
		return this.session.protocol() == 3;
	}

	boolean isClosed() {
		return this.closed;
	}

	private void connectTimedOut() {
		if (this.connectTimeout != null && !this.closed) {
			limitExceeded(SocketIoLimit.CONNECT_TIMEOUT);
			close();
		}
	}

	@Override
	public void onText(byte[] data, int offset, int length) {
		if (!this.closed) {
			onDecoded(this.decoder.text(data, offset, length));
		}
	}

	@Override
	public void onBinary(byte[] data) {
		if (!this.closed) {
			onDecoded(this.decoder.binary(data));
		}
	}

	private void onDecoded(Decoded decoded) {
		if (decoded instanceof Packet packet) {
			if (this.attachments != null) {
				this.attachments.onPacket();
			}
			onPacket(packet);
		}
		else if (decoded instanceof Decoded.Malformed malformed) {
			if (malformed.limit() != null) {
				limitExceeded(malformed.limit());
			}
			invalid(malformed.reason());
		}
		else {
			onIncomplete();
		}
	}

	private void onPacket(Packet packet) {
		if (packet.type() == PacketType.CONNECT) {
			connect(packet);
			return;
		}
		DefaultSocket socket = find(isProtocol3() ? NamespaceName.of(packet.nsp()).path() : packet.nsp());
		if (socket == null || socket.state() == SocketState.CONNECTING) {
			refuse("there is no socket for the namespace");
			return;
		}
		switch (packet.type()) {
			case EVENT -> {
				if (!socket.mayEmit()) {
					limitExceeded(SocketIoLimit.MAX_EVENTS_PER_SECOND);
					SocketLifecycle.end(socket, DisconnectReason.SERVER_NAMESPACE_DISCONNECT, "too many events", true);
				}
				else if (packet.event() != null && !this.server.isClosed()) {
					EventDispatcher.dispatch(socket, packet, packet.event());
					socket.namespace().handled(this);
				}
			}
			case ACK -> socket.onAck(packet.id(), packet.arguments());
			case DISCONNECT -> SocketLifecycle.end(socket, DisconnectReason.CLIENT_NAMESPACE_DISCONNECT, null, false);
			default -> refuse("a client must not send such a packet");
		}
	}

	private void onIncomplete() {
		String nsp = this.decoder.pendingNamespace();
		if (nsp != null && find(nsp) == null) {
			refuse("there is no socket for the namespace");
			return;
		}
		if (this.attachments == null) {
			this.attachments = new AttachmentWatch(this);
		}
		this.attachments.onIncomplete();
	}

	PacketDecoder decoder() {
		return this.decoder;
	}

	private void connect(Packet packet) {
		ConnectAttempt attempt = ConnectAttempt.of(this, packet);
		if (find(attempt.name()) != null || isUnderWay(attempt.name()) || this.server.isClosed()) {
			refuse("the namespace is joined already");
			return;
		}
		if (sockets().length + withoutSocket() >= this.server.options().maxNamespacesPerSession()) {
			limitExceeded(SocketIoLimit.MAX_NAMESPACES_PER_SESSION);
			attempt.refuse("Too many namespaces");
			return;
		}
		attempt.start();
	}

	/**
	 * Join a namespace without being asked, as clients of protocol 3 expect (SIO-111).
	 */
	void connectToMain() {
		ConnectAttempt.toMain(this).start();
	}

	private long withoutSocket() {
		return (this.attempts != null) ? this.attempts.stream().filter((attempt) -> !attempt.hasSocket()).count() : 0;
	}

	private boolean isUnderWay(String name) {
		return this.attempts != null && this.attempts.stream().anyMatch((attempt) -> attempt.name().equals(name));
	}

	void add(ConnectAttempt attempt) {
		if (this.attempts == null) {
			this.attempts = new ArrayList<>(2);
		}
		this.attempts.add(attempt);
	}

	void remove(ConnectAttempt attempt) {
		if (this.attempts != null && this.attempts.remove(attempt) && this.attempts.isEmpty()) {
			this.attempts = null;
		}
	}

	/**
	 * A socket has joined its namespace.
	 */
	void onConnected(DefaultSocket socket) {
		cancelConnectTimeout();
		if (socket.isActive()) {
			UserCode.connection(socket);
		}
	}

	private void cancelConnectTimeout() {
		if (this.connectTimeout != null) {
			this.connectTimeout.cancel();
			this.connectTimeout = null;
		}
	}

	/**
	 * The client has sent something that is no packet (SIO-16).
	 */
	void invalid(String reason) {
		logger.debug("A client has sent an invalid packet: " + reason);
		this.closed = true;
		InvalidPacketException error = new InvalidPacketException(reason);
		for (DefaultSocket socket : sockets()) {
			UserCode.tellErrorListeners(socket, error);
		}
		this.decoder.reset();
		this.session.close();
	}

	/**
	 * The client has sent a packet that does not fit its state (SIO-17).
	 */
	void refuse(String reason) {
		logger.debug("A client has broken the protocol: " + reason);
		close();
	}

	private void close() {
		this.closed = true;
		boolean told = !this.session.awaitsPoll();
		end(told ? DisconnectReason.FORCED_CLOSE : DisconnectReason.FORCED_SERVER_CLOSE, null, false);
		this.session.close();
	}

	/**
	 * Disconnect from all namespaces and close the session, once the client was told of
	 * each (SIO-42). From any thread.
	 */
	void disconnectAll(DefaultSocket origin) {
		DefaultSocket[] ended = sockets();
		for (DefaultSocket socket : ended) {
			SocketLifecycle.end(socket, DisconnectReason.SERVER_NAMESPACE_DISCONNECT, null, true);
		}
		this.closed = true;
		AtomicInteger left = new AtomicInteger(ended.length + 1);
		Runnable written = () -> {
			if (left.decrementAndGet() == 0) {
				this.session.close();
			}
		};
		for (DefaultSocket socket : ended) {
			socket.namespace().inOrder(written);
		}
		origin.namespace().inOrder(written);
	}

	@Override
	public void onClose(CloseReason reason, @Nullable String detail) {
		this.closed = true;
		end(DisconnectReason.of(reason), detail, true);
	}

	private void end(DisconnectReason reason, @Nullable String detail, boolean over) {
		cancelConnectTimeout();
		if (this.attachments != null) {
			this.attachments.cancel();
		}
		if (this.attempts != null) {
			List.copyOf(this.attempts).forEach(ConnectAttempt::cancel);
			this.attempts = null;
		}
		for (DefaultSocket socket : sockets()) {
			SocketLifecycle.end(socket, reason, detail, false);
		}
		this.decoder.reset();
	}

}
