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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.adapter.AckCallback;
import io.github.springsocketio.socketio.adapter.AdapterSocket;
import io.github.springsocketio.socketio.adapter.BroadcastFlags;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import io.github.springsocketio.socketio.adapter.RemoteSocketDetails;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.PacketEncoder;
import io.github.springsocketio.socketio.packet.ReservedEvents;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

import org.springframework.util.Assert;

/**
 * A client in a namespace of this node: its state, from the middlewares to the
 * disconnection, and its outgoing events. Each state transition happens once, on any
 * thread.
 */
final class DefaultSocket implements AdapterSocket, SocketRegistrationSupport {

	private static final AtomicReferenceFieldUpdater<DefaultSocket, @Nullable SocketData> DATA = AtomicReferenceFieldUpdater
		.newUpdater(DefaultSocket.class, SocketData.class, "data");

	private static final AtomicReferenceFieldUpdater<DefaultSocket, SocketState> STATE = AtomicReferenceFieldUpdater
		.newUpdater(DefaultSocket.class, SocketState.class, "state");

	private static final AtomicReferenceFieldUpdater<DefaultSocket, Sinks.@Nullable Empty<Void>> END = endUpdater();

	private static final AtomicReferenceFieldUpdater<DefaultSocket, @Nullable PendingAcks> ACKS = AtomicReferenceFieldUpdater
		.newUpdater(DefaultSocket.class, PendingAcks.class, "acks");

	private final DefaultNamespace namespace;

	private final String id;

	private final @Nullable RecoveryState recovery;

	private final SocketEvents events;

	private volatile SocketLink link;

	private volatile SocketState state = SocketState.CONNECTING;

	/** Whether earlier broadcasts still have to be sent before the DISCONNECT packet. */
	private volatile boolean draining;

	private volatile @Nullable SocketData data;

	private volatile Sinks.@Nullable Empty<Void> end;

	private volatile @Nullable PendingAcks acks;

