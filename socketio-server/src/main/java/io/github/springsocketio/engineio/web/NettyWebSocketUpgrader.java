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

import java.util.function.Consumer;

import io.github.springsocketio.engineio.Transport;
import io.github.springsocketio.engineio.TransportServer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * Upgrades on Reactor Netty and takes over the channel. After the handshake, which
 * includes the headers of filters and listeners, a handler directly behind Netty's frame
 * decoder serves the websocket. Only public API of Reactor Netty is used.
 */
final class NettyWebSocketUpgrader implements WebSocketUpgrader {

	private static final Log logger = LogFactory.getLog(NettyWebSocketUpgrader.class);

	private final TransportServer server;

	private final WebSocketLimits limits;

	private final WebSocketCompression compression;

	NettyWebSocketUpgrader(TransportServer server, EngineWebOptions options) {
		this.server = server;
		this.limits = new WebSocketLimits(new DataRate(server, options), server.options().maxHttpBufferSize(),
				options.maxWebsocketFragments());
		this.compression = new WebSocketCompression(server, options.websocketCompression());
	}

	static boolean supports(EngineRequest request) {
		return EnginePath.nativeRequest(request.exchange().getRequest()) instanceof HttpServerRequest;
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
		Channel channel = request.channel();
		HttpStatus problem = WebSocketHandshakes.check(request);
		if (problem != null || channel == null) {
			return WebSocketHandshakes.refuse(request, (problem != null) ? problem : HttpStatus.BAD_REQUEST);
		}
		request.responseHeaders().remove(HttpHeaders.CONNECTION);
		PerMessageDeflate deflate = this.compression.negotiate(request);
		return request.exchange()
			.getResponse()
			.setComplete()
			.then(Mono
				.defer(() -> Monos.then(request.onEventLoop(), () -> handshake(request, channel, deflate, opened))));
	}

	private Mono<Void> handshake(EngineRequest request, Channel channel, @Nullable PerMessageDeflate deflate,
			Consumer<Transport> opened) {
		EarlyBytes.install(channel);
		ServerHttpResponse response = request.exchange().getResponse();
		HttpServerResponse nativeResponse = ServerHttpResponseDecorator.getNativeResponse(response);
		WebSocketWriter writer = WebSocketWriter.of(request.isBase64(), request.protocol() == 3);
		return nativeResponse.sendWebsocket((in, out) -> {
			in.withConnection((connection) -> takeOver(connection, writer, deflate, opened));
			return Mono.never();
		}, spec(request)).onErrorResume((ex) -> {
			logger.debug("WebSocket handshake could not be completed", ex);
			channel.close();
			return Mono.empty();
		});
	}

	private WebsocketServerSpec spec(EngineRequest request) {
		WebsocketServerSpec.Builder builder = WebSocketHandshakes.spec(this.server.options()).handlePing(true);
		String protocol = WebSocketHandshakes.protocol(request);
		if (protocol != null) {
			builder.protocols(protocol);
		}
		return builder.build();
	}

	private void takeOver(Connection connection, WebSocketWriter writer, @Nullable PerMessageDeflate deflate,
			Consumer<Transport> opened) {
		Channel channel = connection.channel();
		ChannelPipeline pipeline = channel.pipeline();
		EngineFrameDecoder decoder = this.compression.installDecoders(pipeline, deflate, false);
		WebSocketWriter compressing = (deflate != null) ? writer.compressing(this.compression.compression(deflate))
				: writer;
		NettyWebSocket websocket = new NettyWebSocket(channel, decoder, this.limits, compressing);
		pipeline.addBefore(NettyPipeline.ReactiveBridge, NettyWebSocket.class.getName(), websocket);
		connection.rebind(websocket);
		FatalErrorHandler.remove(pipeline);
		open(channel, websocket, opened);
	}

	private static void open(Channel channel, NettyWebSocket websocket, Consumer<Transport> opened) {
		ChannelPipeline pipeline = channel.pipeline();
		ChannelHandlerContext encoder = pipeline.context(WebSocketFrameEncoder.class);
		if (!channel.isActive() || encoder == null) {
			channel.close();
			EarlyBytes.release(pipeline);
			return;
		}
		websocket.open(encoder);
		// Input is buffered until the setup is complete; from now on the session may
		// pause reading
		channel.config().setAutoRead(true);
		opened.accept(websocket);
		EarlyBytes.release(pipeline);
	}

}
