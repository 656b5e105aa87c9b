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

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.packet.ControlPackets;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import io.github.springsocketio.engineio.packet.LenientBase64;
import io.github.springsocketio.engineio.packet.OpenPacket;
import io.github.springsocketio.engineio.packet.PayloadCodec;
import io.github.springsocketio.engineio.packet.PayloadCodecV3;
import io.github.springsocketio.engineio.packet.PayloadCodecV4;
import org.jspecify.annotations.Nullable;

/**
 * An Engine.IO session of the client. All methods are called on the event loop of the
 * client.
 */
final class EngineConnection {

	private static final byte[] PROBE = "3probe".getBytes(StandardCharsets.US_ASCII);

	private final ClientOptions options;

	private final ClientEventLoop eventLoop;

	private final Listener listener;

	private final HttpExchanges http;

	private final PayloadCodec codec;

	private final Deque<EncodedMessage> outbox = new ArrayDeque<>();

	private Transport transport;

	private @Nullable OpenPacket open;

	private @Nullable WebSocketLink webSocket;

	/** The response to the last accepted upgrade request. */
	private @Nullable HandshakeResponse webSocketResponse;

	/** Completes with the running upgrade, or {@code null} if no caller waits for it. */
	private @Nullable CompletableFuture<HandshakeResponse> upgraded;

	private boolean polling;

	private boolean posting;

	private boolean upgrading;

	/** Whether the upgrade waits for the last poll to end. */
	private boolean pausing;

	private boolean closed;

	/** Whether the outbox is flushed before the connections are closed. */
	private boolean closing;

	EngineConnection(ClientOptions options, ClientEventLoop eventLoop, Listener listener,
			Consumer<HandshakeResponse> responses) {
		this.options = options;
		this.eventLoop = eventLoop;
		this.listener = listener;
		this.http = new HttpExchanges(options, eventLoop, responses);
		this.codec = options.isProtocol3() ? new PayloadCodecV3(false) : new PayloadCodecV4();
		this.transport = options.firstTransport();
	}

	void open() {
		if (this.transport == Transport.POLLING) {
			poll(null);
		}
		else {
			this.webSocket = this.http.webSocket(null, new SessionLink());
		}
	}

	Transport transport() {
		return this.transport;
	}

	@Nullable OpenPacket openPacket() {
		return this.open;
	}

	ConnectionGate gate() {
		return this.http.gate();
	}

	boolean isOpen() {
		return this.open != null && !this.closed;
	}

	boolean isClosed() {
		return this.closed;
	}

	private @Nullable String sid() {
		return (this.open != null) ? this.open.sid() : null;
	}

	void send(EncodedMessage message) {
		if (!this.closed) {
			this.outbox.add(message);
			flush();
		}
	}

	private void flush() {
		if (this.pausing || this.outbox.isEmpty() || this.closed) {
			return;
		}
		if (this.transport == Transport.POLLING) {
			post();
			return;
		}
		WebSocketLink link = this.webSocket;
		while (link != null && !this.outbox.isEmpty()) {
			link.send(this.outbox.remove());
		}
	}

	private void post() {
		if (this.posting || this.open == null) {
			return;
		}
		List<EncodedMessage> messages = new ArrayList<>();
		long size = 0;
		long max = (this.open.maxPayload() > 0) ? this.open.maxPayload() : Long.MAX_VALUE;
		while (!this.outbox.isEmpty()) {
			EncodedMessage next = this.outbox.element();
			size += payloadSize(next);
			if (!messages.isEmpty() && size > max) {
				break;
			}
			messages.add(this.outbox.remove());
			this.eventLoop.conversation().sent(Transport.POLLING, next);
		}
		PayloadCodec.Payload payload = this.codec.encode(messages);
		this.posting = true;
		this.http.poll(sid(), payload.body(), payload.binary(), this::posted);
	}

	private static long payloadSize(EncodedMessage message) {
		long size = message.text().length + 1L;
		for (byte[] binary : message.binaries()) {
			size += 2 + (binary.length + 2L) / 3 * 4;
		}
		return size;
	}

	private void posted(HttpExchanges.@Nullable Result result, @Nullable Throwable error) {
		this.posting = false;
		if (this.closing && !this.outbox.isEmpty() && error == null) {
			post();
			return;
		}
		if (this.closed) {
			closeIfIdle();
			return;
		}
		if (result == null || result.response().status() != 200) {
			ended("transport error", error);
		}
		else if (!completeUpgrade()) {
			flush();
		}
	}

	private void poll(@Nullable String sid) {
		this.polling = true;
		this.http.poll(sid, null, false, this::polled);
	}

