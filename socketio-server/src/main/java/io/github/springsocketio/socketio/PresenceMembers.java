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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The present sockets, with counters: a socket that moves to another node may be on both
 * for a moment, and a user may have several sockets.
 */
final class PresenceMembers {

	private final @Nullable String room;

	private final Consumer<PresenceChange> listener;

	private final Map<String, Member> members = new LinkedHashMap<>();

	private final Map<String, Integer> users = new HashMap<>();

	PresenceMembers(@Nullable String room, Consumer<PresenceChange> listener) {
		this.room = room;
		this.listener = listener;
	}

	void add(PresentSocket socket) {
		Member member = this.members.get(socket.id());
		if (member != null) {
			member.count++;
			return;
		}
		this.members.put(socket.id(), new Member(socket));
		boolean first = socket.user() != null && this.users.merge(socket.user(), 1, Integer::sum) == 1;
		this.listener.accept(new PresenceChange(PresenceChange.Type.JOINED, this.room, socket, first));
	}

	void remove(String id) {
		Member member = this.members.get(id);
		if (member == null || --member.count > 0) {
			return;
		}
		this.members.remove(id);
		String user = member.socket.user();
		boolean last = user != null
				&& this.users.computeIfPresent(user, (key, count) -> (count > 1) ? count - 1 : null) == null;
		this.listener.accept(new PresenceChange(PresenceChange.Type.LEFT, this.room, member.socket, last));
	}

	List<PresentSocket> sockets() {
		List<PresentSocket> result = new ArrayList<>(this.members.size());
		this.members.values().forEach((member) -> result.add(member.socket));
		return result;
	}

	private static final class Member {

		private final PresentSocket socket;

		/** The number of nodes that have the socket. */
		private int count = 1;

		private Member(PresentSocket socket) {
			this.socket = socket;
		}

	}

}
