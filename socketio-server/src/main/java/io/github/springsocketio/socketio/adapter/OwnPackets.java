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

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The stored packets that were sent to one socket only, by the id of the socket. Not
 * thread-safe.
 */
final class OwnPackets {

	private final Map<String, Own> bySocket = new LinkedHashMap<>();

	/** The ids of the sockets by the position of each packet. */
	private final TreeMap<Long, Own> byPosition = new TreeMap<>();

	private final Consumer<StoredPacket> onRemoved;

	/**
	 * Create an empty store.
	 * @param onRemoved called with each packet that is removed
	 */
	OwnPackets(Consumer<StoredPacket> onRemoved) {
		this.onRemoved = onRemoved;
	}

	int size() {
		return this.byPosition.size();
	}

	boolean isEmpty() {
		return this.bySocket.isEmpty();
	}

	void add(String sid, StoredPacket packet) {
		Own own = this.bySocket.computeIfAbsent(sid, (key) -> new Own());
		own.log.add(packet);
		this.byPosition.put(packet.position(), own);
	}

	/**
	 * Return the oldest packet, or {@code null} if there is none.
	 */
	@Nullable StoredPacket first() {
		return this.byPosition.isEmpty() ? null : this.byPosition.firstEntry().getValue().log.first();
	}

	/**
	 * Remove the oldest packet, which may be lost for its client.
	 */
	void removeFirst() {
		Own own = this.byPosition.firstEntry().getValue();
		own.lost = own.log.get(0).position();
		removeFirst(own);
	}

	private void removeFirst(Own own) {
		StoredPacket removed = own.log.removeFirst();
		this.byPosition.remove(removed.position());
		this.onRemoved.accept(removed);
	}

	/**
	 * Remove the packets that a client has received.
	 * @param position the position of the last one
	 */
	void removeReceived(String sid, long position) {
		Own own = this.bySocket.get(sid);
		if (own == null) {
			return;
		}
		while (!own.log.isEmpty() && own.log.get(0).position() <= position) {
			removeFirst(own);
		}
		if (own.log.isEmpty() && own.lost <= position) {
			this.bySocket.remove(sid);
		}
	}

	/**
	 * Remove all packets of a socket.
	 */
	void remove(String sid) {
		Own own = this.bySocket.remove(sid);
		if (own != null) {
			removeAll(own);
		}
	}

	private void removeAll(Own own) {
		while (!own.log.isEmpty()) {
			removeFirst(own);
		}
	}

	/**
	 * Remove all packets of the sockets that are unknown now and were unknown in the
	 * previous call. A socket whose state is about to be stored may be unknown for a
	 * moment.
	 */
	void removeUnknown(Predicate<String> known) {
		Iterator<Map.Entry<String, Own>> entries = this.bySocket.entrySet().iterator();
		while (entries.hasNext()) {
			Map.Entry<String, Own> entry = entries.next();
			Own own = entry.getValue();
			if (known.test(entry.getKey())) {
				own.unknown = false;
			}
			else if (own.unknown) {
				entries.remove();
				removeAll(own);
			}
			else {
				own.unknown = true;
			}
		}
	}

	List<String> sockets() {
		return List.copyOf(this.bySocket.keySet());
	}

	boolean contains(String sid, long position) {
		Own own = this.bySocket.get(sid);
		return own != null && own.log.find(position) != null;
	}

	/**
	 * Add the packets of a socket after a position to a list.
	 * @return {@code false} if one of them is lost
	 */
	boolean collect(String sid, long position, List<StoredPacket> result) {
		Own own = this.bySocket.get(sid);
		if (own == null) {
			return true;
		}
		for (int i = own.log.indexAfter(position); i < own.log.size(); i++) {
			result.add(own.log.get(i));
		}
		return own.lost <= position;
	}

	void clear() {
		this.bySocket.clear();
		this.byPosition.clear();
	}

	/**
	 * The packets of one socket.
	 */
	private static final class Own {

		private final PacketLog log = new PacketLog();

		private long lost = Offsets.NONE;

		private boolean unknown;

	}

}
