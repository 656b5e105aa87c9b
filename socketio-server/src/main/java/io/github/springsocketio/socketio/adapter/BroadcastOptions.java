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

import java.util.Set;

import org.springframework.util.Assert;

/**
 * Selects the receivers of a broadcast (CL-06).
 *
 * @param rooms the sockets of all these rooms together; no room at all selects all
 * sockets of the namespace
 * @param except the rooms whose sockets are left out
 * @param flags how it is sent
 * @since 0.1.0
 */
public record BroadcastOptions(Set<String> rooms, Set<String> except, BroadcastFlags flags) {

	/**
	 * All sockets of the namespace.
	 */
	public static final BroadcastOptions ALL = new BroadcastOptions(Set.of(), Set.of(), BroadcastFlags.NONE);

	public BroadcastOptions {
		Assert.notNull(rooms, "'rooms' must not be null");
		Assert.notNull(except, "'except' must not be null");
		Assert.notNull(flags, "'flags' must not be null");
	}

	/**
	 * Select one room.
	 * @param room the name of the room
	 * @param flags how it is sent
	 * @return the selection
	 */
	public static BroadcastOptions room(String room, BroadcastFlags flags) {
		return new BroadcastOptions(Set.of(room), Set.of(), flags);
	}

}
