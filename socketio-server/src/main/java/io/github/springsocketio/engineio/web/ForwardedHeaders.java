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

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The headers of forwarded requests and of their responses: all headers except for those
 * that apply to a single connection (RFC 9110, section 7.6.1).
 */
final class ForwardedHeaders {

	private static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "proxy-authenticate",
			"proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "expect",
			"http2-settings", ForwardedRequests.HEADER.toLowerCase(Locale.ROOT));

	private static final List<String> OF_PROXIES = List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto",
			"X-Forwarded-Host");

	private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,255}");

	private ForwardedHeaders() {
	}

	/**
	 * Visit each end-to-end header.
	 */
	static void endToEnd(HttpHeaders headers, BiConsumer<String, String> visitor) {
		Set<String> dropped = new HashSet<>(HOP_BY_HOP);
		headers.getConnection().forEach((name) -> dropped.add(name.toLowerCase(Locale.ROOT)));
		for (Map.Entry<String, List<String>> header : headers.headerSet()) {
			if (!dropped.contains(header.getKey().toLowerCase(Locale.ROOT))) {
				header.getValue().forEach((value) -> visitor.accept(header.getKey(), value));
			}
		}
	}

	/**
	 * Return an address as a text. An unresolved address may come from a header of a
	 * proxy, and is not resolved.
	 * @return the text; empty if there is no valid address
	 */
	static String host(@Nullable InetSocketAddress remote) {
		if (remote == null) {
			return "";
		}
		String host = (remote.getAddress() != null) ? NetUtil.toAddressString(remote.getAddress())
				: remote.getHostString();
		return HOST.matcher(host).matches() ? host : "";
	}

	/**
	 * Visit the headers that a proxy adds. If the request has headers of a proxy that the
	 * application has not evaluated, these are forwarded unchanged instead.
	 */
	static void ofProxy(ServerHttpRequest request, BiConsumer<String, String> visitor) {
		if (OF_PROXIES.stream().anyMatch(request.getHeaders()::containsHeader)) {
			return;
		}
		String host = host(request.getRemoteAddress());
		if (!host.isEmpty()) {
			visitor.accept("X-Forwarded-For", host);
		}
		URI uri = request.getURI();
		if (uri.getScheme() != null && uri.getRawAuthority() != null) {
			visitor.accept("X-Forwarded-Proto", uri.getScheme());
			visitor.accept("X-Forwarded-Host", uri.getRawAuthority());
		}
	}

}
