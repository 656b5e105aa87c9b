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
import java.util.function.Consumer;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.redis.RedisPubSubOutageTests.Type;
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

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * A server on a port of its own, with an adapter on Redis.
 */
final class TestNode implements AutoCloseable {

	private final RedisAdapterFactory factory;

	private final SocketIoServer io;

	private final DisposableServer http;

	private final Runnable shutdown;

	private TestNode(RedisAdapterFactory factory, SocketIoOptions options, Runnable shutdown) {
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
		this.shutdown = shutdown;
	}

	/**
	 * Start a node, and wait until other nodes know it.
	 * @param others the number of nodes that were started before
	 */
	static TestNode start(RedisServer redis, int others, Type type, RedisAdapterProperties properties,
			Consumer<SocketIoOptions.Builder> customizer) {
		return start(RedisClient.create(redis.uri()), others, type, properties, customizer);
	}

	/**
	 * Start a node that uses and closes a client of Redis.
	 */
	static TestNode start(AbstractRedisClient client, int others, Type type, RedisAdapterProperties properties,
			Consumer<SocketIoOptions.Builder> customizer) {
		return start(type.apply(() -> client, properties), others, customizer,
				() -> client.shutdown(Duration.ZERO, Await.LIMIT));
	}

	/**
	 * Start a node that uses the clients of a connection factory, which it starts and
	 * destroys.
	 */
	static TestNode start(LettuceConnectionFactory connections, int others, Type type,
			RedisAdapterProperties properties) {
		connections.start();
		return start(type.apply(connections::getRequiredNativeClient, properties), others, (options) -> {
		}, connections::destroy);
	}

	private static TestNode start(RedisAdapterFactory factory, int others, Consumer<SocketIoOptions.Builder> customizer,
			Runnable shutdown) {
		SocketIoOptions.Builder options = SocketIoOptions.builder().adapterFactory(factory);
		customizer.accept(options);
		TestNode node = new TestNode(factory, options.build(), shutdown);
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
		this.shutdown.run();
	}

}
