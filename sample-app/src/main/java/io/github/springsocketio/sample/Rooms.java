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

import java.util.Map;

import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.RemoteSocket;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.adapter.RoomListener;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * The rooms of the chat. A prefix distinguishes them from other rooms of a socket, such
 * as the room of its id.
 */
@Component
class Rooms {

	private static final String PREFIX = "room:";

	private final Namespace chat;

	Rooms(SocketIoServer io) {
		this.chat = io.of("/chat");
	}

	static String named(String name) {
		return PREFIX + name;
	}

	static boolean has(RemoteSocket socket, String name) {
		return socket.rooms().contains(named(name));
	}

	static long count(RemoteSocket socket) {
		return socket.rooms().stream().filter((room) -> room.startsWith(PREFIX)).count();
	}

	/**
	 * Watch the number of users in each room.
	 * @return the rooms with their current sizes, emitted now and after each change
	 */
	Flux<Map<String, Integer>> sizes() {
		return changes().concatMap((change) -> currentSizes(), 1).distinctUntilChanged();
	}

	private Mono<Map<String, Integer>> currentSizes() {
		return Flux.fromIterable(this.chat.rooms())
			.filter((room) -> room.startsWith(PREFIX))
			.flatMap((room) -> this.chat.presence(room)
				.users()
				.filter((users) -> !users.isEmpty())
				.map((users) -> Map.entry(room.substring(PREFIX.length()), users.size())))
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	private Flux<String> changes() {
		return Flux.create((sink) -> {
			RoomListener listener = new RoomListener() {
				@Override
				public void onJoinRoom(String room, String id) {
					sink.next(room);
				}

				@Override
				public void onLeaveRoom(String room, String id) {
					sink.next(room);
				}
			};
			this.chat.addRoomListener(listener);
			sink.onDispose(() -> this.chat.removeRoomListener(listener));
			sink.next("");
		}, OverflowStrategy.LATEST);
	}

}
