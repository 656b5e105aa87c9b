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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.adapter.Adapter;
import io.github.springsocketio.socketio.adapter.MissedPacket;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The transitions of a socket, each of which happens once, whoever asks for it (SIO-30,
 * SIO-39, SEC-76).
 */
final class SocketLifecycle {

	private static final Log logger = LogFactory.getLog(SocketLifecycle.class);

	private SocketLifecycle() {
	}

	/**
	 * Let a client in whose middlewares have accepted it; in the session's turn.
	 */
	static void connect(DefaultSocket socket) {
		Recovery recovery = socket.recovery();
		PersistedSession session = (recovery != null) ? recovery.session() : null;
		if (recovery == null) {
			enter(socket, List.of());
			socket.transmit(connectPacket(socket), false);
			if (connected(socket)) {
				socket.connection().onConnected(socket);
			}
		}
		else if (session == null) {
			socket.namespace().inOrder(() -> letIn(socket, recovery));
			// at once, before anything else that came with the CONNECT
			announce(socket, recovery);
		}
		else {
			socket.namespace().inOrder(() -> restore(socket, recovery, session));
		}
	}

	/**
	 * Enter and answer in one step of the namespace's order: a broadcast that is being
	 * written reaches the client after the answer to its CONNECT, or not at all.
	 */
	private static void letIn(DefaultSocket socket, Recovery recovery) {
		if (socket.state() != SocketState.CONNECTING) {
			return;
		}
		enter(socket, List.of());
		socket.transmit(connectPacket(socket), false);
		if (connected(socket)) {
			recovery.entered();
			socket.conn().execute(() -> announce(socket, recovery));
		}
	}

	/**
	 * Tell of a socket that has entered, once; in the session's turn.
	 */
	private static void announce(DefaultSocket socket, Recovery recovery) {
		if (recovery.takeEntrance()) {
			socket.connection().onConnected(socket);
		}
	}

	private static void enter(DefaultSocket socket, Collection<String> rooms) {
		socket.namespace().add(socket);
		// the own room comes first
		List<String> all = new ArrayList<>(rooms.size() + 1);
		all.add(socket.id());
		all.addAll(rooms);
		socket.namespace().adapter().addAll(socket, all);
	}

	private static boolean connected(DefaultSocket socket) {
		if (socket.changeState(SocketState.CONNECTING, SocketState.CONNECTED)) {
			return true;
		}
		// ended meanwhile
		socket.namespace().remove(socket);
		socket.namespace().adapter().delAll(socket);
		return false;
	}

	/**
	 * Bring a socket back (SIO-98): it joins its rooms, gets what it has missed and what
	 * comes meanwhile, and only then the answer to its CONNECT. Runs in the order of the
	 * namespace, so that nothing is lost or doubled.
	 */
	private static void restore(DefaultSocket socket, Recovery recovery, PersistedSession session) {
		recovery.hold();
		enter(socket, session.rooms());
		if (connected(socket)) {
			String offset = (recovery.offset() != null) ? recovery.offset() : "";
			socket.namespace()
				.adapter()
				.missedPackets(session, offset)
				.subscribe((missed) -> restored(socket, recovery, missed), (error) -> {
					logger.warn("What a client has missed cannot be looked up", error);
					restored(socket, recovery, List.of());
				});
		}
	}

	private static void restored(DefaultSocket socket, Recovery recovery, List<MissedPacket> missed) {
		socket.namespace().inOrder(() -> {
			recovery.release(missed, (message) -> socket.transmit(message, false));
			socket.transmit(connectPacket(socket), false);
			socket.conn().execute(() -> socket.connection().onConnected(socket));
		});
	}

	private static EncodedMessage connectPacket(DefaultSocket socket) {
		String nsp = socket.namespace().name();
		if (socket.connection().isProtocol3()) {
			return socket.encoder().connect(nsp, null);
		}
		Recovery recovery = socket.recovery();
		if (recovery == null) {
			return socket.encoder().connect(nsp, Map.of("sid", socket.id()));
		}
		Map<String, String> payload = new LinkedHashMap<>();
		payload.put("sid", socket.id());
		payload.put("pid", recovery.pid());
		return socket.encoder().connect(nsp, payload);
	}

	/**
	 * Join rooms; the own one is joined with the connection.
	 */
	static void join(DefaultSocket socket, Collection<String> rooms) {
		if (socket.state() == SocketState.CONNECTING && rooms.contains(socket.id())) {
			rooms = rooms.stream().filter((room) -> !room.equals(socket.id())).toList();
		}
		if (!socket.hasLeft() && !rooms.isEmpty()) {
			socket.namespace().adapter().addAll(socket, rooms);
		}
	}

	/**
	 * End a socket. Listeners are called on this thread.
	 * @param tell whether the client is told
	 */
	static void end(DefaultSocket socket, DisconnectReason reason, @Nullable String detail, boolean tell) {
		if (socket.changeState(SocketState.CONNECTING, SocketState.DISCONNECTED)) {
			socket.namespace().adapter().delAll(socket);
			if (socket.recovery() != null && socket.recovery().session() != null && isRecoverable(reason)) {
				socket.namespace().adapter().persistSession(socket.recovery().session());
			}
			forget(socket);
			socket.tellEnd();
		}
		else if (socket.changeState(SocketState.CONNECTED, SocketState.DISCONNECTING)) {
			if (tell) {
				socket.write(socket.encoder().disconnect(socket.namespace().name()), false);
			}
			UserCode.disconnecting(socket, reason, detail);
			if (isRecoverable(reason)) {
				persist(socket);
			}
			socket.changeState(SocketState.DISCONNECTING, SocketState.LEAVING);
			socket.namespace().adapter().delAll(socket);
			socket.namespace().remove(socket);
			socket.changeState(SocketState.LEAVING, SocketState.DISCONNECTED);
			forget(socket);
			UserCode.disconnect(socket, reason, detail);
			socket.tellEnd();
		}
	}

	private static void forget(DefaultSocket socket) {
		socket.forgetAcks();
		socket.connection().remove(socket);
		socket.conn().execute(socket::clearPipeline);
		socket.namespace().release();
	}

	private static void persist(DefaultSocket socket) {
		Recovery recovery = socket.recovery();
		if (recovery != null) {
			Adapter adapter = socket.namespace().adapter();
			adapter.persistSession(new PersistedSession(socket.id(), recovery.pid(), socket.rooms(),
					new LinkedHashMap<>(socket.data())));
		}
	}

	/**
	 * Return whether a client that was disconnected for a reason may come back (SIO-96).
	 */
	private static boolean isRecoverable(DisconnectReason reason) {
		return switch (reason) {
			case TRANSPORT_ERROR, TRANSPORT_CLOSE, FORCED_CLOSE, PING_TIMEOUT, SERVER_SHUTTING_DOWN,
					FORCED_SERVER_CLOSE ->
				true;
			case CLIENT_NAMESPACE_DISCONNECT, SERVER_NAMESPACE_DISCONNECT, PARSE_ERROR -> false;
		};
	}

}
