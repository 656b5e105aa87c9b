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
import java.util.Set;

import org.springframework.util.Assert;

/**
 * Selects the receivers of a broadcast. Immutable.
 *
 * @since 0.1.0
 */
public final class BroadcastOptions {

	/**
	 * Options that select all sockets of the namespace.
	 */
	public static final BroadcastOptions ALL = new BroadcastOptions(Set.of(), Set.of(), BroadcastFlags.NONE);

	private final Set<String> rooms;

	private final Set<String> except;

	private final BroadcastFlags flags;

	private BroadcastOptions(Set<String> rooms, Set<String> except, BroadcastFlags flags) {
		this.rooms = rooms;
		this.except = except;
		this.flags = flags;
	}

	/**
	 * Select one room.
	 * @param room the name of the room
	 * @return the selection
	 */
	public static BroadcastOptions room(String room) {
		return new BroadcastOptions(Set.of(room), Set.of(), BroadcastFlags.NONE);
	}

	/**
	 * Return the rooms whose sockets are selected.
	 * @return the names of the rooms; none for all sockets of the namespace
	 */
	public Set<String> rooms() {
		return this.rooms;
	}

	/**
	 * Return the rooms whose sockets are left out.
	 * @return the names of the rooms
	 */
	public Set<String> except() {
		return this.except;
	}

	/**
	 * Return how the broadcast is sent.
	 * @return the flags
	 */
	public BroadcastFlags flags() {
		return this.flags;
	}

	/**
	 * Return this selection with other rooms.
	 * @param rooms the names of the rooms, not to be changed afterwards; none for all
	 * sockets of the namespace
	 * @return a new selection
	 */
	public BroadcastOptions withRooms(Set<String> rooms) {
		Assert.notNull(rooms, "'rooms' must not be null");
		return new BroadcastOptions(rooms, this.except, this.flags);
	}

	/**
	 * Return this selection with other rooms left out.
	 * @param except the names of the rooms, not to be changed afterwards
	 * @return a new selection
	 */
	public BroadcastOptions withExcept(Set<String> except) {
		Assert.notNull(except, "'except' must not be null");
		return new BroadcastOptions(this.rooms, except, this.flags);
	}

	/**
	 * Return this selection with other flags.
	 * @param flags how the broadcast is sent
	 * @return a new selection
	 */
	public BroadcastOptions withFlags(BroadcastFlags flags) {
		Assert.notNull(flags, "'flags' must not be null");
		return new BroadcastOptions(this.rooms, this.except, flags);
	}

	/**
	 * Return whether a socket is selected.
	 * @param joined the names of the rooms that the socket is in
	 * @return whether it is
	 */
	public boolean selects(Collection<String> joined) {
		Assert.notNull(joined, "'joined' must not be null");
		return (this.rooms.isEmpty() || this.rooms.stream().anyMatch(joined::contains))
				&& this.except.stream().noneMatch(joined::contains);
	}

	@Override
	public String toString() {
		return "BroadcastOptions[rooms=" + this.rooms.size() + ", except=" + this.except.size() + ", flags="
				+ this.flags + "]";
	}

}
