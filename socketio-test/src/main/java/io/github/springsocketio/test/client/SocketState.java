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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.Packet;
import io.github.springsocketio.socketio.packet.PacketEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The state of a socket. Except for the listeners and the auth payload, it changes on the
 * event loop of the client only.
 */
final class SocketState {

	private static final int MAX_EVENTS = 10_000;

	private final SocketIoClient client;

	private final ClientEventLoop eventLoop;

	private final String nsp;

	private final PacketEncoder encoder;

	private final Deque<ClientEvent> received = new ArrayDeque<>();

	private final List<Waiter> waiters = new ArrayList<>();

	/**
	 * Changed on the calling thread, so that packets that are received after a change are
	 * processed with it: the event loop reads before it executes tasks.
	 */
	private final Map<String, List<Consumer<ClientEvent>>> listeners = new ConcurrentHashMap<>();

	private final List<Consumer<String>> disconnectListeners = new CopyOnWriteArrayList<>();

	private final Map<Long, CompletableFuture<Arguments>> acks = new HashMap<>();

	private final Deque<EncodedMessage> unsent = new ArrayDeque<>();

	private final AtomicLong ids = new AtomicLong();

	private volatile Supplier<? extends Map<String, ?>> auth;

	/** The current or last connection attempt; complete if there was none. */
	private CompletableFuture<Void> connection = CompletableFuture.completedFuture(null);

	private CompletableFuture<String> disconnection = new CompletableFuture<>();

	private boolean active;

	private @Nullable String offset;

	private volatile boolean connected;

	private volatile boolean recovered;

	private volatile @Nullable String id;

	private volatile @Nullable String pid;

	SocketState(SocketIoClient client, ClientEventLoop eventLoop, String nsp, PacketEncoder encoder,
			Supplier<? extends Map<String, ?>> auth) {
		this.client = client;
		this.eventLoop = eventLoop;
		this.nsp = nsp;
		this.encoder = encoder;
		this.auth = auth;
	}

	SocketIoClient client() {
		return this.client;
	}

	ClientEventLoop eventLoop() {
		return this.eventLoop;
	}

	String nsp() {
		return this.nsp;
	}

	boolean isConnected() {
		return this.connected;
	}

	boolean isRecovered() {
		return this.recovered;
	}

	@Nullable String id() {
		return this.id;
	}

	@Nullable String pid() {
		return this.pid;
	}

	void auth(Supplier<? extends Map<String, ?>> auth) {
		this.auth = auth;
	}

	CompletableFuture<Void> connect() {
		return this.eventLoop.compose(() -> {
			boolean pending = this.active && !this.connection.isDone();
			if (!this.connected && !pending) {
				this.active = true;
				this.connection = new CompletableFuture<>();
				this.client.join(this);
			}
			return this.connection;
		});
	}

	/**
	 * Return the current connection attempt of a client that reconnects.
	 */
	CompletableFuture<Void> connection() {
		return this.connection;
	}

	boolean isActive() {
		return this.active;
	}

	CompletableFuture<String> disconnection() {
		return this.eventLoop.compose(() -> this.disconnection);
	}

	/**
	 * Send a CONNECT packet, except to the main namespace of protocol 3.
	 */
	void join(boolean protocol3) {
		if (protocol3) {
			if (!this.nsp.equals("/")) {
				this.client.send(this.encoder.connect(this.nsp, null));
			}
			return;
		}
		EncodedMessage message;
		try {
			message = this.encoder.connect(this.nsp, connectPayload());
		}
		catch (RuntimeException ex) {
			this.active = false;
			this.connection.completeExceptionally(
					new SocketIoClientException("There is no auth payload for the namespace " + this.nsp + ": " + ex,
							this.eventLoop.conversation(), ex));
			return;
		}
		this.client.send(message);
	}

	private @Nullable Object connectPayload() {
		Map<String, Object> payload = new LinkedHashMap<>();
		if (this.pid != null) {
			payload.put("pid", this.pid);
			if (this.offset != null) {
				payload.put("offset", this.offset);
			}
		}
		payload.putAll(this.auth.get());
		return payload.isEmpty() ? null : payload;
	}

	/**
	 * Emit an event. It is encoded on the calling thread.
	 */
	void emit(String event, @Nullable Object[] args) {
		EncodedMessage message = this.encoder.event(this.nsp, -1, event, args, null);
		this.eventLoop.run(() -> send(message));
	}

	/**
	 * Emit an event with a request for an acknowledgement. It is encoded on the calling
	 * thread.
	 */
	CompletableFuture<Arguments> emitWithAck(String event, @Nullable Object[] args) {
		long id = this.ids.getAndIncrement();
		EncodedMessage message = this.encoder.event(this.nsp, id, event, args, null);
		CompletableFuture<Arguments> ack = new CompletableFuture<>();
		this.eventLoop.run(() -> {
			this.acks.put(id, ack);
			ack.whenComplete((value, error) -> this.eventLoop.run(() -> this.acks.remove(id, ack)));
			send(message);
		});
		return ack;
	}

	void ack(long id, @Nullable Object[] args) {
		EncodedMessage message = this.encoder.ack(this.nsp, id, args);
		this.eventLoop.run(() -> send(message));
	}

	private void send(EncodedMessage message) {
		if (this.connected) {
			this.client.send(message);
		}
		else if (this.unsent.size() < MAX_EVENTS) {
			this.unsent.add(message);
		}
	}

	CompletableFuture<Void> disconnect() {
		return this.eventLoop.perform(() -> {
			if (this.connected) {
				this.client.send(this.encoder.disconnect(this.nsp));
			}
			this.active = false;
			ended("io client disconnect");
		});
	}

