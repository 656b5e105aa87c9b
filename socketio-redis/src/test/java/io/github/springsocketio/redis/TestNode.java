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

package io.github.springsocketio.redis;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.test.client.ClientEvent;
import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.test.client.SocketIoClient;
import io.github.springsocketio.test.client.Transport;
import io.github.springsocketio.testsupport.Await;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * A server on a port of its own, with an adapter on Redis.
 */
final class TestNode implements AutoCloseable {

	private final RedisClient client;

	private final RedisAdapterFactory factory;

	private final SocketIoServer io;

	private final DisposableServer http;

	private TestNode(RedisClient client, RedisAdapterFactory factory, SocketIoOptions options) {
		this.client = client;
		this.factory = factory;
		EngineServer engine = EngineServer.create(EngineOptions.defaults());
		this.io = SocketIoServer.create(engine, options);
		HttpHandler handler = WebHttpHandlerBuilder
			.webHandler((exchange) -> Mono.error(new IllegalStateException("Not a request of the engine")))
			.filter(EngineWebFilter.builder(engine).build())
			.build();
		this.http = HttpServer.create()
			.host("localhost")
			.port(0)
			.handle(new ReactorHttpHandlerAdapter(handler))
			.bindNow(Await.LIMIT);
	}

	/**
	 * Start a node, and wait until other nodes know it.
	 * @param others the number of nodes that were started before
	 */
	static TestNode start(RedisServer redis, int others,
			BiFunction<AbstractRedisClient, RedisAdapterProperties, RedisAdapterFactory> type,
			RedisAdapterProperties properties, Consumer<SocketIoOptions.Builder> customizer) {
		RedisClient client = RedisClient.create(redis.uri());
		RedisAdapterFactory factory = type.apply(client, properties);
		SocketIoOptions.Builder options = SocketIoOptions.builder().adapterFactory(factory);
		customizer.accept(options);
		TestNode node = new TestNode(client, factory, options.build());
		Await.until("the node is known", () -> node.main().adapter().serverCount().block(Await.LIMIT) == others + 1);
		return node;
	}

	SocketIoServer io() {
		return this.io;
	}

	Namespace main() {
		return this.io.sockets();
	}

	RedisAdapterFactory factory() {
		return this.factory;
	}

	ClientSocket connect() {
		return connect(Map.of());
	}

	ClientSocket connect(Map<String, ?> auth) {
		ClientSocket socket = SocketIoClient.builder("http://localhost:" + this.http.port())
			.transports(Transport.WEBSOCKET)
			.build()
			.socket()
			.timeout(Await.LIMIT);
		return socket.auth(auth).connect();
	}

	/**
	 * Connect a client again that was connected to this or another node.
	 * @param last the last event that it has received, or {@code null} for none
	 */
	ClientSocket reconnect(ClientSocket earlier, @Nullable ClientEvent last) {
		Map<String, @Nullable Object> auth = new HashMap<>();
		auth.put("pid", earlier.pid());
		if (last != null) {
			auth.put("offset", last.offset());
		}
		return connect(auth);
	}

	Socket socket(ClientSocket socket) {
		Await.until("the socket is connected", () -> this.main().sockets().get(id(socket)) != null);
		return this.main().sockets().get(id(socket));
	}

	boolean has(ClientSocket socket) {
		return this.main().sockets().containsKey(id(socket));
	}

	private static String id(ClientSocket socket) {
		return String.valueOf(socket.id());
	}

	/**
	 * Stop as if the process was killed.
	 */
	void kill() {
		this.factory.close();
	}

	@Override
	public void close() {
		this.io.close().block(Await.LIMIT);
		this.http.disposeNow(Await.LIMIT);
		this.factory.close();
		this.client.shutdown(Duration.ZERO, Await.LIMIT);
	}

}
