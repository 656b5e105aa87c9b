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

package io.github.springsocketio.socketio.adapter;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The sockets of a namespace by room and the rooms by socket (CL-01, CL-03). The
 * membership of a socket in the room of its own id is implicit; only leaving that room is
 * recorded. A socket that joins no other room needs no memory here.
 * <p>
 * The rooms of a socket are changed in the computation of its entry of
 * {@link #memberships}, so that joining rooms and leaving the namespace exclude each
 * other. The members of a room are changed in the computation of the room's entry, always
 * after the former.
 */
final class RoomIndex {

	/**
	 * The maximum number of hidden rooms of the server itself that one socket is in: the
	 * rooms of its user and its session and, while the id of the session changes, of the
	 * next id.
	 */
	private static final int MAX_HIDDEN = 3;

	/** The approximate memory of a room of a socket in addition to its name. */
	private static final int OVERHEAD = 256;

	private final AdapterNamespace namespace;

	private final Map<String, Set<AdapterSocket>> rooms = new ConcurrentHashMap<>();

	private final Map<AdapterSocket, Membership> memberships = new ConcurrentHashMap<>();

	private final List<RoomListener> listeners = new CopyOnWriteArrayList<>();

	RoomIndex(AdapterNamespace namespace) {
		this.namespace = namespace;
	}

	void addListener(RoomListener listener) {
		this.listeners.add(listener);
	}

	void removeListener(RoomListener listener) {
		this.listeners.remove(listener);
	}

	private RoomEvents events(AdapterSocket socket) {
		return new RoomEvents(this.namespace, this.listeners, socket);
	}

	void addAll(AdapterSocket socket, Collection<String> names) {
		RoomEvents events = events(socket);
		long[] added = new long[1];
		this.memberships.compute(socket, (key, current) -> {
			if (socket.hasLeft()) {
				return current;
			}
			Membership membership = (current != null) ? current : new Membership();
			long before = membership.bytes;
			for (String name : names) {
				add(socket, membership, name, events);
			}
			added[0] = membership.bytes - before;
			return membership.isEmpty() ? null : membership;
		});
		countMemory(added[0]);
		this.namespace.roomsChanged(socket, names);
		if (events.isRefused()) {
			this.namespace.onTooManyRooms();
		}
		events.fire();
	}

	private void countMemory(long bytes) {
		if (bytes != 0) {
			this.namespace.countMemory(bytes);
		}
	}

	/**
	 * Return the memory of the rooms of a socket, in bytes.
	 */
	long memoryOf(AdapterSocket socket) {
		Membership membership = this.memberships.get(socket);
		return (membership != null) ? membership.bytes : 0;
	}

	private void add(AdapterSocket socket, Membership membership, String name, RoomEvents events) {
		if (name.equals(socket.id())) {
			// a socket that is not connected joins its own room for the first time
			if (membership.leftOwn || !socket.connected()) {
				membership.leftOwn = false;
				events.joined(name, !this.rooms.containsKey(name));
			}
			return;
		}
		if (membership.rooms.contains(name)) {
			return;
		}
		if (membership.size(name) >= this.namespace.maxRoomsPerSocket()) {
			events.refused(this.namespace.maxRoomsPerSocket());
			return;
		}
		membership.add(name);
		boolean[] created = new boolean[1];
		this.rooms.compute(name, (key, members) -> {
			created[0] = members == null;
			Set<AdapterSocket> result = (members != null) ? members : ConcurrentHashMap.newKeySet();
			result.add(socket);
			return result;
		});
		if (!LocalSockets.isHidden(name)) {
			events.joined(name, created[0] && owner(name) == null);
		}
	}

	void del(AdapterSocket socket, String name) {
		RoomEvents events = events(socket);
		boolean own = name.equals(socket.id());
		long[] removed = new long[1];
		this.memberships.compute(socket, (key, current) -> {
			if (own && socket.connected() && !socket.hasLeft() && (current == null || !current.leftOwn)) {
				Membership membership = (current != null) ? current : new Membership();
				membership.leftOwn = true;
				events.left(name, !this.rooms.containsKey(name));
				return membership;
			}
			if (!own && current != null && current.remove(name)) {
				removed[0] = Membership.cost(name);
				remove(socket, name, events);
			}
			return (current == null || current.isEmpty()) ? null : current;
		});
		countMemory(-removed[0]);
		this.namespace.roomsChanged(socket, List.of(name));
		events.fire();
	}

	void delAll(AdapterSocket socket) {
		RoomEvents events = events(socket);
		Membership membership = this.memberships.remove(socket);
		this.namespace.roomsChanged(socket, List.of(socket.id()));
		if (socket.connected() && (membership == null || !membership.leftOwn)) {
			events.left(socket.id(), !this.rooms.containsKey(socket.id()));
		}
		if (membership != null) {
			membership.rooms.forEach((name) -> remove(socket, name, events));
			this.namespace.roomsChanged(socket, membership.rooms);
			countMemory(-membership.bytes);
		}
		events.fire();
	}

	private void remove(AdapterSocket socket, String name, RoomEvents events) {
		Set<AdapterSocket> remaining = this.rooms.computeIfPresent(name, (key, members) -> {
			members.remove(socket);
			return members.isEmpty() ? null : members;
		});
		if (!LocalSockets.isHidden(name)) {
			events.left(name, remaining == null && owner(name) == null);
		}
	}

	Set<String> rooms(AdapterSocket socket) {
		Set<String> result = new LinkedHashSet<>();
		this.memberships.compute(socket, (key, membership) -> {
			if (socket.connected() && (membership == null || !membership.leftOwn)) {
				result.add(socket.id());
			}
			if (membership != null) {
				membership.rooms.stream().filter((name) -> !LocalSockets.isHidden(name)).forEach(result::add);
			}
			return membership;
		});
		return Collections.unmodifiableSet(result);
	}

	Set<String> rooms() {
		Set<String> result = new LinkedHashSet<>(this.rooms.keySet());
		result.removeIf(LocalSockets::isHidden);
		for (AdapterSocket socket : this.namespace.localSockets()) {
			if (owner(socket.id()) != null) {
				result.add(socket.id());
			}
		}
		return Collections.unmodifiableSet(result);
	}

	/**
	 * Visit each selected socket once. Nothing is collected unless several rooms are
	 * selected.
	 */
	void forEach(BroadcastOptions options, Consumer<AdapterSocket> action) {
		Set<String> selected = options.rooms();
		Set<String> except = options.except();
		if (selected.isEmpty()) {
			for (AdapterSocket socket : this.namespace.localSockets()) {
				visit(socket, except, action);
			}
			return;
		}
		if (selected.size() == 1) {
			forEach(selected.iterator().next(), except, action);
			return;
		}
		Set<AdapterSocket> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		for (String name : selected) {
			forEach(name, except, (socket) -> {
				if (seen.add(socket)) {
					action.accept(socket);
				}
			});
		}
	}

	private void forEach(String name, Set<String> except, Consumer<AdapterSocket> action) {
		AdapterSocket owner = owner(name);
		if (owner != null) {
			visit(owner, except, action);
		}
		Set<AdapterSocket> members = this.rooms.get(name);
		if (members != null) {
			for (AdapterSocket socket : members) {
				visit(socket, except, action);
			}
		}
	}

	private void visit(AdapterSocket socket, Set<String> except, Consumer<AdapterSocket> action) {
		if (socket.connected() && (except.isEmpty() || !isExcluded(socket, except))) {
			action.accept(socket);
		}
	}

	private boolean isExcluded(AdapterSocket socket, Set<String> except) {
		if (except.contains(socket.id())) {
			return true;
		}
		for (String name : except) {
			Set<AdapterSocket> members = this.rooms.get(name);
			if (members != null && members.contains(socket)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return whether a socket is in a room.
	 */
	boolean isIn(AdapterSocket socket, String name) {
		Set<AdapterSocket> members = this.rooms.get(name);
		return (members != null && members.contains(socket)) || owner(name) == socket;
	}

	/**
	 * Return the socket whose own room this is, unless it has left it.
	 */
	private @Nullable AdapterSocket owner(String name) {
		AdapterSocket socket = this.namespace.localSocket(name);
		if (socket == null || socket.hasLeft()) {
			return null;
		}
		Membership membership = this.memberships.get(socket);
		return (membership == null || !membership.leftOwn) ? socket : null;
	}

	/**
	 * Return whether a room is the own room of a socket and has no other members.
	 * @param socket the socket, or {@code null} for a room without members
	 */
	boolean hasOnly(String name, @Nullable AdapterSocket socket) {
		return !this.rooms.containsKey(name) && owner(name) == socket;
	}

	/**
	 * The rooms of one socket besides its own.
	 */
	private static final class Membership {

		private final Set<String> rooms = new LinkedHashSet<>(4);

		/** The number of hidden rooms among them. */
		private int hidden;

		/** The memory of the rooms. */
		private volatile long bytes;

		private volatile boolean leftOwn;

		private void add(String name) {
			this.rooms.add(name);
			this.bytes = this.bytes + cost(name);
			this.hidden += LocalSockets.isHidden(name) ? 1 : 0;
		}

		private boolean remove(String name) {
			if (!this.rooms.remove(name)) {
				return false;
			}
			this.bytes = this.bytes - cost(name);
			this.hidden -= LocalSockets.isHidden(name) ? 1 : 0;
			return true;
		}

		private static long cost(String name) {
			return OVERHEAD + name.length();
		}

		/**
		 * Return the number of rooms to compare with the limit when another one is
		 * joined. The hidden rooms of the server itself, which are the first hidden ones,
		 * do not count.
		 */
		private int size(String name) {
			return (LocalSockets.isHidden(name) && this.hidden < MAX_HIDDEN) ? 0
					: this.rooms.size() - Math.min(this.hidden, MAX_HIDDEN);
		}

		private boolean isEmpty() {
			return this.rooms.isEmpty() && !this.leftOwn;
		}

	}

}
