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
import java.util.regex.Pattern;

import io.github.springsocketio.engineio.EngineError;
import io.github.springsocketio.engineio.EngineListener;
import io.github.springsocketio.engineio.EngineSessionListener;
import io.github.springsocketio.engineio.SessionIdGenerator;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.engineio.web.EngineFilter;
import io.github.springsocketio.engineio.web.HeadersListener;
import io.github.springsocketio.engineio.web.InitialHeadersListener;
import io.github.springsocketio.socketio.BroadcastOperator;
import io.github.springsocketio.socketio.Handshake;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.OutgoingListener;
import io.github.springsocketio.socketio.RemoteSocket;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketEventListener;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.adapter.RoomListener;
import reactor.core.publisher.Mono;

/**
 * The Java column of {@code docs/from-nodejs.md}.
 */
class FromNodejs {

	private static final SocketEventListener LISTENER = (socket, event) -> {
	};

	private static final OutgoingListener OUTGOING = (socket, event, args) -> {
	};

	private Mono<Item> save(Item item) {
		return Mono.just(item);
	}

	void server(SocketIoServer io, List<Object> log) {
		io.of("/admin");
		io.of(Pattern.compile("/tenant-\\d+"));
		io.of((name, auth) -> Mono.just(name.startsWith("/tenant-")));
		log.add(io.sockets());
		io.onConnection((socket) -> log.add(socket.id()));
		io.onNewNamespace((nsp) -> log.add(nsp.name()));
		io.use((socket) -> Mono.empty());
		io.emit("news", 1);
		io.send("text");
		io.to("a", "b").emit("news");
		io.in("a").emit("news");
		io.except("a").emit("news");
		io.local().emit("news");
		io.asVolatile().emit("news");
		io.compress(false).emit("news");
		io.timeout(Duration.ofSeconds(1)).emitWithAck("question").subscribe(log::add);
		io.fetchSockets().subscribe((socket) -> log.add(socket.id()));
		io.fetchSockets().map(RemoteSocket::id).collectList().subscribe(log::add);
		io.socketsJoin("a");
		io.socketsLeave("a");
		io.disconnectSockets(true);
		io.sockets().serverSideEmit("sync", 1);
		io.sockets().serverSideEmitWithAck("sync", 1).subscribe(log::add);
		io.sockets().onServerSide("sync", (args, ack) -> log.add(args));
		io.close().subscribe();
	}

	void namespace(Namespace nsp, List<Object> log) {
		log.add(nsp.name());
		log.add(nsp.sockets());
		log.add(nsp.server());
		log.add(nsp.adapter());
		log.add(nsp.rooms());
		nsp.in("id").local().fetchSockets().map(RemoteSocket::rooms).subscribe(log::add);
		nsp.adapter().serverCount().subscribe(log::add);
		nsp.addRoomListener(new RoomListener() {
		});
		nsp.onConnection((socket) -> log.add(socket.id()));
	}

	void broadcasts(SocketIoServer io, List<Object> log) {
		BroadcastOperator operator = io.to("a").except("b").local().asVolatile().compress(false);
		operator.to("c", "d").in("e");
		operator.emit("news", 1);
		operator.timeout(Duration.ofSeconds(1)).emitWithAck("question").subscribe(log::add);
		operator.timeout(Duration.ofSeconds(1)).emitWithAck(String.class, "question").subscribe(log::add);
		operator.fetchSockets().collectList().subscribe(log::add);
		operator.fetchSockets().map(RemoteSocket::id).collectList().subscribe(log::add);
		operator.socketsJoin("c");
		operator.socketsLeave("c");
		operator.disconnectSockets(true);
	}

	void remoteSocket(RemoteSocket remote, List<Object> log) {
		log.add(remote.id());
		log.add(remote.handshake());
		log.add(remote.rooms());
		log.add(remote.data());
		remote.emit("news", 1);
		remote.timeout(Duration.ofSeconds(1)).emitWithAck("question").subscribe(log::add);
		remote.join("c");
		remote.leave("c");
		remote.disconnect(true);
	}

