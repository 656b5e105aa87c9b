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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.springsocketio.socketio.packet.PacketParser;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

/**
 * The settings of a client, see {@link SocketIoClientBuilder}.
 */
record ClientOptions(String name, int conversation, URI url, String path, List<Transport> transports, boolean upgrade,
		int protocol, PacketParser parser, Duration timeout, Map<String, List<String>> headers,
		Map<String, String> query, Supplier<? extends Map<String, ?>> auth, CookieStore cookies,
		boolean withCredentials, @Nullable String origin, HttpClient httpClient) {

	Transport firstTransport() {
		return this.transports.get(0);
	}

	boolean upgrades() {
		return this.upgrade && firstTransport() == Transport.POLLING && this.transports.contains(Transport.WEBSOCKET);
	}

	boolean isProtocol3() {
		return this.protocol == 3;
	}

	/**
	 * Return the address of a request, always with the scheme of HTTP.
	 */
	URI uri(Transport transport, @Nullable String sid) {
		StringBuilder uri = new StringBuilder(this.url.getScheme()).append("://")
			.append(this.url.getRawAuthority())
			.append(this.path)
			.append("?EIO=")
			.append(this.protocol)
			.append("&transport=")
			.append(transport.text());
		if (sid != null) {
			uri.append("&sid=").append(encode(sid));
		}
		this.query.forEach((name, value) -> uri.append('&').append(encode(name)).append('=').append(encode(value)));
		return URI.create(uri.toString());
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

	/**
	 * Return whether the page that sends the requests belongs to another site.
	 */
	boolean isCrossSite() {
		return !Sites.isSameSite(this.origin, this.url);
	}

}
