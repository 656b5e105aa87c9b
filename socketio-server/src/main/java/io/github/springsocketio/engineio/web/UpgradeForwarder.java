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

import java.net.URI;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.tcp.TcpClient;

import org.springframework.http.HttpStatus;

/**
 * Forwards requests for a websocket. Sends the request to the other node on a separate
 * connection, and then relays all bytes in both directions, including the response of the
 * node.
 */
final class UpgradeForwarder {

	private final TcpClient client;

	UpgradeForwarder(int connectMillis) {
		this.client = TcpClient.newConnection().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis);
	}

	/**
	 * Forward a request.
	 * @param opened called when the connection to the node is open
	 * @return completes only if the request cannot be forwarded by its form; fails if the
	 * node cannot be reached. Closes the connection to the node when it is cancelled
	 */
	Mono<Void> forward(EngineRequest request, URI address, String target, String signature, Runnable opened) {
		Channel channel = request.channel();
		HttpStatus problem = WebSocketHandshakes.check(request);
		if (problem != null || channel == null) {
			return WebSocketHandshakes.refuse(request, (problem != null) ? problem : HttpStatus.BAD_REQUEST);
		}
		EarlyBytes.install(channel);
		Tunnel tunnel = new Tunnel(channel, request.rate());
		TcpClient configured = ("https".equals(address.getScheme()) ? this.client.secure() : this.client)
			.host(address.getHost())
			.port(address.getPort())
			.doOnChannelInit((observer, node, remote) -> install(node.pipeline(), tunnel));
		return Mono.usingWhen(configured.connect(), (connection) -> request.onEventLoop().then(Mono.defer(() -> {
			if (!tunnel.start(head(request, target, signature))) {
				return WebSocketHandshakes.refuse(request, HttpStatus.BAD_REQUEST);
			}
			opened.run();
			return Mono.<Void>never();
		})), UpgradeForwarder::dispose);
	}

	private static void install(ChannelPipeline pipeline, Tunnel tunnel) {
		if (pipeline.get(NettyPipeline.ReactiveBridge) != null) {
			pipeline.addBefore(NettyPipeline.ReactiveBridge, Tunnel.class.getName(), tunnel.nodeSide());
		}
		else {
			pipeline.addLast(Tunnel.class.getName(), tunnel.nodeSide());
		}
	}

	private static Mono<Void> dispose(Connection connection) {
		connection.dispose();
		return Mono.empty();
	}

	private static ByteBuf head(EngineRequest request, String target, String signature) {
		StringBuilder head = new StringBuilder("GET ").append(target).append(" HTTP/1.1\r\n");
		add(head, "Connection", "Upgrade");
		add(head, "Upgrade", "websocket");
		ForwardedHeaders.endToEnd(request.headers(), (name, value) -> add(head, name, value));
		ForwardedHeaders.ofProxy(request.exchange().getRequest(), (name, value) -> add(head, name, value));
		add(head, ForwardedRequests.HEADER, signature);
		return Unpooled.copiedBuffer(head.append("\r\n"), StandardCharsets.ISO_8859_1);
	}

	private static void add(StringBuilder head, String name, String value) {
		// the HTTP decoder refuses line breaks in headers, but filters may add some
		if (value.indexOf('\r') < 0 && value.indexOf('\n') < 0) {
			head.append(name).append(": ").append(value).append("\r\n");
		}
	}

}
