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

package io.github.springsocketio.socketio.adapter.test;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.packet.Decoded;
import io.github.springsocketio.socketio.packet.JsonPacketParser;
import io.github.springsocketio.socketio.packet.Packet;
import io.github.springsocketio.socketio.packet.PacketDecoder;
import io.github.springsocketio.socketio.packet.PacketParser;
import io.github.springsocketio.socketio.packet.PacketType;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * A client in one namespace, over a websocket.
 */
final class KitClient implements WebSocket.Listener {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final PacketParser PARSER = JsonPacketParser.create();

	private final KitWait wait;

	private final String nsp;

	private final PacketDecoder decoder = PARSER.newDecoder();

	private final StringBuilder text = new StringBuilder();

	private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

	private final BlockingQueue<Packet> packets = new LinkedBlockingQueue<>();

	/** Packets that came before the response to CONNECT; for the thread of the test. */
	private final Queue<Packet> missed = new ArrayDeque<>();

	private final CompletableFuture<Void> opened = new CompletableFuture<>();

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	private final Lock receiveLock = new ReentrantLock();

	private final Lock sendLock = new ReentrantLock();

	private boolean lost;

	private CompletableFuture<WebSocket> sending = new CompletableFuture<>();

	private @Nullable String id;

	private @Nullable String pid;

	private volatile @Nullable String offset;

	private KitClient(KitWait wait, String nsp) {
		this.wait = wait;
		this.nsp = nsp;
	}

	/**
	 * Connect to a namespace.
	 * @param auth the payload of the CONNECT packet
	 */
	static KitClient connect(KitWait wait, int port, String nsp, Map<String, Object> auth) {
		KitClient client = new KitClient(wait, nsp);
		URI uri = URI.create("ws://localhost:" + port + "/socket.io/?EIO=4&transport=websocket");
		client.sending = HTTP.newWebSocketBuilder().header("X-Kit", "yes").buildAsync(uri, client);
		wait.get("the websocket", client.sending);
		wait.get("the open packet", client.opened);
		client.send(PARSER.encoder().connect(nsp, auth));
		client.awaitConnect();
		return client;
	}

	/**
	 * Wait for the response to CONNECT. Packets that the client has missed come before it
	 * and stay to be read.
	 */
	private void awaitConnect() {
		List<Packet> before = new ArrayList<>();
		Packet packet = next("the response to CONNECT");
		while (packet.type() != PacketType.CONNECT) {
			before.add(packet);
			packet = next("the response to CONNECT");
		}
		Map<?, ?> payload = packet.arguments().require(0, Map.class);
		this.id = String.valueOf(payload.get("sid"));
		this.pid = (payload.get("pid") != null) ? String.valueOf(payload.get("pid")) : null;
		this.missed.addAll(before);
	}

	String id() {
		return (this.id != null) ? this.id : Assertions.fail("The client is not connected");
	}

	String nsp() {
		return this.nsp;
	}

	/**
	 * Return the payload with which the state of this client is restored.
	 */
	Map<String, Object> restore() {
		String currentPid = this.pid;
		String currentOffset = this.offset;
		if (currentPid == null) {
			return Assertions.fail("The client cannot recover");
		}
		return (currentOffset != null) ? Map.of("pid", currentPid, "offset", currentOffset) : Map.of("pid", currentPid);
	}

	// Receiving

