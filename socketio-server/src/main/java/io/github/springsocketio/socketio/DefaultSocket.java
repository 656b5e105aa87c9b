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
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.adapter.BroadcastFlags;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.RemoteSocketDetails;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.PacketEncoder;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.util.Assert;

/**
 * A client in a namespace of this node. Its states and their transitions are in
 * {@link SocketLifecycle}.
 */
final class DefaultSocket extends SocketAcks {

	private static final AtomicReferenceFieldUpdater<DefaultSocket, @Nullable SocketData> DATA = AtomicReferenceFieldUpdater
		.newUpdater(DefaultSocket.class, SocketData.class, "data");

	private static final AtomicReferenceFieldUpdater<DefaultSocket, SocketState> STATE = AtomicReferenceFieldUpdater
		.newUpdater(DefaultSocket.class, SocketState.class, "state");

	private static final AtomicReferenceFieldUpdater<DefaultSocket, @Nullable End> END = AtomicReferenceFieldUpdater
		.newUpdater(DefaultSocket.class, End.class, "end");

	private final DefaultNamespace namespace;

	private final Connection connection;

	private final String id;

	private final Handshake handshake;

	private final @Nullable Recovery recovery;

	private final @Nullable EventRate rate;

	private volatile SocketState state = SocketState.CONNECTING;

	private volatile @Nullable SocketData data;

	private volatile @Nullable End end;

	private @Nullable EventPipeline pipeline;

	DefaultSocket(DefaultNamespace namespace, Connection connection, String id, Handshake handshake,
			@Nullable Recovery recovery) {
		this.namespace = namespace;
		this.connection = connection;
		this.id = id;
		this.handshake = handshake;
		this.recovery = recovery;
		int perSecond = namespace.server().options().maxEventsPerSecond();
		this.rate = (perSecond > 0) ? new EventRate(perSecond, now()) : null;
		if (recovery != null && recovery.session() != null && !recovery.session().data().isEmpty()) {
			this.data = new SocketData(recovery.session().data());
		}
	}

	@Override
	DefaultSocket self() {
		return this;
	}

	@Override
	public DefaultNamespace namespace() {
		return this.namespace;
	}

	Connection connection() {
		return this.connection;
	}

