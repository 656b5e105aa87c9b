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

package io.github.springsocketio.autoconfigure.actuate;

import java.security.Principal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.github.springsocketio.autoconfigure.SafeText;
import io.github.springsocketio.autoconfigure.actuate.ServerView.NamespaceView;
import io.github.springsocketio.autoconfigure.actuate.ServerView.RoomView;
import io.github.springsocketio.autoconfigure.actuate.ServerView.RoomsView;
import io.github.springsocketio.autoconfigure.actuate.ServerView.SocketView;
import io.github.springsocketio.autoconfigure.actuate.ServerView.SocketsView;
import io.github.springsocketio.engineio.Principals;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the details of a server for the endpoint. They are limited to this node, and do
 * not contain data of messages.
 */
final class ServerInspector {

	/**
	 * The number of characters of an id that are shown. The other characters are secret.
	 */
	static final int ID_LENGTH = 8;

	static final int MAX_NAMESPACES = 100;

	static final int MAX_HANDLERS = 200;

	static final int MAX_ROOMS_OF_SOCKET = 20;

	private final SocketIoServer server;

	ServerInspector(SocketIoServer server) {
		this.server = server;
	}

	Map<String, Long> sessions() {
		Map<String, Long> result = new LinkedHashMap<>();
		for (TransportType type : TransportType.values()) {
			result.put(type.text(),
					this.server.engine()
						.sessions()
						.stream()
						.filter((session) -> session.transportType() == type)
						.count());
		}
		return result;
	}

	List<NamespaceView> namespaces(Collection<Namespace> namespaces) {
		return namespaces.stream()
			.map(ServerInspector::view)
			.sorted(Comparator.comparingInt(NamespaceView::sockets).reversed().thenComparing(NamespaceView::name))
			.limit(MAX_NAMESPACES)
			.toList();
	}

	private static NamespaceView view(Namespace namespace) {
		List<String> handlers = namespace.eventNames().stream().sorted().limit(MAX_HANDLERS).map(SafeText::of).toList();
		return new NamespaceView(SafeText.of(namespace.name()), namespace.isDynamic(), namespace.sockets().size(),
				namespace.adapter().getClass().getSimpleName(), handlers);
	}

	/**
	 * Return the largest rooms.
	 * @param name the name of a namespace, or {@code null} for all
	 */
	RoomsView rooms(@Nullable String name, int limit) {
		List<RoomView> rooms = new ArrayList<>();
		for (Namespace namespace : this.server.namespaces()) {
			if (name == null || name.equals(namespace.name())) {
				counts(namespace)
					.forEach((room, count) -> rooms.add(new RoomView(namespace.name(), room, count.longValue())));
			}
		}
		List<RoomView> largest = rooms.stream()
			.sorted(Comparator.comparingLong(RoomView::sockets)
				.reversed()
				.thenComparing(RoomView::namespace)
				.thenComparing(RoomView::name))
			.limit(limit)
			.map((room) -> new RoomView(SafeText.of(room.namespace()), SafeText.of(room.name()), room.sockets()))
			.toList();
		return new RoomsView(largest, rooms.size());
	}

	private static Map<String, Integer> counts(Namespace namespace) {
		Map<String, Integer> counts = new HashMap<>();
		for (Socket socket : namespace.sockets().values()) {
			for (String room : socket.rooms()) {
				if (isNoSocket(namespace, socket, room)) {
					counts.merge(room, 1, Integer::sum);
				}
			}
		}
		return counts;
	}

	/**
	 * Return whether a room is not the room of a single socket, whose name is the
	 * complete id.
	 */
	private static boolean isNoSocket(Namespace namespace, Socket socket, String room) {
		return !room.equals(socket.id()) && !namespace.sockets().containsKey(room);
	}

	/**
	 * Return sockets of all namespaces.
	 */
	SocketsView sockets(Predicate<Socket> condition, int limit) {
		List<Socket> found = find(condition);
		return new SocketsView(found.stream()
			.sorted(Comparator.comparing((socket) -> socket.handshake().issued()))
			.limit(limit)
			.map(ServerInspector::view)
			.toList(), found.size());
	}

	List<Socket> find(Predicate<Socket> condition) {
		return this.server.namespaces()
			.stream()
			.flatMap((namespace) -> namespace.sockets().values().stream())
			.filter(condition)
			.toList();
	}

	private static SocketView view(Socket socket) {
		String user = userName(socket);
		List<String> rooms = socket.rooms()
			.stream()
			.filter((room) -> isNoSocket(socket.namespace(), socket, room))
			.sorted()
			.limit(MAX_ROOMS_OF_SOCKET)
			.map(SafeText::of)
			.toList();
		return new SocketView(shortId(socket), shorten(socket.conn().id()), SafeText.of(socket.nsp()),
				(user != null) ? SafeText.of(user) : null, socket.conn().transportType().text(),
				socket.conn().protocol(), socket.handshake().issued(), socket.recovered(),
				socket.conn().bufferedBytes(), rooms);
	}

	static @Nullable String userName(Socket socket) {
		Principal user = socket.principal();
		return (user != null && Principals.isAuthenticated(user)) ? user.getName() : null;
	}

	/**
	 * Return the start of an id, without the namespace that precedes it in protocol 3.
	 */
	static String shortId(Socket socket) {
		String id = socket.id();
		String prefix = socket.nsp() + "#";
		return shorten(id.startsWith(prefix) ? id.substring(prefix.length()) : id);
	}

	static String shorten(String id) {
		// ids may be short if the application has its own generator
		return id.substring(0, Math.min(ID_LENGTH, id.length() / 2));
	}

}
