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

package com.example.app;

import java.time.Duration;
import java.util.List;

import io.github.springsocketio.engineio.EngineSessionListener;
import io.github.springsocketio.socketio.BroadcastOperator;
import io.github.springsocketio.socketio.ConnectErrorException;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.Handshake;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The Java column of {@code docs/from-netty-socketio.md}.
 */
class FromNettySocketIo {

	private Mono<Void> check(@Nullable Object token) {
		return "secret".equals(token) ? Mono.empty() : Mono.error(new ConnectErrorException("unauthorized"));
	}

	void server(SocketIoServer io, Namespace nsp, EngineSessionListener listener, List<Object> log) {
		io.of("/admin");
		log.add(io.namespaces());
		io.onConnection((socket) -> socket.join("lobby"));
		io.onDisconnect((socket, reason, detail) -> log.add(reason));
		io.on("say", String.class, (socket, text, event) -> log.add(text));
		io.handleBlocking("move", Integer.class, Integer.class, (socket, x, y, event) -> x + y);
		io.off("say");
		io.intercept((socket, event, chain) -> chain.proceed(event));
		io.onConnection((socket) -> socket.conn().addListener(listener));
		io.use((socket) -> check(socket.handshake().auth().get("token")));
		log.add(io.to("a", "b"));
		log.add(io.sockets().sockets().values());
		log.add(String.valueOf(io.sockets().sockets().get("id")));
		log.add(nsp.name());
	}

	void broadcasts(BroadcastOperator operator, Socket socket, List<Object> log) {
		operator.emit("news", 1, "b");
		operator.except(socket.id()).emit("news", 1);
		operator.except("muted").emit("news", 1);
		operator.timeout(Duration.ofSeconds(5)).emitWithAck(String.class, "ask", 1).subscribe(log::add);
		operator.fetchSockets().subscribe((remote) -> log.add(remote.id()));
		operator.disconnectSockets();
	}

	void socket(Socket socket, Event event, List<Object> log) {
		log.add(socket.id());
		log.add(socket.namespace());
		socket.emit("news", 1, "b");
		socket.timeout(Duration.ofSeconds(5)).emitWithAck(String.class, "ask", 1).subscribe(log::add);
		socket.join("a");
		socket.leave("a");
		log.add(socket.rooms());
		socket.namespace().in("a").countSockets().subscribe(log::add);
		socket.data().put("user", "ada");
		log.add(String.valueOf(socket.data().get("user")));
		log.add(socket.data().containsKey("user"));
		socket.data().remove("user");
		log.add(socket.connected());
		log.add(socket.conn().transportType());
		log.add(String.valueOf(socket.conn().request().remoteAddress()));
		socket.disconnect();
		log.add(event.isAckRequested());
		event.ack("ok", 1);
	}

	void handshake(Handshake handshake, List<Object> log) {
		log.add(String.valueOf(handshake.query().get("room")));
		log.add(String.valueOf(handshake.header("cookie")));
		log.add(handshake.auth());
		log.add(handshake.address());
		log.add(handshake.issued());
		log.add(handshake.url());
		log.add(handshake.xdomain());
	}

}
