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

import java.net.URI;
import java.time.Duration;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.websocket.WebsocketInbound;

/**
 * A WebSocket. The listener is called on the event loop of the client.
 */
final class WebSocketLink {

	private static final int MAX_MESSAGE = 100_000_000;

	static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

	private final HttpExchanges http;

	private final URI uri;

	private final Listener listener;

	private volatile @Nullable Channel channel;

	private boolean ended;

	WebSocketLink(HttpExchanges http, URI uri, Listener listener) {
		this.http = http;
		this.uri = uri;
		this.listener = listener;
	}

	Disposable open(HttpClient client) {
		String address = "ws" + this.uri.toString().substring("http".length());
		return client.websocket(WebsocketClientSpec.builder().maxFramePayloadLength(MAX_MESSAGE).build())
			.uri(URI.create(address))
			.handle((inbound, outbound) -> receive(inbound))
			.subscribe((none) -> {
			}, (error) -> this.http.eventLoop().run(() -> failed(error)),
					() -> this.http.eventLoop().run(() -> ended(null)));
	}

	private Publisher<Void> receive(WebsocketInbound inbound) {
		inbound.withConnection((connection) -> this.channel = connection.channel());
		HandshakeResponse response = response(101, inbound.headers());
		this.http.eventLoop().run(() -> {
			this.http.record(response);
			this.listener.opened(response);
		});
		return inbound.aggregateFrames(MAX_MESSAGE).receiveFrames().doOnNext(this::received).then();
	}

	private void received(WebSocketFrame frame) {
		byte[] data = ByteBufUtil.getBytes(frame.content());
		if (frame instanceof TextWebSocketFrame) {
			this.http.eventLoop().run(() -> this.listener.text(data));
		}
		else if (frame instanceof BinaryWebSocketFrame) {
			this.http.eventLoop().run(() -> this.listener.binary(data));
		}
	}

	private HandshakeResponse response(int status, HttpHeaders headers) {
		return HandshakeResponse.of(Transport.WEBSOCKET, "GET", this.uri, status, headers, "");
	}

	private void failed(Throwable error) {
		HttpResponse refusal = (error instanceof WebSocketClientHandshakeException ex) ? ex.response() : null;
		if (refusal != null) {
			HandshakeResponse response = response(refusal.status().code(), refusal.headers());
			this.http.record(response);
			this.ended = true;
			this.listener.refused(response);
		}
		else {
			ended(error);
		}
	}

	private void ended(@Nullable Throwable error) {
		if (!this.ended) {
			this.ended = true;
			this.listener.ended(error);
		}
	}

	void send(EncodedMessage message) {
		this.http.eventLoop().conversation().sent(Transport.WEBSOCKET, message);
		if (message.hasText()) {
			write(new TextWebSocketFrame(Unpooled.wrappedBuffer(message.text())));
		}
		for (byte[] binary : message.binaries()) {
			write(new BinaryWebSocketFrame(content(binary)));
		}
	}

	private ByteBuf content(byte[] binary) {
		if (!this.http.options().isProtocol3()) {
			return Unpooled.wrappedBuffer(binary);
		}
		return Unpooled.wrappedBuffer(new byte[] { EnginePacketType.MESSAGE.number() }, binary);
	}

	private void write(WebSocketFrame frame) {
		Channel channel = this.channel;
		if (channel != null) {
			channel.writeAndFlush(frame);
		}
		else {
			frame.release();
		}
	}

	void close() {
		this.ended = true;
		Channel channel = this.channel;
		if (channel != null) {
			write(new CloseWebSocketFrame());
			this.http.eventLoop().schedule(CLOSE_TIMEOUT, channel::close);
		}
	}

	/**
	 * Listens to a WebSocket. Called on the event loop of the client.
	 */
	interface Listener {

		void opened(HandshakeResponse response);

		void refused(HandshakeResponse response);

		void text(byte[] packet);

		void binary(byte[] packet);

		void ended(@Nullable Throwable error);

	}

}
