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

package io.github.springsocketio.sample;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.RemoteSocket;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Tells everybody who is in which room. There is no list to be kept: who is there is
 * asked of the sockets themselves.
 */
@Component
class Presence {

	private static final Log logger = LogFactory.getLog(Presence.class);

	private final AtomicInteger requests = new AtomicInteger();

	private volatile State state = new State(0, Map.of());

	/**
	 * Return what clients of the lobby may know.
	 * @return the rooms as they were seen last
	 */
	LobbyState lobby() {
		return this.state.lobby();
	}

	/**
	 * Return what members of a room may know.
	 * @param room the name of the room
	 * @return who was seen in it last
	 */
	RoomState room(String room) {
		return this.state.room(room);
	}

	/**
	 * Look at the rooms again. Looks one after the other, so that nobody gets an old
	 * state after a new one; calls that come meanwhile share the next look.
	 * @param chat the namespace with the rooms
	 */
	void refresh(Namespace chat) {
		if (this.requests.getAndIncrement() == 0) {
			AtomicInteger taken = new AtomicInteger();
			Mono.defer(() -> {
				taken.set(this.requests.get());
				return look(chat);
			}).repeat(() -> this.requests.addAndGet(-taken.get()) > 0).subscribe();
		}
	}

	private Mono<Void> look(Namespace chat) {
		return chat.fetchSockets()
			.collectList()
			.doOnNext((sockets) -> publish(chat, this.state.next(sockets)))
			.onErrorComplete((ex) -> {
				logger.warn("Rooms could not be looked at", ex);
				return true;
			})
			.then();
	}

	private void publish(Namespace chat, State next) {
		State last = this.state;
		this.state = next;
		if (!next.rooms().equals(last.rooms())) {
			chat.server().emit("lobby", next.lobby());
		}
		next.rooms().forEach((room, members) -> {
			if (!members.equals(last.rooms().get(room))) {
				chat.to(Room.PREFIX + room).emit("members", next.room(room));
			}
		});
	}

	/**
	 * Somebody in a room.
	 *
	 * @param id the public id of the member
	 * @param name the name
	 * @param sockets how many tabs the member has in the room
	 */
	record Present(String id, String name, int sockets) {

	}

	/**
	 * A room as its members see it.
	 *
	 * @param version grows with time
	 * @param room the name
	 * @param members who is in it
	 */
	record RoomState(long version, String room, Collection<Present> members) {

	}

	/**
	 * The rooms as everybody sees them.
	 *
	 * @param version grows with time
	 * @param rooms the rooms
	 */
	record LobbyState(long version, List<RoomSize> rooms) {

	}

	/**
	 * A room as everybody sees it.
	 *
	 * @param room the name
	 * @param members how many members are in it
	 */
	record RoomSize(String room, int members) {

	}

	private record State(long version, Map<String, List<Present>> rooms) {

		State next(List<RemoteSocket> sockets) {
			Map<String, Map<String, Present>> rooms = new TreeMap<>();
			for (RemoteSocket socket : sockets) {
				Member member = Login.member(socket);
				Room.namesOf(socket)
					.forEach((room) -> rooms.computeIfAbsent(room, (name) -> new LinkedHashMap<>())
						.compute(member.id(), (id, present) -> count(member, present)));
			}
			Map<String, List<Present>> sorted = new TreeMap<>();
			rooms.forEach((room, present) -> sorted.put(room, sorted(present.values())));
			return new State(this.version + 1, sorted);
		}

		RoomState room(String room) {
			return new RoomState(this.version, room, this.rooms.getOrDefault(room, List.of()));
		}

		LobbyState lobby() {
			List<RoomSize> sizes = new ArrayList<>();
			this.rooms.forEach((room, members) -> sizes.add(new RoomSize(room, members.size())));
			return new LobbyState(this.version, sizes);
		}

		private static Present count(Member member, @Nullable Present present) {
			return new Present(member.id(), member.name(), (present != null) ? present.sockets() + 1 : 1);
		}

		private static List<Present> sorted(Collection<Present> present) {
			return present.stream().sorted(Comparator.comparing(Present::name).thenComparing(Present::id)).toList();
		}

	}

}
