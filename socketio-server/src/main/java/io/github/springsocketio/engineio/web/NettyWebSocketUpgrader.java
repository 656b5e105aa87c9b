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

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.TransportServer;
import io.github.springsocketio.engineio.TransportServer.SessionTransport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionDecoder;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionEncoder;
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
 * Upgrades on Reactor Netty and takes the channel: after the handshake, with all that
 * filters and listeners did to it, the websocket is served by a handler directly behind
 * Netty's frame decoder. Only public API of Reactor Netty is used.
 */
final class NettyWebSocketUpgrader implements WebSocketUpgrader {

	private static final Log logger = LogFactory.getLog(NettyWebSocketUpgrader.class);

	private final TransportServer server;

	private final EngineWebOptions options;

	private final WebSocketDecoderConfig plain;

	private final WebSocketDecoderConfig compressed;

	NettyWebSocketUpgrader(TransportServer server, EngineWebOptions options) {
		this.server = server;
		this.options = options;
		int limit = server.options().maxHttpBufferSize();
		this.plain = decoderConfig(limit, false);
		this.compressed = decoderConfig(inflated(limit), true);
	}

	private static WebSocketDecoderConfig decoderConfig(int limit, boolean extensions) {
		return WebSocketDecoderConfig.newBuilder()
			.maxFramePayloadLength(limit)
			.allowExtensions(extensions)
			.closeOnProtocolViolation(false)
			.withUTF8Validator(false)
			.build();
	}

	/**
	 * Return the limit for a compressed frame: what cannot be compressed grows a little.
	 */
	private static int inflated(int limit) {
		return (int) Math.min(Integer.MAX_VALUE, limit + limit / 512L + 64);
	}

	static boolean supports(EngineRequest request) {
		return EnginePath.nativeRequest(request.exchange().getRequest()) instanceof HttpServerRequest;
	}

	@Override
	public void prepare(EngineRequest request) {
		Channel channel = channel(request);
		if (channel != null) {
			EarlyBytes.install(channel);
		}
	}

	private static @Nullable Channel channel(EngineRequest request) {
		Object nativeRequest = EnginePath.nativeRequest(request.exchange().getRequest());
		return (nativeRequest instanceof Connection connection) ? connection.channel() : null;
	}

	@Override
	public Mono<Void> upgrade(EngineRequest request, Consumer<SessionTransport> opened) {
		Channel channel = channel(request);
		HttpStatus problem = check(request);
		if (problem != null || channel == null) {
			request.responseHeaders().set(HttpHeaders.CONNECTION, "close");
			if (problem == HttpStatus.UPGRADE_REQUIRED) {
				request.responseHeaders().set("Sec-WebSocket-Version", "13");
			}
			return EngineErrors.empty(request, (problem != null) ? problem : HttpStatus.BAD_REQUEST);
		}
		request.responseHeaders().remove(HttpHeaders.CONNECTION);
		return request.exchange()
			.getResponse()
			.setComplete()
			.then(Mono.defer(request::onEventLoop))
			.then(Mono.defer(() -> handshake(request, channel, opened)));
	}

	private static @Nullable HttpStatus check(EngineRequest request) {
		HttpHeaders headers = request.headers();
		if (!"13".equals(headers.getFirst("Sec-WebSocket-Version"))) {
			return HttpStatus.UPGRADE_REQUIRED;
		}
		String key = headers.getFirst("Sec-WebSocket-Key");
		boolean upgrade = headers.getConnection().stream().anyMatch("upgrade"::equalsIgnoreCase);
		boolean valid = key != null && key.matches("[+/0-9A-Za-z]{22}==") && upgrade;
		return valid ? null : HttpStatus.BAD_REQUEST;
	}

	private Mono<Void> handshake(EngineRequest request, Channel channel, Consumer<SessionTransport> opened) {
		EarlyBytes.install(channel);
		ServerHttpResponse response = request.exchange().getResponse();
		HttpServerResponse nativeResponse = ServerHttpResponseDecorator.getNativeResponse(response);
		boolean base64 = request.isBase64();
		boolean typed = request.protocol() == 3;
		return nativeResponse.sendWebsocket((in, out) -> {
			in.withConnection((connection) -> takeOver(connection, base64, typed, opened));
			return Mono.never();
		}, spec(request)).onErrorResume((ex) -> {
			logger.debug("A websocket's handshake could not be completed", ex);
			channel.close();
			return Mono.empty();
		});
	}

	private WebsocketServerSpec spec(EngineRequest request) {
		int limit = this.server.options().maxHttpBufferSize();
		boolean compress = this.options.websocketCompression();
		WebsocketServerSpec.Builder builder = WebsocketServerSpec.builder()
			.maxFramePayloadLength(limit)
			.handlePing(true)
			.compress(compress)
			.compressionAllowServerNoContext(this.options.serverNoContext())
			.compressionPreferredClientNoContext(this.options.preferredClientNoContext())
			.maxDecompressionBufferSize(compress ? (int) Math.min(Integer.MAX_VALUE, 3L * limit + 1024) : 0);
		String offered = request.headers().getFirst("Sec-WebSocket-Protocol");
		if (offered != null) {
			int comma = offered.indexOf(',');
			builder.protocols(((comma < 0) ? offered : offered.substring(0, comma)).trim());
		}
		return builder.build();
	}

	private void takeOver(Connection connection, boolean base64, boolean typed, Consumer<SessionTransport> opened) {
		Channel channel = connection.channel();
		ChannelPipeline pipeline = channel.pipeline();
		// Netty adds the negotiated codec in another listener of the same write
		boolean pending = pipeline.get(NettyPipeline.WsCompressionHandler) != null;
		boolean compress = pending || pipeline.get(WebSocketExtensionDecoder.class) != null;
		pipeline.replace(WebSocketFrameDecoder.class, "wsdecoder",
				new WebSocket13FrameDecoder(compress ? this.compressed : this.plain));
		EngineOptions engine = this.server.options();
		NettyWebSocket websocket = new NettyWebSocket(channel, this.server.timers(), engine.maxHttpBufferSize(),
				this.options.maxWebsocketFragments(), engine.writeTimeout(), base64, typed);
		pipeline.addBefore(NettyPipeline.ReactiveBridge, NettyWebSocket.class.getName(), websocket);
		connection.rebind(websocket);
		if (pending) {
			channel.eventLoop().execute(() -> open(channel, websocket, opened));
		}
		else {
			open(channel, websocket, opened);
		}
	}

	private static void open(Channel channel, NettyWebSocket websocket, Consumer<SessionTransport> opened) {
		ChannelPipeline pipeline = channel.pipeline();
		if (pipeline.get(NettyPipeline.WsCompressionHandler) != null) {
			pipeline.remove(NettyPipeline.WsCompressionHandler);
		}
		ChannelHandlerContext encoder = pipeline.context(WebSocketFrameEncoder.class);
		if (!channel.isActive() || encoder == null) {
			channel.close();
			EarlyBytes.release(pipeline);
			return;
		}
		websocket.open(encoder, pipeline.get(WebSocketExtensionEncoder.class) != null);
		opened.accept(websocket);
		channel.config().setAutoRead(true);
		EarlyBytes.release(pipeline);
	}

}