	@Override
	public EngineSession conn() {
		return this.connection.session();
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public Handshake handshake() {
		return this.handshake;
	}

	/**
	 * Count an event of the client; in the session's turn.
	 * @return {@code false} if there are too many of late
	 */
	boolean mayEmit() {
		return this.rate == null || this.rate.tryTake(now());
	}

	private long now() {
		return this.namespace.server().engine().timers().nanoTime();
	}

	@Nullable Recovery recovery() {
		return this.recovery;
	}

	@Override
	public boolean recovered() {
		return this.recovery != null && this.recovery.session() != null;
	}

	PacketEncoder encoder() {
		return this.namespace.encoder();
	}

	SocketState state() {
		return this.state;
	}

	@Override
	public Mono<Void> onDisconnect() {
		End created = new End();
		End current = END.compareAndSet(this, null, created) ? created
				: Objects.requireNonNull(this.end, "It is never taken away");
		if (this.state == SocketState.DISCONNECTED) {
			current.tell();
		}
		return current.sink.asMono();
	}

	/**
	 * Tell those who wait that the socket is disconnected.
	 */
	void tellEnd() {
		End current = this.end;
		if (current != null) {
			current.tell();
		}
	}

	boolean changeState(SocketState from, SocketState to) {
		return STATE.compareAndSet(this, from, to);
	}

	@Override
	public boolean connected() {
		return this.state.isConnected();
	}

	/**
	 * Return whether events go both ways.
	 */
	boolean isActive() {
		return this.state == SocketState.CONNECTED;
	}

	@Override
	public boolean hasLeft() {
		return this.state.compareTo(SocketState.LEAVING) >= 0;
	}

	@Override
	public Set<String> rooms() {
		return this.namespace.adapter().socketRooms(this);
	}

	@Override
	public Map<String, @Nullable Object> data() {
		SocketData result = this.data;
		if (result == null) {
			DATA.compareAndSet(this, null, new SocketData());
			result = Objects.requireNonNull(this.data);
		}
		return result;
	}

	@Override
	public RemoteSocketDetails details() {
		return new RemoteSocketDetails(this.id, this.handshake.toMap(), rooms(), data());
	}

	@Override
	void emit(Object event, @Nullable Object[] args, BroadcastFlags flags) {
		SocketState current = this.state;
		if (this.recovery != null && !flags.droppable() && current != SocketState.CONNECTING) {
			// stored, also for a client that is away (SIO-94)
			this.namespace.adapter().broadcast(new BroadcastPacket(event, args), BroadcastOptions.room(this.id, flags));
		}
		else if (current.compareTo(SocketState.CONNECTED) <= 0) {
			emit(event, -1, args, flags);
		}
	}

	private void emit(Object event, long ackId, @Nullable Object[] args, BroadcastFlags flags) {
		HandlerTable own = handlers();
		if (own != null && own.outgoing.length != 0) {
			tellOutgoing(own.outgoing, event.toString(), encoder().arguments(args));
		}
		EncodedMessage message = encoder().event(this.namespace.name(), ackId, event, args, null);
		write(message.compress(flags.compress()), flags.droppable());
	}

	@Override
	public void deliver(BroadcastPacket packet, EncodedMessage message, boolean droppable) {
		if (!isActive()) {
			return;
		}
		HandlerTable own = handlers();
		if (own != null && own.outgoing.length != 0) {
			tellOutgoing(own.outgoing, packet.event().toString(), packet.arguments(encoder()));
		}
		if (this.recovery == null || !this.recovery.hold(packet, message, droppable)) {
			transmit(message, droppable);
		}
	}

	private void tellOutgoing(OutgoingListener[] listeners, String event, Arguments args) {
		for (OutgoingListener listener : listeners) {
			try {
				listener.onOutgoing(this, event, args);
			}
			catch (Throwable ex) {
				UserCode.logFailure("A listener for outgoing events", this, ex);
			}
		}
	}

	/**
	 * Write a message after everything written before.
	 */
	void write(EncodedMessage message, boolean droppable) {
		if (this.recovery == null) {
			transmit(message, droppable);
		}
		else {
			this.namespace.inOrder(() -> transmit(message, droppable));
		}
	}

	void transmit(EncodedMessage message, boolean droppable) {
		if (droppable) {
			this.connection.session().sendVolatile(message);
		}
		else {
			this.connection.session().send(message);
		}
	}

	@Override
	Mono<Arguments> emitWithAck(String event, @Nullable Object[] args, BroadcastFlags flags) {
		EventNames.checkOutgoing(event);
		Duration limit = (flags.timeout() != null) ? flags.timeout() : this.namespace.server().options().ackTimeout();
		return Mono.create((sink) -> {
			AckRequest request = new AckRequest(this, sink);
			if (this.state.compareTo(SocketState.CONNECTED) <= 0) {
				Assert.state(expectAck(request.id(), request), "Too many acknowledgements are waited for");
				request.start(limit);
				emit(event, request.id(), args, flags);
			}
			else {
				request.start(limit);
			}
		});
	}

	/**
	 * Answer an event; dropped if the client is gone (SIO-50).
	 */
	void sendAck(long ackId, @Nullable Object[] args) {
		if (isActive()) {
			write(encoder().ack(this.namespace.name(), ackId, args), false);
		}
	}

	@Override
	public void join(Collection<String> rooms) {
		this.namespace.checkRooms(rooms.toArray(String[]::new));
		SocketLifecycle.join(this, rooms);
	}

	@Override
	public void leave(Collection<String> rooms) {
		for (String room : rooms) {
			this.namespace.adapter().del(this, room);
		}
	}

	@Override
	public void disconnect(boolean close) {
		if (close) {
			this.connection.disconnectAll(this);
		}
		else if (isActive()) {
			SocketLifecycle.end(this, DisconnectReason.SERVER_NAMESPACE_DISCONNECT, null, true);
		}
	}

	/**
	 * Return the way of events through middlewares. To be called in the session's turn.
	 */
	EventPipeline pipeline() {
		if (this.pipeline == null) {
			this.pipeline = new EventPipeline(this);
		}
		return this.pipeline;
	}

	void clearPipeline() {
		if (this.pipeline != null) {
			this.pipeline.clear();
		}
	}

	@Override
	public String toString() {
		return "Socket[nsp=" + LogText.of(this.namespace.name()) + ", state=" + this.state + "]";
	}

	/**
	 * Those who wait for the socket's end.
	 */
	private static final class End {

		private final Sinks.Empty<Void> sink = Sinks.empty();

		void tell() {
			// without effect if they were told already
			this.sink.tryEmitEmpty();
		}

	}

}
