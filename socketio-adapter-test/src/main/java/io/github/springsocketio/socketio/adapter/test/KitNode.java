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

package io.github.springsocketio.socketio.adapter.test;

import java.util.Map;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.SocketIoServer;
import org.assertj.core.api.Assertions;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * A server on its own port, with an adapter under test.
 */
final class KitNode {

	/** A namespace of all nodes in addition to the main one. */
	static final String OTHER = "/kit-other";

	private final KitWait wait;

	private final SocketIoServer io;

	private final DisposableServer http;

	KitNode(KitWait wait, SocketIoOptions options) {
		this.wait = wait;
		EngineServer engine = EngineServer.create(EngineOptions.defaults());
		this.io = SocketIoServer.create(engine, options);
		this.io.of(OTHER);
		HttpHandler handler = WebHttpHandlerBuilder
			.webHandler((exchange) -> Mono.error(new IllegalStateException("Not a request of the engine")))
			.filter(EngineWebFilter.builder(engine).build())
			.build();
		this.http = HttpServer.create()
			.host("localhost")
			.port(0)
			.handle(new ReactorHttpHandlerAdapter(handler))
			.bindNow(wait.limit());
	}

	SocketIoServer io() {
		return this.io;
	}

	Namespace main() {
		return this.io.sockets();
	}

	KitClient connect() {
		return connect("/", Map.of());
	}

	KitClient connect(String nsp, Map<String, Object> auth) {
		return KitClient.connect(this.wait, this.http.port(), nsp, auth);
	}

	/**
	 * Return the socket of a client of this node.
	 */
	Socket socket(KitClient client) {
		Socket socket = this.io.of(client.nsp()).sockets().get(client.id());
		return (socket != null) ? socket : Assertions.fail("The client has no socket on this node");
	}

	/**
	 * Return the number of nodes that this node is aware of, including itself.
	 */
	int knownNodes(String nsp) {
		return this.wait.require("the number of nodes", this.io.of(nsp).adapter().serverCount());
	}

	void close() {
		try {
			this.wait.value("the end of a server", this.io.close());
		}
		finally {
			this.http.disposeNow(this.wait.limit());
		}
	}

}