	private void polled(HttpExchanges.@Nullable Result result, @Nullable Throwable error) {
		this.polling = false;
		if (this.closed) {
			closeIfIdle();
			return;
		}
		if (result == null) {
			ended("transport error", error);
			return;
		}
		if (result.response().status() != 200) {
			refused(result.response());
			return;
		}
		boolean binary = "application/octet-stream".equals(result.response().header("content-type"));
		this.codec.decode(result.body(), binary, 0, new PolledPackets());
		if (!this.closed && this.transport == Transport.POLLING && !completeUpgrade()) {
			poll(sid());
		}
	}

	private void refused(HandshakeResponse response) {
		if (this.open == null) {
			close(() -> this.listener.failed(new HandshakeException(response, this.eventLoop.conversation())));
			this.http.close();
		}
		else {
			ended("transport error", null);
		}
	}

	/**
	 * Upgrade an open session to a WebSocket, if the upgrade has not started yet.
	 * @return completes with the response to the upgrade request; is complete if the
	 * session already uses a WebSocket
	 */
	CompletableFuture<HandshakeResponse> upgrade() {
		if (!isOpen()) {
			return CompletableFuture
				.failedFuture(new ConnectionLostException("no session", this.eventLoop.conversation(), null));
		}
		HandshakeResponse response = this.webSocketResponse;
		if (this.transport == Transport.WEBSOCKET && response != null) {
			return CompletableFuture.completedFuture(response);
		}
		beginUpgrade();
		CompletableFuture<HandshakeResponse> result = this.upgraded;
		if (result == null) {
			result = new CompletableFuture<>();
			this.upgraded = result;
		}
		return result;
	}

	private void beginUpgrade() {
		if (!this.upgrading) {
			this.upgrading = true;
			this.webSocket = this.http.webSocket(sid(), new UpgradeLink());
		}
	}

	private void upgradeFailed(String reason) {
		if (this.closed) {
			return;
		}
		this.upgrading = false;
		this.pausing = false;
		this.webSocket = null;
		this.eventLoop.conversation().note("the upgrade has failed: " + reason);
		failUpgrade(reason);
		if (!this.polling) {
			poll(sid());
		}
		flush();
	}

	private void failUpgrade(String reason) {
		CompletableFuture<HandshakeResponse> waiting = this.upgraded;
		this.upgraded = null;
		if (waiting != null) {
			waiting.completeExceptionally(new ConnectionLostException(reason, this.eventLoop.conversation(), null));
		}
	}

	/**
	 * Complete the upgrade if no request is in flight.
	 * @return whether the client must stop polling
	 */
	private boolean completeUpgrade() {
		WebSocketLink link = this.webSocket;
		HandshakeResponse response = this.webSocketResponse;
		if (!this.pausing || link == null || response == null) {
			return false;
		}
		if (!this.polling && !this.posting) {
			this.pausing = false;
			link.send(ControlPackets.UPGRADE);
			this.transport = Transport.WEBSOCKET;
			flush();
			if (this.upgraded != null) {
				this.upgraded.complete(response);
			}
		}
		return true;
	}

	private void text(byte[] data, int offset, int length) {
		this.eventLoop.conversation().received(this.transport, data, offset, length);
		if (data[offset] == EnginePacketType.BASE64) {
			int skipped = this.options.isProtocol3() ? 2 : 1;
			byte[] decoded = LenientBase64.decode(data, offset + skipped, length - skipped);
			if (decoded != null) {
				this.listener.binary(decoded);
			}
			return;
		}
		EnginePacketType type = EnginePacketType.of(data[offset]);
		if (type == null) {
			ended("parse error", null);
			return;
		}
		switch (type) {
			case OPEN -> opened(OpenPacket.decode(data, offset, length));
			case CLOSE -> ended("transport close", null);
			case PING -> send(ControlPackets.PONG);
			case MESSAGE -> this.listener.text(data, offset + 1, length - 1);
			default -> {
			}
		}
	}

	private void binary(byte[] data) {
		this.eventLoop.conversation().received(this.transport, data);
		this.listener
			.binary((this.options.isProtocol3() && data.length > 0) ? Arrays.copyOfRange(data, 1, data.length) : data);
	}

	private void opened(@Nullable OpenPacket packet) {
		if (packet == null || this.open != null) {
			ended("parse error", null);
			return;
		}
		this.open = packet;
		if (this.options.isProtocol3()) {
			schedulePing(packet);
		}
		this.listener.opened();
		boolean upgrades = this.options.upgrades() && packet.upgrades().contains(Transport.WEBSOCKET.text());
		if (upgrades && isOpen()) {
			beginUpgrade();
		}
		flush();
	}

	private void schedulePing(OpenPacket packet) {
		this.eventLoop.schedule(packet.pingInterval(), () -> {
			if (!this.closed) {
				send(ControlPackets.PING);
				schedulePing(packet);
			}
		});
	}

