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

package io.github.springsocketio.engineio.web;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.Transport;
import io.github.springsocketio.engineio.TransportServer;
import io.netty.channel.Channel;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.reactive.socket.server.upgrade.StandardWebSocketUpgradeStrategy;

/**
 * Upgrades through WebFlux's {@link WebSocketService}, on every server that it supports.
 */
final class SpringWebSocketUpgrader implements WebSocketUpgrader {

	private static final Log logger = LogFactory.getLog(SpringWebSocketUpgrader.class);

	private static final boolean JETTY = isPresent(
			"org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer")
			|| isPresent("org.eclipse.jetty.websocket.server.ServerWebSocketContainer");

	private final TransportServer server;

	private final WebSocketCompression compression;

	private final WebSocketService nettyService;

	private final Supplier<WebSocketService> service;

	/**
	 * Create an upgrader.
	 * @param compression the options that are negotiated on Reactor Netty; {@code null}
	 * for no compression
	 * @param service used on servers other than Reactor Netty; {@code null} for the
	 * default of the server
	 */
	SpringWebSocketUpgrader(TransportServer server, @Nullable WebSocketCompressionOptions compression,
			@Nullable WebSocketService service) {
		this.server = server;
		this.compression = new WebSocketCompression(server, compression);
		RequestUpgradeStrategy netty = new ReactorNettyRequestUpgradeStrategy(
				() -> WebSocketHandshakes.spec(server.options()));
		this.nettyService = new HandshakeWebSocketService(netty);
		// Created on first use, because the classes of other servers may be missing
		this.service = (service != null) ? () -> service : SingletonSupplier.of(() -> defaultService(server.options()));
	}

	private static boolean isPresent(String name) {
		return ClassUtils.isPresent(name, SpringWebSocketUpgrader.class.getClassLoader());
	}

	private static WebSocketService defaultService(EngineOptions engine) {
		if (JETTY) {
			return new HandshakeWebSocketService();
		}
		StandardWebSocketUpgradeStrategy strategy = new StandardWebSocketUpgradeStrategy();
		strategy.setMaxTextMessageBufferSize(engine.maxHttpBufferSize());
		strategy.setMaxBinaryMessageBufferSize(engine.maxHttpBufferSize());
		return new HandshakeWebSocketService(strategy);
	}

	@Override
	public void prepare(EngineRequest request) {
		Channel channel = request.channel();
		if (channel != null) {
			EarlyBytes.install(channel);
		}
	}

	@Override
	public Mono<Void> upgrade(EngineRequest request, Consumer<Transport> opened) {
		HttpStatus problem = WebSocketHandshakes.check(request);
		if (problem != null) {
			return WebSocketHandshakes.refuse(request, problem);
		}
		request.responseHeaders().remove(HttpHeaders.CONNECTION);
		boolean netty = NettyWebSocketUpgrader.supports(request);
		WebSocketService current = netty ? this.nettyService : this.service.get();
		Handler handler = new Handler(request, netty ? this.compression.negotiate(request) : null, opened);
		return request.onEventLoop()
			.doOnSuccess((none) -> prepare(request))
			.then(Mono.defer(() -> current.handleRequest(request.exchange(), handler)))
			.onErrorResume((ex) -> failed(request, ex));
	}

	private static Mono<Void> failed(EngineRequest request, Throwable error) {
		if (!request.exchange().getResponse().isCommitted()) {
			return Mono.error(error);
		}
		logger.debug("WebSocket handshake could not be completed", error);
		request.abort();
		return Mono.empty();
	}

	/**
	 * Serves one websocket.
	 */
	private final class Handler implements WebSocketHandler {

		private final EngineRequest request;

		private final @Nullable PerMessageDeflate deflate;

		private final Consumer<Transport> opened;

		Handler(EngineRequest request, @Nullable PerMessageDeflate deflate, Consumer<Transport> opened) {
			this.request = request;
			this.deflate = deflate;
			this.opened = opened;
		}

		@Override
		public List<String> getSubProtocols() {
			String protocol = WebSocketHandshakes.protocol(this.request);
			return (protocol != null) ? List.of(protocol) : List.of();
		}

		@Override
		public Mono<Void> handle(WebSocketSession session) {
			ReactiveWebSocket websocket = new ReactiveWebSocket(session, this.request,
					SpringWebSocketUpgrader.this.server.options().maxHttpBufferSize());
			installCodecs(websocket);
			if (session instanceof MemoryCounting counting) {
				counting.setMemory(websocket::countMemory);
			}
			this.opened.accept(websocket);
			releaseEarlyBytes();
			return websocket.serve();
		}

		private void installCodecs(ReactiveWebSocket websocket) {
			Channel channel = this.request.channel();
			if (channel == null || !channel.isActive()) {
				return;
			}
			WebSocketCompression compression = SpringWebSocketUpgrader.this.compression;
			compression.installDecoders(channel.pipeline(), this.deflate, true).setMemory(websocket);
			if (this.deflate != null) {
				compression.installEncoder(channel.pipeline(), this.deflate);
			}
		}

		/**
		 * Pass the buffered bytes to the websocket, after the other steps of the
		 * handshake.
		 */
		private void releaseEarlyBytes() {
			Channel channel = this.request.channel();
			if (channel != null) {
				channel.eventLoop().execute(() -> EarlyBytes.release(channel.pipeline()));
			}
		}

	}

}
