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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

import io.github.springsocketio.engineio.TransportServer;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Requests that a node has forwarded to another one. They have a header with the time,
 * the address of the client and a signature. The signature covers both, the tag of the
 * receiving node, the method and the target. Such a request is not forwarded again.
 */
final class ForwardedRequests {

	static final String HEADER = "X-Socketio-Forwarded";

	private static final String FORWARDED = ForwardedRequests.class.getName() + ".forwarded";

	private static final String PURPOSE = "request";

	/**
	 * The validity of a signature, which includes the difference between the clocks of
	 * nodes.
	 */
	private static final long MAX_AGE = Duration.ofMinutes(1).toMillis();

	private final NodeSecret secret;

	private final @Nullable String nodeTag;

	ForwardedRequests(NodeSecret secret, TransportServer server) {
		this.secret = secret;
		this.nodeTag = server.options().nodeTag();
	}

	/**
	 * Return whether a request was forwarded by another node.
	 */
	static boolean isForwarded(ServerWebExchange exchange) {
		return exchange.getAttribute(FORWARDED) != null;
	}

	/**
	 * Return the value of the header for a request that is forwarded to a node.
	 */
	String sign(ServerHttpRequest request, String node, String target) {
		InetSocketAddress remote = request.getRemoteAddress();
		String time = Long.toString(System.currentTimeMillis());
		String host = ForwardedHeaders.host(remote);
		String port = (remote != null) ? Integer.toString(remote.getPort()) : "";
		return String.join(";", time, host, port,
				this.secret.sign(PURPOSE, time, host, port, node, request.getMethod().name(), target));
	}

	/**
	 * Check a request for the header.
	 * @return the same exchange if the request was not forwarded; one with the remote
	 * address of the client if it was; {@code null} if its signature is not valid
	 */
	@Nullable ServerWebExchange accept(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		String header = request.getHeaders().getFirst(HEADER);
		if (header == null || isForwarded(exchange)) {
			return exchange;
		}
		String[] parts = header.split(";", -1);
		if (parts.length != 4 || !isSigned(request, parts) || !isRecent(parts[0])) {
			return null;
		}
		exchange.getAttributes().put(FORWARDED, true);
		InetSocketAddress client = address(parts[1], parts[2]);
		return exchange.mutate().request((changed) -> {
			changed.headers((headers) -> headers.remove(HEADER));
			if (client != null) {
				changed.remoteAddress(client);
			}
		}).build();
	}

	private boolean isSigned(ServerHttpRequest request, String[] parts) {
		return this.nodeTag != null && EnginePath.nativeRequest(request) instanceof HttpServerRequest nativeRequest
				&& this.secret.isValid(parts[3], PURPOSE, parts[0], parts[1], parts[2], this.nodeTag,
						request.getMethod().name(), nativeRequest.uri());
	}

	/**
	 * Return whether a signed time is within the validity.
	 */
	private static boolean isRecent(String time) {
		return Math.abs(System.currentTimeMillis() - Long.parseLong(time)) <= MAX_AGE;
	}

	private static @Nullable InetSocketAddress address(String host, String port) {
		if (host.isEmpty()) {
			return null;
		}
		InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
		return (address != null) ? new InetSocketAddress(address, Integer.parseInt(port))
				: InetSocketAddress.createUnresolved(host, Integer.parseInt(port));
	}

}
