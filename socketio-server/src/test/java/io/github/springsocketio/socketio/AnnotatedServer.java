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

package io.github.springsocketio.socketio;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.springsocketio.socketio.annotation.AnnotatedHandlers;
import io.github.springsocketio.testsupport.Await;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * A server with controllers, and a client.
 */
final class AnnotatedServer {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final TestServer server;

	private final TestRequest request = new TestRequest(Map.of("cookie", List.of("theme=dark; n=7"), "x-count",
			List.of("3"), "accept-language", List.of("de-AT,en;q=0.5")));

	private TestSession client;

	AnnotatedServer() {
		this((handlers) -> {
		});
	}

	AnnotatedServer(Consumer<HandlerOptions.Builder> settings) {
		this.server = TestServer.withHandlers(settings);
	}

	SocketIoServer io() {
		return this.server.io;
	}

	TestRequest request() {
		return this.request;
	}

	/**
	 * Start the server with controllers and other beans.
	 * @return a client that has joined no namespace
	 */
	TestSession start(Class<?>... beans) {
		this.context.register(beans);
		this.context.refresh();
		new AnnotatedHandlers(this.context).configure(this.server.io);
		this.client = this.server.engine.open(4, this.request);
		return this.client;
	}

	/**
	 * Send an event to the main namespace and return its acknowledgement.
	 */
	String emit(String json) {
		return emitTo("", json);
	}

	String emitTo(String namespace, String json) {
		String id = namespace.isEmpty() ? "1" : namespace + ",1";
		this.client.receive("2" + id + "[" + json + "]");
		this.client.awaitSomethingSent();
		String sent = String.join("|", this.client.sent());
		return sent.startsWith("3" + id) ? sent.substring(id.length() + 1) : sent;
	}

	static String error(String code, String message) {
		return "[{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}]";
	}

	void close() {
		this.context.close();
		this.server.io.close().block(Await.LIMIT);
	}

}
