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
import java.util.List;
import java.util.Locale;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Checks the origin of WebSocket handshakes (SEC-89). The scheme is not compared, because
 * a proxy may terminate TLS. Headers such as {@code X-Forwarded-Host} are trusted,
 * because a page cannot set them on a WebSocket.
 */
final class OriginCheck {

	private static final Log logger = LogFactory.getLog(OriginCheck.class);

	private static final List<String> HOSTS = List.of(HttpHeaders.HOST, "X-Forwarded-Host");

	private final WebSocketOriginCheck mode;

	OriginCheck(WebSocketOriginCheck mode) {
		this.mode = mode;
	}

	/**
	 * Return whether a request comes from the server's own origin, or from one that CORS
	 * has allowed, or needs no check.
	 */
	boolean isAllowed(EngineRequest request) {
		if (!isForeign(request) || CorsHandler.isOriginAllowed(request.exchange())) {
			return true;
		}
		logger.debug("Refusing a WebSocket handshake from another origin. If pages of that origin may connect, "
				+ "allow it in the CORS options. If a proxy replaces the Host header, configure it to pass the "
				+ "original one");
		return false;
	}

	private boolean isForeign(EngineRequest request) {
		if (this.mode == WebSocketOriginCheck.OFF || !request.isUpgrade()) {
			return false;
		}
		HttpHeaders headers = request.headers();
		String origin = headers.getFirst(HttpHeaders.ORIGIN);
		if (origin == null
				|| (this.mode == WebSocketOriginCheck.WITH_COOKIES && !headers.containsHeader(HttpHeaders.COOKIE))) {
			return false;
		}
		String authority = authority(origin);
		return authority == null || HOSTS.stream().noneMatch((name) -> authority.equals(host(headers, name)));
	}

	private static @Nullable String host(HttpHeaders headers, String name) {
		String value = headers.getFirst(name);
		return (value != null) ? withoutDefaultPort(value.trim().toLowerCase(Locale.ROOT)) : null;
	}

	private static @Nullable String authority(String origin) {
		try {
			String authority = URI.create(origin).getRawAuthority();
			return (authority != null) ? withoutDefaultPort(authority.toLowerCase(Locale.ROOT)) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static String withoutDefaultPort(String authority) {
		return (authority.endsWith(":80") || authority.endsWith(":443"))
				? authority.substring(0, authority.lastIndexOf(':')) : authority;
	}

}
