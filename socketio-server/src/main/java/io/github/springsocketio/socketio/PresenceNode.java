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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The known sockets of another node. Used in the order of a {@link PresenceView} only.
 */
final class PresenceNode {

	private final PresenceMembers members;

	private final Map<String, PresentSocket> sockets = new LinkedHashMap<>();

	private String epoch = "";

	private long version;

	/** The number of consecutive requests without a response. */
	private int misses;

	PresenceNode(PresenceMembers members) {
		this.members = members;
	}

	String epoch() {
		return this.epoch;
	}

	long version() {
		return this.version;
	}

	/**
	 * Handle a response of the node.
	 * @param current its sockets, or {@code null} if they have not changed
	 */
	void responded(String currentEpoch, long currentVersion, @Nullable List<PresentSocket> current) {
		this.misses = 0;
		if (current == null || (this.epoch.equals(currentEpoch) && this.version >= currentVersion)) {
			return;
		}
		this.epoch = currentEpoch;
		this.version = currentVersion;
		Map<String, PresentSocket> next = new LinkedHashMap<>();
		current.forEach((socket) -> next.put(socket.id(), socket));
		List.copyOf(this.sockets.keySet()).stream().filter((id) -> !next.containsKey(id)).forEach(this::remove);
		next.values().forEach(this::add);
	}

	/**
	 * Handle a change: a socket of the node has joined or left.
	 * @return {@code false} if changes before this one are missing
	 */
	boolean changed(String changeEpoch, long changeVersion, boolean joined, PresentSocket socket) {
		if (!this.epoch.equals(changeEpoch) || changeVersion > this.version + 1) {
			return false;
		}
		if (changeVersion == this.version + 1) {
			this.version = changeVersion;
			if (joined) {
				add(socket);
			}
			else {
				remove(socket.id());
			}
		}
		return true;
	}

	/**
	 * Handle a missing response.
	 * @return the number of consecutive requests without a response
	 */
	int missed() {
		return ++this.misses;
	}

	boolean isMissed() {
		return this.misses != 0;
	}

	private void add(PresentSocket socket) {
		if (this.sockets.putIfAbsent(socket.id(), socket) == null) {
			this.members.add(socket);
		}
	}

	private void remove(String id) {
		if (this.sockets.remove(id) != null) {
			this.members.remove(id);
		}
	}

	void clear() {
		List.copyOf(this.sockets.keySet()).forEach(this::remove);
	}

}