	/**
	 * Close the session as the JavaScript client does: with a close packet when it polls,
	 * otherwise by closing the WebSocket.
	 */
	void close() {
		if (this.closed) {
			this.http.close();
			return;
		}
		boolean polls = this.transport == Transport.POLLING && this.open != null;
		this.closing = polls;
		if (polls) {
			this.outbox.add(ControlPackets.CLOSE);
			post();
		}
		close(() -> this.listener.closed("io client disconnect", null));
		this.eventLoop.schedule(WebSocketLink.CLOSE_TIMEOUT, this.http::close);
	}

	/**
	 * Close the connections when the last poll has ended, which the server ends.
	 */
	private void closeIfIdle() {
		if (!this.polling && !this.posting) {
			this.http.close();
		}
	}

	/**
	 * Close the connections without a close packet, like a network failure.
	 * @param reason the disconnection reason of the sockets
	 */
	void drop(String reason) {
		this.http.close();
		close(() -> this.listener.closed(reason, null));
	}

	/**
	 * Forget the session, and keep its connections open until the client is closed.
	 */
	void abandon(String reason) {
		this.closed = true;
		failUpgrade(reason);
		this.listener.closed(reason, null);
	}

	private void ended(String reason, @Nullable Throwable error) {
		if (this.closed || this.http.gate().isCut()) {
			return;
		}
		close(() -> {
			if (this.open == null) {
				this.listener.failed(new ConnectionLostException((error != null) ? reason + " (" + error + ")" : reason,
						this.eventLoop.conversation(), error));
			}
			else {
				this.listener.closed(reason, error);
			}
		});
		this.http.close();
	}

	private void close(Runnable call) {
		if (this.closed) {
			return;
		}
		this.closed = true;
		if (this.webSocket != null) {
			this.webSocket.close();
		}
		failUpgrade("before the upgrade");
		call.run();
	}

	/**
	 * Listens to a session. Called on the event loop of the client.
	 */
	interface Listener {

		void opened();

		void failed(SocketIoClientException error);

		void text(byte[] data, int offset, int length);

		void binary(byte[] data);

		void closed(String reason, @Nullable Throwable error);

	}

	/**
	 * The packets of a response to a poll.
	 */
	private final class PolledPackets implements PayloadCodec.Sink {

		@Override
		public boolean text(byte[] data, int offset, int length) {
			EngineConnection.this.text(data, offset, length);
			return !EngineConnection.this.closed;
		}

		@Override
		public boolean binary(byte[] data) {
			EngineConnection.this.binary(data);
			return !EngineConnection.this.closed;
		}

		@Override
		public void malformed() {
			ended("parse error", null);
		}

	}

	/**
	 * The WebSocket of a session that starts with this transport.
	 */
	private class SessionLink implements WebSocketLink.Listener {

		@Override
		public void opened(HandshakeResponse response) {
			EngineConnection.this.webSocketResponse = response;
		}

		@Override
		public void refused(HandshakeResponse response) {
			if (!EngineConnection.this.closed) {
				EngineConnection.this.refused(response);
			}
		}

		@Override
		public void text(byte[] packet) {
			if (!EngineConnection.this.closed && packet.length > 0) {
				EngineConnection.this.text(packet, 0, packet.length);
			}
		}

		@Override
		public void binary(byte[] packet) {
			if (!EngineConnection.this.closed) {
				EngineConnection.this.binary(packet);
			}
		}

		@Override
		public void ended(@Nullable Throwable error) {
			EngineConnection.this.ended((error != null) ? "transport error" : "transport close", error);
		}

	}

	/**
	 * The WebSocket of an upgrade, and of the session after it.
	 */
	private final class UpgradeLink extends SessionLink {

		private boolean isUpgraded() {
			return EngineConnection.this.transport == Transport.WEBSOCKET;
		}

		@Override
		public void opened(HandshakeResponse response) {
			super.opened(response);
			WebSocketLink link = EngineConnection.this.webSocket;
			if (link != null && !EngineConnection.this.closed) {
				link.send(ControlPackets.PROBE_PING);
			}
		}

		@Override
		public void refused(HandshakeResponse response) {
			upgradeFailed("the server refuses the WebSocket with " + response.status());
		}

		@Override
		public void text(byte[] packet) {
			if (isUpgraded()) {
				super.text(packet);
			}
			else if (Arrays.equals(packet, PROBE) && !EngineConnection.this.closed) {
				EngineConnection.this.eventLoop.conversation().received(Transport.WEBSOCKET, packet, 0, packet.length);
				EngineConnection.this.pausing = true;
				completeUpgrade();
			}
		}

		@Override
		public void ended(@Nullable Throwable error) {
			if (isUpgraded()) {
				super.ended(error);
			}
			else {
				upgradeFailed((error != null) ? error.toString() : "the WebSocket was closed");
			}
		}

	}

}
