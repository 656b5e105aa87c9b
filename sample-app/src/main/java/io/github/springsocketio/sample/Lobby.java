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

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.web.Cookies;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.annotation.OnConnected;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The main namespace, open to everybody: which rooms there are, and what the server knows
 * of the client's own connection.
 */
@SocketIoController
class Lobby {

	private final SocketIoServer io;

	private final Presence presence;

	Lobby(SocketIoServer io, Presence presence) {
		this.io = io;
		this.presence = presence;
	}

	@OnConnected
	void welcome(Socket socket) {
		if (Login.isLoggedOut(socket)) {
			socket.disconnect(true);
			return;
		}
		socket.emit("lobby", this.presence.lobby());
	}

	@OnEvent
	Mono<Inspection> inspect(Socket socket) {
		return Mono.just(Inspection.of(this.io, socket));
	}

	@OnEvent
	Mono<Instant> time() {
		return Mono.just(Instant.now());
	}

	@OnEvent
	void drop(Socket socket) {
		socket.conn().close();
	}

	/**
	 * What the server knows of a connection.
	 *
	 * @param sid the id of the Engine.IO session
	 * @param transport the transport that it uses now
	 * @param address the address of the client
	 * @param issued when the handshake was made
	 * @param pingInterval in milliseconds
	 * @param pingTimeout in milliseconds
	 * @param member who is logged in
	 * @param cookies the cookies of the handshake
	 */
	record Inspection(String sid, String transport, String address, Instant issued, long pingInterval, long pingTimeout,
			@Nullable Member member, List<SeenCookie> cookies) {

		static Inspection of(SocketIoServer io, Socket socket) {
			EngineSession session = socket.conn();
			EngineOptions options = io.engine().options();
			Login login = Login.of(socket);
			return new Inspection(session.id(), session.transportType().text(), socket.handshake().address(),
					session.request().issued(), options.pingInterval().toMillis(), options.pingTimeout().toMillis(),
					(login != null) ? login.member() : null,
					SeenCookie.of(Cookies.parse(socket.handshake().header("Cookie")), session.id()));
		}

	}

}
