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

package io.github.springsocketio.test.client;

import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiFunction;

import io.github.springsocketio.testsupport.Await;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * A server of Engine.IO that sends what a test says, and when.
 */
final class ScriptedServer implements AutoCloseable {

	private static final String OPEN = "0{\"sid\":\"s\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,"
			+ "\"pingTimeout\":20000,\"maxPayload\":1000000}";

	private final BlockingQueue<String> polls = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> posts = new LinkedBlockingQueue<>();

	private final Queue<BiFunction<WebsocketInbound, WebsocketOutbound, Publisher<Void>>> webSockets = new ConcurrentLinkedQueue<>();

	private final DisposableServer server = HttpServer.create()
		.host("localhost")
		.port(0)
		.handle(this::handle)
		.bindNow();

	private volatile int status = 200;

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		if (request.method() == HttpMethod.POST) {
			return request.receive().aggregate().asString(StandardCharsets.UTF_8).flatMap((body) -> {
				this.posts.add(body);
				return text(response, "ok");
			});
		}
		if (this.status != 200) {
			return response.status(this.status).send();
		}
		if (request.requestHeaders().contains(HttpHeaderNames.UPGRADE)) {
			return response.sendWebsocket(this.webSockets.remove());
		}
		boolean handshake = !request.uri().contains("&sid=");
		return handshake ? text(response, OPEN)
				: Mono.fromCallable(this.polls::take)
					.subscribeOn(Schedulers.boundedElastic())
					.flatMap((packets) -> text(response, packets));
	}

	private static Mono<Void> text(HttpServerResponse response, String body) {
		return response.header(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=UTF-8")
			.sendString(Mono.just(body))
			.then();
	}

	/**
	 * Respond to GET requests with a status.
	 */
	ScriptedServer refuse(int status) {
		this.status = status;
		return this;
	}

	/**
	 * Respond to the next poll with packets.
	 */
	void poll(String packets) {
		this.polls.add(packets);
	}

	/**
	 * Return the body of the next POST request.
	 */
	String post() {
		return Await.next("a POST request", this.posts);
	}

	/**
	 * Accept the next WebSocket.
	 * @param responses what is sent, from what is received
	 */
	void webSocket(BiFunction<Flux<String>, WebsocketOutbound, Publisher<Void>> responses) {
		this.webSockets.add((inbound, outbound) -> responses.apply(inbound.receive().asString(), outbound));
	}

	String url() {
		return "http://localhost:" + this.server.port();
	}

	SocketIoClientBuilder client() {
		return SocketIoClient.builder(url()).timeout(Await.LIMIT);
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

}