	DefaultSocket(DefaultNamespace namespace, Client client, String id, Handshake handshake,
			@Nullable RecoveryState recovery) {
		this.namespace = namespace;
		this.id = id;
		this.link = new SocketLink(client, handshake);
		this.recovery = recovery;
		this.events = new SocketEvents(this);
		PersistedSession session = (recovery != null) ? recovery.session() : null;
		if (session != null && !session.data().isEmpty()) {
			this.data = new SocketData(session.data());
		}
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private static AtomicReferenceFieldUpdater<DefaultSocket, Sinks.@Nullable Empty<Void>> endUpdater() {
		return (AtomicReferenceFieldUpdater) AtomicReferenceFieldUpdater.newUpdater(DefaultSocket.class,
				Sinks.Empty.class, "end");
	}

	@Override
	public Socket self() {
		return this;
	}

	@Override
	public HandlerTable handlers() {
		return this.events.handlers();
	}

	@Override
	public void change(Consumer<HandlerTable> change) {
		this.events.change(change);
	}

	SocketEvents events() {
		return this.events;
	}

	@Override
	public DefaultNamespace namespace() {
		return this.namespace;
	}

	Client client() {
		return this.link.client();
	}

	SocketLink link() {
		return this.link;
	}

	@Override
	public EngineSession conn() {
		return this.link.client().session();
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public Handshake handshake() {
		return this.link.handshake();
	}

	@Nullable RecoveryState recovery() {
		return this.recovery;
	}

	@Override
	public boolean recovered() {
		return this.recovery != null && this.recovery.isRecovered();
	}

	@Override
	public @Nullable String receivedOffset() {
		return (this.recovery != null) ? RecoverableDelivery.receivedOffset(this, this.recovery) : null;
	}

	PacketEncoder encoder() {
		return this.namespace.encoder();
	}

	@Override
	public Set<String> rooms() {
		return this.namespace.localNode().rooms(this);
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
		return RemoteSocketDetails.builder(this.id).handshake(handshake().toMap()).rooms(rooms()).data(data()).build();
	}

	/**
	 * Return the Reactor context for publishers of the application.
	 */
	Context reactorContext() {
		return this.link.reactorContext(this);
	}

	SocketState state() {
		return this.state;
	}

	private boolean changeState(SocketState from, SocketState to) {
		return STATE.compareAndSet(this, from, to);
	}

	@Override
	public boolean connected() {
		return this.state.isConnected();
	}

	/**
	 * Return whether events are sent and received.
	 */
	boolean isActive() {
		return this.state == SocketState.CONNECTED;
	}

	/**
	 * Return whether events may be sent: also in middlewares, no longer while the socket
	 * is being disconnected.
	 */
	boolean mayEmit() {
		return this.state.compareTo(SocketState.CONNECTED) <= 0;
	}

	@Override
	public boolean hasLeft() {
		return this.state.compareTo(SocketState.LEAVING) >= 0;
	}

	/**
	 * Connect a socket whose middlewares have accepted it; in the session's turn.
	 */
	void connect(ConnectAttempt attempt) {
		if (this.state == SocketState.CONNECTING) {
			this.namespace.delivery().connect(this, attempt);
		}
	}

	/**
	 * Run a task in the session's turn, even if the socket moves to another session.
	 */
	void execute(Runnable task) {
		SocketLink current = this.link;
		current.client().session().execute(() -> {
			if (this.link == current) {
				task.run();
			}
			else {
				execute(task);
			}
		});
	}

	/**
	 * Move the socket to another connection of its client; in the turn of the previous
	 * session.
	 */
	void moveTo(Client next, Handshake nextHandshake) {
		List<String> hiddenRooms = HiddenRooms.of(conn().request(), handshake());
		this.link.leave(this);
		this.link = new SocketLink(next, nextHandshake);
		next.add(this);
		HiddenRooms.change(this, hiddenRooms);
		this.link.watchExpiry(this);
		if (next.isClosed()) {
			end(DisconnectReason.TRANSPORT_CLOSE, null, false);
		}
		if (!isActive()) {
			next.remove(this, nextHandshake);
		}
	}

	/**
	 * Enter the namespace: from now on the socket is found by its id and in its rooms.
	 */
	void enter(Collection<String> rooms) {
		this.namespace.add(this);
		// the own room comes first
		List<String> all = new ArrayList<>(rooms.size() + 3);
		all.add(this.id);
		all.addAll(HiddenRooms.of(conn().request(), handshake()));
		rooms.stream().filter((room) -> !room.equals(this.id)).forEach(all::add);
		this.namespace.localNode().join(this, all);
	}

	/**
	 * Mark a socket that has entered as connected.
	 * @return {@code false} if it was disconnected meanwhile
	 */
	boolean markConnected() {
		if (changeState(SocketState.CONNECTING, SocketState.CONNECTED)) {
			return true;
		}
		this.namespace.remove(this);
		this.namespace.localNode().leaveAll(this);
		return false;
	}

	/**
	 * Notify the application of a socket that is connected; in the session's turn.
	 */
	void notifyConnected() {
		client().onConnected();
		this.link.watchExpiry(this);
		this.events.callConnectionHandlers();
	}

	@Override
	public void disconnect(boolean close) {
		if (close) {
			client().disconnectAll(this);
		}
		else if (isActive()) {
			end(DisconnectReason.SERVER_NAMESPACE_DISCONNECT, null, true);
		}
	}

	/**
	 * End the socket. Listeners are called on this thread.
	 * @param sendDisconnect whether to send a DISCONNECT packet to the client
	 */
	void end(DisconnectReason reason, @Nullable String detail, boolean sendDisconnect) {
		// before the state changes: events up to this position were sent
		String position = this.namespace.delivery().position();
		if (changeState(SocketState.CONNECTING, SocketState.DISCONNECTED)) {
			this.namespace.localNode().leaveAll(this);
			this.namespace.delivery().disconnected(this, reason, position);
			release();
			notifyEnd();
		}
		else if (disconnecting(sendDisconnect)) {
			this.events.callDisconnectListeners((table) -> table.disconnecting, reason, detail);
			this.namespace.delivery().disconnected(this, reason, position);
			changeState(SocketState.DISCONNECTING, SocketState.LEAVING);
			this.namespace.localNode().leaveAll(this);
			this.namespace.remove(this);
			changeState(SocketState.LEAVING, SocketState.DISCONNECTED);
			release();
			this.events.callDisconnected(reason, detail);
			notifyEnd();
		}
	}

	/**
	 * End a socket of whose connection the application was not notified. No listener is
	 * called, and no state is kept.
	 * @return {@code false} if the socket was disconnected before
	 */
	boolean abandon() {
		if (!changeState(SocketState.CONNECTING, SocketState.DISCONNECTED)
				&& !changeState(SocketState.CONNECTED, SocketState.LEAVING)) {
			return false;
		}
		this.namespace.localNode().leaveAll(this);
		this.namespace.remove(this);
		changeState(SocketState.LEAVING, SocketState.DISCONNECTED);
		release();
		notifyEnd();
		return true;
	}

	private boolean disconnecting(boolean sendDisconnect) {
		if (this.state != SocketState.CONNECTED) {
			return false;
		}
		if (sendDisconnect) {
			// before the state changes, so that no queued broadcast is skipped
			this.draining = true;
		}
		if (!changeState(SocketState.CONNECTED, SocketState.DISCONNECTING)) {
			return false;
		}
		if (sendDisconnect) {
			DeliveryStrategy delivery = this.namespace.delivery();
			delivery.inOrder(this, () -> {
				this.draining = false;
				delivery.send(this, encoder().disconnect(this.namespace.name()), false, null);
			});
		}
		return true;
	}

	private void release() {
		PendingAcks table = this.acks;
		if (table != null) {
			table.removeAll().forEach(AckCallback::onDisconnect);
		}
		this.link.leave(this);
		execute(this.events::clear);
		this.namespace.release();
	}

	@Override
	public Mono<Void> onDisconnect() {
		Sinks.Empty<Void> created = Sinks.empty();
		Sinks.Empty<Void> current = END.compareAndSet(this, null, created) ? created
				: Objects.requireNonNull(this.end, "never removed");
		if (this.state == SocketState.DISCONNECTED) {
			current.tryEmitEmpty();
		}
		return current.asMono();
	}

	private void notifyEnd() {
		Sinks.Empty<Void> current = this.end;
		if (current != null) {
			// without effect if it was emitted before
			current.tryEmitEmpty();
		}
	}

	@Override
	public void join(Collection<String> rooms) {
		this.namespace.checkRooms(rooms);
		Collection<String> names = rooms;
		if (this.state == SocketState.CONNECTING && rooms.contains(this.id)) {
			// the own room is joined with the connection
			names = rooms.stream().filter((room) -> !room.equals(this.id)).toList();
		}
		if (!hasLeft() && !names.isEmpty()) {
			this.namespace.localNode().join(this, names);
		}
	}

	@Override
	public void leave(Collection<String> rooms) {
		Assert.notNull(rooms, "'rooms' must not be null");
		Assert.noNullElements(rooms, "'rooms' must not contain null");
		for (String room : rooms) {
			this.namespace.localNode().leave(this, room);
		}
	}

	@Override
	public void emit(String event, @Nullable Object... args) {
		emit(event, args, BroadcastFlags.NONE);
	}

	void emit(String event, @Nullable Object @Nullable [] args, BroadcastFlags flags) {
		ReservedEvents.checkOutgoing(event);
		this.namespace.delivery().emit(this, event, SocketArguments.of(args), flags);
	}

	@Override
	public Mono<Arguments> emitWithAck(String event, @Nullable Object... args) {
		return emitWithAck(event, args, BroadcastFlags.NONE);
	}

	Mono<Arguments> emitWithAck(String event, @Nullable Object @Nullable [] args, BroadcastFlags flags) {
		ReservedEvents.checkOutgoing(event);
		@Nullable Object[] arguments = SocketArguments.of(args);
		Mono<Arguments> response = Mono.create((sink) -> {
			AckRequest request = new AckRequest(this, sink);
			if (!mayEmit()) {
				request.onDisconnect();
				return;
			}
			Assert.state(expectAck(request.id(), request), "Too many acknowledgements are pending");
			request.start(this.namespace.server().ackTimeout(flags));
			writeEvent(event, request.id(), arguments, flags);
		});
		return this.namespace.server().observerCalls().ack(this.namespace, event, response);
	}

	/**
	 * Write an event for this socket alone.
	 * @param ackId the id of the acknowledgement, or -1 for none
	 */
	void writeEvent(Object event, long ackId, @Nullable Object[] args, BroadcastFlags flags) {
		if (this.events.hasOutgoingListeners()) {
			this.events.callOutgoingListeners(event.toString(), encoder().arguments(args));
		}
		EncodedMessage message = encoder().event(this.namespace.name(), ackId, event, args, null);
		write(message.compress(flags.isCompress()), flags.isVolatile(),
				(this.recovery != null && ackId < 0) ? SocketArguments.lastString(event, args) : null);
	}

	@Override
	public void deliver(BroadcastPacket packet, EncodedMessage message, boolean isVolatile) {
		if (!isActive() && !this.draining) {
			return;
		}
		if (this.events.hasOutgoingListeners()) {
			this.events.callOutgoingListeners(packet.event().toString(), packet.arguments(encoder()));
		}
		this.namespace.delivery().deliver(this, packet, message, isVolatile);
	}

	/**
	 * Write a message after everything written before.
	 */
	private void write(EncodedMessage message, boolean isVolatile, @Nullable String lastArgument) {
		this.namespace.delivery().write(this, message, isVolatile, lastArgument);
	}

	/**
	 * Pass a message to the session.
	 * @return whether the session has accepted it
	 */
	boolean transmit(EncodedMessage message, boolean isVolatile) {
		return isVolatile ? conn().sendVolatile(message) : conn().send(message);
	}

	@Override
	public Mono<Void> emitAll(String event, Publisher<?> values) {
		ReservedEvents.checkOutgoing(event);
		return new EmittedSource(this, event).emit(values);
	}

	@Override
	public Mono<Void> flushed() {
		return this.namespace.written().then(conn().flushed());
	}

	@Override
	public SocketEmitter asVolatile() {
		return new DefaultSocketEmitter(this, BroadcastFlags.NONE.asVolatile());
	}

	@Override
	public SocketEmitter compress(boolean compress) {
		return new DefaultSocketEmitter(this, BroadcastFlags.NONE.withCompress(compress));
	}

	@Override
	public SocketEmitter timeout(Duration timeout) {
		return new DefaultSocketEmitter(this, BroadcastFlags.NONE.withTimeout(timeout));
	}

	@Override
	public BroadcastOperator broadcast() {
		return DefaultBroadcastOperator.except(this.namespace, this.id);
	}

	/**
	 * Acknowledge an event; ignored if the client is disconnected.
	 */
	void sendAck(long ackId, @Nullable Object[] args) {
		if (isActive()) {
			write(encoder().ack(this.namespace.name(), ackId, args), false, null);
		}
	}

	@Override
	public boolean expectAck(long ackId, AckCallback callback) {
		PendingAcks table = this.acks;
		if (table == null) {
			ACKS.compareAndSet(this, null, new PendingAcks(this.namespace.server().options().maxPendingAcks()));
			table = Objects.requireNonNull(this.acks);
		}
		if (!table.add(ackId, callback)) {
			client().limitExceeded(SocketIoLimit.MAX_PENDING_ACKS);
			return false;
		}
		if (hasLeft() && table.remove(ackId) != null) {
			callback.onDisconnect();
		}
		return true;
	}

	@Override
	public boolean cancelAck(long ackId) {
		PendingAcks table = this.acks;
		return table != null && table.remove(ackId) != null;
	}

	/**
	 * Return the number of pending acknowledgements.
	 */
	int pendingAcks() {
		PendingAcks table = this.acks;
		return (table != null) ? table.size() : 0;
	}

	/**
	 * Handle an acknowledgement of the client; ignored if none is pending.
	 */
	void onAck(long ackId, Arguments arguments) {
		PendingAcks table = this.acks;
		AckCallback callback = (table != null) ? table.remove(ackId) : null;
		if (callback != null) {
			try {
				callback.onAck(arguments);
			}
			catch (Throwable ex) {
				this.events.errors().failed("Subscriber of an acknowledgement", ex, null);
			}
		}
	}

	@Override
	public String toString() {
		// with protocol 3 the id is that of the session, which is a secret
		String shown = client().isProtocol3() ? "" : "id=" + this.id + ", ";
		return "Socket[" + shown + "nsp=" + LogText.of(this.namespace.name()) + ", state=" + this.state + "]";
	}

}