	void socket(Socket socket, List<Object> log) {
		log.add(socket.id());
		log.add(socket.handshake());
		log.add(socket.rooms());
		socket.data().put("user", "ada");
		log.add(socket.namespace());
		log.add(socket.conn());
		log.add(socket.conn());
		log.add(socket.conn().request());
		log.add(socket.recovered());
		log.add(socket.connected());
		log.add(!socket.connected());
		socket.join("a", "b");
		socket.leave("a");
		socket.emit("news", 1, "b", new byte[] { 1 });
		socket.timeout(Duration.ofSeconds(1)).emitWithAck(String.class, "question").subscribe(log::add);
		socket.emitWithAck("question").subscribe((answer) -> log.add(answer));
		socket.send("text");
		socket.to("a").emit("news");
		socket.in("a").emit("news");
		socket.except("a").emit("news");
		socket.broadcast().emit("news");
		socket.local().emit("news");
		socket.asVolatile().emit("news");
		socket.compress(false).emit("news");
		socket.disconnect(true);
		socket.use((current, event) -> Mono.just(event));
		socket.on("say", String.class, (current, text, event) -> log.add(text));
		socket.on("say", String.class, (current, text, event) -> event.ack("ok"));
		socket.handle("save", Item.class, (current, item, event) -> save(item));
		socket.once("say", String.class, (current, text, event) -> log.add(text));
		socket.off("say", LISTENER);
		socket.off("say");
		socket.removeAllListeners();
		log.add(socket.eventNames());
		socket.onAny((current, event) -> log.add(event.name()));
		socket.prependAny(LISTENER);
		socket.offAny(LISTENER);
		log.add(socket.listenersAny());
		socket.onAnyOutgoing((current, event, args) -> log.add(event));
		socket.prependAnyOutgoing(OUTGOING);
		socket.offAnyOutgoing(OUTGOING);
		log.add(socket.listenersAnyOutgoing());
		socket.onDisconnecting((current, reason, detail) -> log.add(current.rooms()));
		socket.onDisconnect((current, reason, detail) -> log.add(reason.text()));
		socket.onError((current, error, event) -> log.add(error));
	}

	void handshake(Handshake handshake, List<Object> log) {
		log.add(String.valueOf(handshake.header("cookie")));
		log.add(String.valueOf(handshake.query().get("room")));
		log.add(String.valueOf(handshake.auth().get("token")));
		log.add(handshake.address());
		log.add(handshake.secure());
		log.add(handshake.xdomain());
		log.add(handshake.issued());
		log.add(handshake.url());
		handshake.session().subscribe((session) -> log.add(session.getId()));
		log.add(String.valueOf(handshake.principal()));
	}

	void engine(SocketIoServer io, Socket socket, List<Object> log) {
		log.add(io.engine().clientsCount());
		log.add(io.engine().sessions());
		log.add(io.engine().options());
		io.engine().close().subscribe();
		SessionIdGenerator ids = (request) -> Mono.just("id");
		EngineFilter filter = (exchange, chain) -> chain.filter(exchange);
		InitialHeadersListener initial = (headers, exchange) -> Mono.fromRunnable(() -> headers.add("x-first", "1"));
		HeadersListener every = (headers, exchange) -> Mono.fromRunnable(() -> headers.add("x-each", "1"));
		io.engine().addListener(new EngineListener() {
		});
		log.add(EngineError.values());
		AllowRequest allow = (exchange) -> Mono.just(AllowRequest.Decision.accept());
		log.add(socket.conn().id());
		log.add(socket.conn().protocol());
		log.add(socket.conn().transportType());
		log.add(socket.conn().isWritable());
		log.add(socket.conn().transportType() == TransportType.WEBSOCKET);
		log.add(socket.conn().readyState());
		log.add(String.valueOf(socket.conn().request().remoteAddress()));
		socket.conn().addListener(new EngineSessionListener() {
		});
		socket.conn().send("text");
		socket.conn().close();
		socket.conn().closeNow();
	}

	record Item(String name) {

	}

}
