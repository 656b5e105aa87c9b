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

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.annotation.Emits;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.RequestHeader;

/**
 * The main namespace, which is open to everybody: the list of rooms, and details of the
 * client's connection.
 */
@SocketIoController
class LobbyController {

	private final Rooms rooms;

	LobbyController(Rooms rooms) {
		this.rooms = rooms;
	}

	@OnEvent
	@Emits("rooms")
	Flux<Map<String, Integer>> rooms() {
		return this.rooms.sizes();
	}

	@OnEvent
	Inspection inspect(Socket socket, SocketIoServer io, @RequestHeader(defaultValue = "") String cookie) {
		EngineSession session = socket.conn();
		EngineOptions options = io.engine().options();
		return new Inspection(session.id(), session.transportType().text(), socket.handshake().address(),
				session.request().issued(), options.pingInterval().toMillis(), options.pingTimeout().toMillis(),
				ReceivedCookie.parse(cookie, session.id()));
	}

	@OnEvent
	Mono<Instant> time() {
		return Mono.just(Instant.now());
	}

	@OnEvent
	void drop(EngineSession session) {
		session.close();
	}

	/**
	 * The details of a connection.
	 *
	 * @param sid the id of the Engine.IO session
	 * @param transport the current transport
	 * @param address the address of the client
	 * @param issued the time of the handshake
	 * @param pingInterval in milliseconds
	 * @param pingTimeout in milliseconds
	 * @param cookies the cookies of the handshake
	 */
	record Inspection(String sid, String transport, String address, Instant issued, long pingInterval, long pingTimeout,
			List<ReceivedCookie> cookies) {

	}

}