	void on(String event, Consumer<ClientEvent> listener) {
		this.listeners.computeIfAbsent(event, (name) -> new CopyOnWriteArrayList<>()).add(listener);
	}

	void onDisconnect(Consumer<String> listener) {
		this.disconnectListeners.add(listener);
	}

	void off(String event) {
		this.listeners.remove(event);
	}

	/**
	 * Return and remove the first unread event that matches a condition.
	 */
	CompletableFuture<ClientEvent> next(Predicate<ClientEvent> condition) {
		CompletableFuture<ClientEvent> result = new CompletableFuture<>();
		this.eventLoop.run(() -> {
			Iterator<ClientEvent> events = this.received.iterator();
			while (events.hasNext()) {
				ClientEvent event = events.next();
				if (condition.test(event)) {
					events.remove();
					result.complete(event);
					return;
				}
			}
			this.waiters.removeIf((waiter) -> waiter.result().isDone());
			this.waiters.add(new Waiter(condition, result));
		});
		return result;
	}

	CompletableFuture<List<ClientEvent>> unread() {
		return this.eventLoop.call(() -> List.copyOf(this.received));
	}

	void received(Packet packet) {
		if (!this.active) {
			// as in the JavaScript client, also for a CONNECT that was in flight when the
			// socket disconnected
			return;
		}
		switch (packet.type()) {
			case CONNECT -> connected(packet.arguments());
			case CONNECT_ERROR -> refused(packet.arguments());
			case DISCONNECT -> {
				this.active = false;
				ended("io server disconnect");
			}
			case EVENT, BINARY_EVENT -> event(packet);
			case ACK, BINARY_ACK -> {
				CompletableFuture<Arguments> ack = this.acks.remove(packet.id());
				if (ack != null) {
					ack.complete(packet.arguments());
				}
			}
		}
	}

	private void connected(Arguments payload) {
		Map<?, ?> values = (payload.get(0) instanceof Map<?, ?> map) ? map : Map.of();
		String known = this.pid;
		Object pid = values.get("pid");
		this.recovered = known != null && known.equals(pid);
		this.pid = (pid != null) ? pid.toString() : null;
		Object sid = values.get("sid");
		this.id = (sid != null) ? sid.toString() : this.client.protocol3Id(this.nsp);
		this.connected = true;
		this.disconnection = new CompletableFuture<>();
		while (!this.unsent.isEmpty()) {
			this.client.send(this.unsent.remove());
		}
		this.connection.complete(null);
	}

	private void refused(Arguments payload) {
		this.active = false;
		Object value = payload.get(0);
		Object message = (value instanceof Map<?, ?> map) ? map.get("message") : value;
		this.connection.completeExceptionally(
				new ConnectErrorException(this.nsp, String.valueOf(message), payload, this.eventLoop.conversation()));
	}

	private void event(Packet packet) {
		Arguments arguments = packet.arguments();
		String offset = null;
		if (this.pid != null && packet.id() < 0 && arguments.size() > 0
				&& arguments.get(arguments.size() - 1) instanceof String last) {
			offset = last;
			this.offset = last;
		}
		ClientEvent event = new ClientEvent(this, String.valueOf(packet.event()), arguments, packet.id(), offset);
		List<Consumer<ClientEvent>> called = this.listeners.get(event.name());
		if (called != null && !called.isEmpty()) {
			called.forEach((listener) -> call(listener, event));
			return;
		}
		for (Iterator<Waiter> iterator = this.waiters.iterator(); iterator.hasNext();) {
			Waiter waiter = iterator.next();
			if (waiter.condition().test(event)) {
				// removed first, because a callback of the result may wait for another
				// event
				iterator.remove();
				if (waiter.result().complete(event)) {
					return;
				}
			}
		}
		if (this.received.size() == MAX_EVENTS) {
			this.received.remove();
			this.eventLoop.conversation().note("more than " + MAX_EVENTS + " events are unread, the oldest is lost");
		}
		this.received.add(event);
	}

	private <T> void call(Consumer<T> listener, T value) {
		try {
			listener.accept(value);
		}
		catch (RuntimeException | Error ex) {
			this.client.listenerFailed(ex);
		}
	}

	/**
	 * Fail the connection attempt, because there is no session.
	 */
	void failed(SocketIoClientException error) {
		this.connection.completeExceptionally(error);
	}

	/**
	 * Handle the end of the connection, or a disconnection from the namespace.
	 */
	void ended(String reason) {
		boolean wasConnected = this.connected;
		this.connected = false;
		this.id = null;
		if (!this.connection.isDone() || !this.acks.isEmpty()) {
			ConnectionLostException error = new ConnectionLostException(reason, this.eventLoop.conversation(), null);
			List<CompletableFuture<Arguments>> unanswered = List.copyOf(this.acks.values());
			this.acks.clear();
			this.connection.completeExceptionally(error);
			unanswered.forEach((ack) -> ack.completeExceptionally(error));
		}
		if (wasConnected) {
			this.disconnection.complete(reason);
			this.disconnectListeners.forEach((listener) -> call(listener, reason));
		}
	}

	/**
	 * Start a new connection attempt after the session was lost.
	 */
	void reconnecting() {
		this.connection = new CompletableFuture<>();
	}

	/**
	 * Waits for an event.
	 *
	 * @param condition the condition for the event
	 * @param result the event
	 */
	private record Waiter(Predicate<ClientEvent> condition, CompletableFuture<ClientEvent> result) {

	}

}
