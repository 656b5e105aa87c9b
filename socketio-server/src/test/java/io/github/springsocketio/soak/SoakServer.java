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

package io.github.springsocketio.soak;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.engineio.web.EngineWebOptions;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.testsupport.Await;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * A whole server, which remembers nothing of what its clients do: each socket joins five
 * rooms; it echoes, speaks to a room, asks back and sends far too much when it is told.
 */
final class SoakServer implements AutoCloseable {

	private static final String FLOOD = "x".repeat(16384);

	private final EngineServer engine;

	private final SocketIoServer io;

	private final DisposableServer http;

	SoakServer(Duration pingInterval, Duration pingTimeout) {
		this.engine = EngineServer.create(EngineOptions.builder()
			.pingInterval(pingInterval)
			.pingTimeout(pingTimeout)
			.upgradeTimeout(pingTimeout)
			.closeTimeout(pingTimeout)
			.maxOutboundBytes(256 * 1024)
			.build());
		this.io = SocketIoServer.create(this.engine,
				SocketIoOptions.builder().connectTimeout(pingTimeout).attachmentTimeout(pingTimeout).build());
		this.io.sockets()
			.onConnection(SoakServer::join)
			.on("echo", (socket, event) -> event.ack(event.get(0, String.class)))
			.on("room", (socket, event) -> socket.to("all").emit("said", event.get(0, String.class)))
			.on("ask", (socket, event) -> ask(socket))
			.on("flood", (socket, event) -> flood(socket));
		EngineWebOptions options = EngineWebOptions.builder()
			.minDataRateGracePeriod(pingTimeout)
			.headersTimeout(pingTimeout)
			.allowRequestTimeout(pingTimeout)
			.build();
		EngineWebFilter filter = EngineWebFilter.builder(this.engine).options(options).build();
		this.http = HttpServer.create()
			.host("localhost")
			.port(0)
			.handle(new ReactorHttpHandlerAdapter(
					WebHttpHandlerBuilder.webHandler((exchange) -> exchange.getResponse().setComplete())
						.filter(filter)
						.build()))
			.bindNow(Await.LIMIT);
	}

	private static void join(Socket socket) {
		int number = ThreadLocalRandom.current().nextInt(20);
		socket.join("all", "room " + number, "floor " + number % 5, "own " + socket.id(), "again " + socket.id());
	}

	private static void ask(Socket socket) {
		socket.timeout(Duration.ofMillis(200)).emitWithAck("question", "why?").subscribe((answer) -> {
		}, (error) -> {
		});
	}

	private static void flood(Socket socket) {
		for (int i = 0; i < 40; i++) {
			socket.emit("flood", FLOOD);
		}
	}

	int port() {
		return this.http.port();
	}

	EngineServer engine() {
		return this.engine;
	}

	SocketIoServer io() {
		return this.io;
	}

	@Override
	public void close() {
		this.io.close().block(Await.LIMIT);
		this.http.disposeNow(Await.LIMIT);
	}

}
