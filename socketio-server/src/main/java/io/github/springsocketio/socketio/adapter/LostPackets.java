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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The positions of the last packets for each room that are no longer stored, to determine
 * whether a client has missed such a packet. Not thread-safe.
 */
final class LostPackets {

	private static final int MAX_ROOMS = 10_000;

	private final Map<String, Lost> byRoom = new LinkedHashMap<>();

	/** The last packet to all rooms, or to a room that is no longer known. */
	private long toAll = Offsets.NONE;

	void add(StoredPacket packet, long now) {
		if (packet.options().rooms().isEmpty()) {
			this.toAll = Math.max(this.toAll, packet.position());
			return;
		}
		for (String room : packet.options().rooms()) {
			this.byRoom.remove(room);
			this.byRoom.put(room, new Lost(packet.position(), now));
		}
		while (this.byRoom.size() > MAX_ROOMS) {
			Map.Entry<String, Lost> oldest = this.byRoom.entrySet().iterator().next();
			this.toAll = Math.max(this.toAll, oldest.getValue().position());
			this.byRoom.remove(oldest.getKey());
		}
	}

	/**
	 * Return whether a packet for one of several rooms after a position may be lost.
	 */
	boolean contains(long position, Set<String> rooms) {
		if (this.toAll > position) {
			return true;
		}
		for (String room : rooms) {
			Lost lost = this.byRoom.get(room);
			if (lost != null && lost.position() > position) {
				return true;
			}
		}
		return false;
	}

	boolean isEmpty() {
		return this.byRoom.isEmpty();
	}

	/**
	 * Remove positions of packets that were lost long ago.
	 * @param age the age in nanoseconds at which no client can request a packet any more
	 */
	void removeOlder(long age, long now) {
		this.byRoom.values().removeIf((lost) -> now - lost.at() > age);
	}

	void clear() {
		this.byRoom.clear();
	}

	private record Lost(long position, long at) {

	}

}
