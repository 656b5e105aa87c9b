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

package io.github.springsocketio.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * A server without Engine.IO and Socket.IO: clients that connect, upgrade, join, leave
 * and send echoes receive the bytes that they expect, from the layers below this project.
 * The argument is the highest of them: {@code netty}, {@code http-handler},
 * {@code web-handler} or {@code filters}. The port is in the environment variable
 * {@code PORT}.
 */
public final class BareServer {

	private static final String TYPE = "text/plain; charset=UTF-8";

	private final WebSocketService webSockets = new HandshakeWebSocketService(new ReactorNettyRequestUpgradeStrategy());

	private final AtomicLong ids = new AtomicLong(1_000_000_000_000_000_000L);

	/** The clients that have sent a second request. */
	private final Map<String, Session> sessions = new ConcurrentHashMap<>();

	private BareServer() {
	}

	public static void main(String[] args) {
		HttpServer.create()
			.host("127.0.0.1")
			.port(Integer.parseInt(System.getenv("PORT")))
			.handle(new BareServer().handler(args[0]))
			.bindUntilJavaShutdown(Duration.ofSeconds(45), null);
	}

	private BiFunction<HttpServerRequest, HttpServerResponse, ? extends Publisher<Void>> handler(String layer) {
		WebHandler web = this::handle;
		WebFilter filter = (exchange, chain) -> chain.filter(exchange);
		return switch (layer) {
			case "netty" -> this::handle;
			case "http-handler" -> new ReactorHttpHandlerAdapter((HttpHandler) this::handle);
			case "web-handler" -> new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(web).build());
			case "filters" -> new ReactorHttpHandlerAdapter(
					WebHttpHandlerBuilder.webHandler(web).filter(filter, filter, filter).build());
			default -> throw new IllegalArgumentException(layer);
		};
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		String target = request.uri();
		if (isWebSocket(target)) {
			return upgrade(target, response);
		}
		Mono<String> body = body(request.method().name(), target, request.receive().asString().then());
		return response.header("Content-Type", TYPE).header("Cache-Control", "no-store").sendString(body);
	}

	private Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
		String target = request.getURI().getRawQuery();
		return isWebSocket(target) ? upgrade(target, ServerHttpResponseDecorator.getNativeResponse(response))
				: poll(request, target, response);
	}

	private Mono<Void> handle(ServerWebExchange exchange) {
		String target = exchange.getRequest().getURI().getRawQuery();
		return isWebSocket(target) ? this.webSockets.handleRequest(exchange, (session) -> converse(target, session))
				: poll(exchange.getRequest(), target, exchange.getResponse());
	}

	private Mono<Void> converse(String target, WebSocketSession session) {
		Flux<String> received = session.receive().map(WebSocketMessage::getPayloadAsText);
		return session.send(converse(target, received).map(session::textMessage));
	}

	private Mono<Void> upgrade(String target, HttpServerResponse response) {
		return response.sendWebsocket((in, out) -> out.sendString(converse(target, in.receive().asString())));
	}

	private Mono<Void> poll(ServerHttpRequest request, String target, ServerHttpResponse response) {
		response.getHeaders().set("Content-Type", TYPE);
		response.getHeaders().set("Cache-Control", "no-store");
		Mono<Void> read = request.getBody().map(DataBufferUtils::release).then();
		return response.writeWith(body(request.getMethod().name(), target, read)
			.map((text) -> response.bufferFactory().wrap(text.getBytes(StandardCharsets.UTF_8))));
	}

	private static boolean isWebSocket(String target) {
		return target.contains("transport=websocket");
	}

	private static @Nullable String sid(String target) {
		int at = target.indexOf("&sid=");
		return (at >= 0) ? target.substring(at + 5) : null;
	}

	private String open() {
		return "0{\"sid\":\"s" + this.ids.incrementAndGet() + "\",\"upgrades\":[\"websocket\"],"
				+ "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}";
	}

	private String joined() {
		return "40{\"sid\":\"s" + this.ids.incrementAndGet() + "\"}";
	}

	private Session session(String sid) {
		return this.sessions.computeIfAbsent(sid, (key) -> new Session());
	}

	/**
	 * Return the body of the response to a polling request.
	 * @param read completes when the body of the request has been read
	 */
	private Mono<String> body(String method, String target, Mono<Void> read) {
		String sid = sid(target);
		if (sid == null) {
			return read.then(Mono.fromSupplier(this::open));
		}
		Session session = session(sid);
		if (method.equals("GET")) {
			return read.then(session.poll());
		}
		return read.then(Mono.fromSupplier(() -> {
			session.joined.tryEmitValue(joined());
			return "ok";
		}));
	}

	/**
	 * Return the messages that a client receives on its websocket.
	 */
	private Flux<String> converse(String target, Flux<String> received) {
		String sid = sid(target);
		Flux<String> responses = received.handle((packet, sink) -> {
			if (packet.startsWith("42[\"echo\"")) {
				sink.next(packet);
			}
			else if (packet.equals("40")) {
				sink.next(joined());
			}
			else if (sid != null && packet.equals("2probe")) {
				sink.next("3probe");
				session(sid).probed.tryEmitValue("6");
			}
			else if (sid != null && packet.equals("5")) {
				this.sessions.remove(sid);
			}
		});
		return (sid != null) ? responses : responses.startWith(Mono.fromSupplier(this::open));
	}

	/**
	 * A client that polls until its websocket has been probed.
	 */
	private static final class Session {

		private final Sinks.One<String> joined = Sinks.one();

		private final Sinks.One<String> probed = Sinks.one();

		private final AtomicBoolean polled = new AtomicBoolean();

		/**
		 * Return the body of the response to the next poll.
		 */
		Mono<String> poll() {
			return (this.polled.getAndSet(true) ? this.probed : this.joined).asMono();
		}

	}

}