	@Override
	public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		this.text.append(data);
		if (last) {
			String message = this.text.toString();
			this.text.setLength(0);
			onMessage(message);
		}
		webSocket.request(1);
		return CompletableFuture.completedStage(null);
	}

	@Override
	public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
		byte[] bytes = new byte[data.remaining()];
		data.get(bytes);
		this.binary.writeBytes(bytes);
		if (last) {
			byte[] message = this.binary.toByteArray();
			this.binary.reset();
			onDecoded(this.decoder.binary(message));
		}
		webSocket.request(1);
		return CompletableFuture.completedStage(null);
	}

	private void onMessage(String message) {
		switch (message.charAt(0)) {
			case '0' -> this.opened.complete(null);
			case '2' -> sendText("3" + message.substring(1));
			case '4' -> {
				byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
				onDecoded(this.decoder.text(bytes, 1, bytes.length - 1));
			}
			default -> this.closed.complete(null);
		}
	}

	private void onDecoded(Decoded decoded) {
		if (decoded instanceof Packet packet) {
			this.receiveLock.lock();
			try {
				onPacket(packet);
			}
			finally {
				this.receiveLock.unlock();
			}
		}
		else if (decoded instanceof Decoded.Malformed malformed) {
			this.closed.completeExceptionally(new AssertionError("Malformed packet: " + malformed.reason()));
		}
	}

	private void onPacket(Packet packet) {
		if (this.lost) {
			return;
		}
		if (packet.type() == PacketType.EVENT && packet.arguments().size() != 0
				&& packet.arguments().get(packet.arguments().size() - 1) instanceof String last) {
			this.offset = last;
		}
		this.packets.add(packet);
	}

	@Override
	public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
		this.closed.complete(null);
		return null;
	}

	@Override
	public void onError(WebSocket webSocket, Throwable error) {
		this.closed.complete(null);
	}

	private Packet next(String what) {
		Packet early = this.missed.poll();
		if (early != null) {
			return early;
		}
		try {
			Packet packet = this.packets.poll(this.wait.limit().toMillis(), TimeUnit.MILLISECONDS);
			return (packet != null) ? packet
					: Assertions.fail("Did not receive within %s: %s", this.wait.limit(), what);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Assertions.fail("Interrupted: %s", what);
		}
	}

	/**
	 * Wait for the next packet, which has to be an event of a name.
	 */
	Packet nextEvent(String name) {
		Packet packet = next("event " + name);
		Assertions.assertThat(packet.type()).isEqualTo(PacketType.EVENT);
		Assertions.assertThat(packet.event()).isEqualTo(name);
		Assertions.assertThat(packet.nsp()).isEqualTo(this.nsp);
		return packet;
	}

	/**
	 * Wait for the next packet, which has to be an event.
	 */
	Packet next() {
		Packet packet = next("an event");
		Assertions.assertThat(packet.type()).isEqualTo(PacketType.EVENT);
		return packet;
	}

	/**
	 * Return what the client has received of a connection that it has lost.
	 */
	List<Packet> rest() {
		List<Packet> result = new ArrayList<>(this.missed);
		this.packets.drainTo(result);
		return result;
	}

	/**
	 * Wait for an event that marks the end.
	 * @return the events before it
	 */
	List<Packet> eventsUntil(String marker) {
		List<Packet> result = new ArrayList<>();
		Packet packet = next("event " + marker);
		while (!marker.equals(packet.event())) {
			Assertions.assertThat(packet.type()).isEqualTo(PacketType.EVENT);
			result.add(packet);
			packet = next("event " + marker);
		}
		return result;
	}

	/**
	 * Wait until the server has disconnected the client.
	 * @return the events before
	 */
	List<Packet> eventsUntilDisconnect() {
		List<Packet> result = new ArrayList<>();
		Packet packet = next("a DISCONNECT packet");
		while (packet.type() != PacketType.DISCONNECT) {
			result.add(packet);
			packet = next("a DISCONNECT packet");
		}
		return result;
	}

	void awaitClose() {
		this.wait.get("the end of the connection", this.closed);
	}

	boolean isClosed() {
		return this.closed.isDone();
	}

	// Sending

	void ack(Packet packet, @Nullable Object... args) {
		Assertions.assertThat(packet.id()).as("acknowledgement is requested").isNotNegative();
		send(PARSER.encoder().ack(this.nsp, packet.id(), args));
	}

	void disconnect() {
		send(PARSER.encoder().disconnect(this.nsp));
	}

	/**
	 * Lose the connection. Nothing is received from now on.
	 */
	void lose() {
		this.receiveLock.lock();
		try {
			this.lost = true;
		}
		finally {
			this.receiveLock.unlock();
		}
		this.sending.thenAccept(WebSocket::abort);
	}

	private void send(EncodedMessage message) {
		sendText(new String(message.text(), StandardCharsets.UTF_8));
		for (byte[] attachment : message.binaries()) {
			send((socket) -> socket.sendBinary(ByteBuffer.wrap(attachment), true));
		}
	}

	private void sendText(String message) {
		send((socket) -> socket.sendText(message, true));
	}

	/**
	 * Send one message after the other, as the websocket demands.
	 */
	private void send(Function<WebSocket, CompletableFuture<WebSocket>> action) {
		this.sendLock.lock();
		try {
			this.sending = this.sending.thenCompose(action);
		}
		finally {
			this.sendLock.unlock();
		}
	}

}
