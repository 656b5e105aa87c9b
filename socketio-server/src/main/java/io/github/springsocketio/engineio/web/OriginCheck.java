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
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.web.util.ForwardedHeaderUtils;
import org.springframework.web.util.UriComponents;

/**
 * Checks the origin of requests that the same-origin policy of browsers does not cover:
 * WebSocket handshakes and scripts. The scheme is not compared, because a proxy may
 * terminate TLS. Headers such as {@code X-Forwarded-Host} are trusted, because a page
 * cannot set them on such requests.
 */
final class OriginCheck {

	private static final Log logger = LogFactory.getLog(OriginCheck.class);

	private static final String FORWARDED_HOST = "X-Forwarded-Host";

	/**
	 * The authentication schemes whose credentials browsers send automatically.
	 */
	private static final Set<String> AUTOMATIC_SCHEMES = Set.of("basic", "digest", "negotiate", "ntlm");

	private static final String ADVICE = "If its pages may connect, allow it in 'socketio.cors.allowed-origins'. If a "
			+ "proxy replaces the Host header, configure the proxy to pass the original one, or to send "
			+ "X-Forwarded-Host or Forwarded";

	private final WebSocketOriginCheck mode;

	private final CorsHandler cors;

	private final RefusedOrigins refused;

	OriginCheck(WebSocketOriginCheck mode, CorsHandler cors, LongSupplier nanoTime) {
		this.mode = mode;
		this.cors = cors;
		this.refused = new RefusedOrigins(logger, nanoTime);
	}

	/**
	 * Return whether the origin of a request is allowed: it is not a WebSocket handshake,
	 * needs no check, or comes from the server's own origin or one that CORS allows.
	 */
	boolean isWebSocketAllowed(EngineRequest request) {
		if (this.mode == WebSocketOriginCheck.OFF || !request.isUpgrade()) {
			return true;
		}
		String origin = request.headers().getFirst(HttpHeaders.ORIGIN);
		if (origin == null || (this.mode == WebSocketOriginCheck.WITH_COOKIES && !hasCredentials(request))
				|| isAllowed(request, origin)) {
			return true;
		}
		this.refused.log("WebSocket handshake", origin, own(request),
				ADVICE + ". 'socketio.websocket.origin-check' controls this check");
		return false;
	}

	/**
	 * Return whether a request for a script comes from the server's own origin or from
	 * one that CORS allows. Such requests have no {@code Origin} header, but usually a
	 * {@code Referer}. Without both, the request must not have credentials.
	 */
	Mono<Boolean> isScriptAllowed(EngineRequest request) {
		String origin = request.headers().getFirst(HttpHeaders.ORIGIN);
		if (origin != null) {
			return Mono.just(isAllowed(request, origin) || refuseScript(request, origin));
		}
		String referer = request.headers().getFirst(HttpHeaders.REFERER);
		if (referer == null) {
			return Mono.just(!hasCredentials(request) || refuseScript(request, "none"));
		}
		String page = originOf(referer);
		if (page == null) {
			return Mono.just(refuseScript(request, referer));
		}
		return isOwn(request, page) ? Mono.just(true) : this.cors.isAllowed(page, request.exchange())
			.map((allowed) -> allowed || refuseScript(request, page));
	}

	private boolean refuseScript(EngineRequest request, String origin) {
		this.refused.log("JSONP request", origin, own(request), ADVICE);
		return false;
	}

	private static boolean isAllowed(EngineRequest request, String origin) {
		return isOwn(request, origin) || CorsHandler.isOriginAllowed(request.exchange());
	}

	/**
	 * Return whether a request has credentials that browsers send automatically.
	 */
	private static boolean hasCredentials(EngineRequest request) {
		HttpHeaders headers = request.headers();
		String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
		if (headers.containsHeader(HttpHeaders.COOKIE)
				|| (authorization != null && AUTOMATIC_SCHEMES.contains(scheme(authorization)))) {
			return true;
		}
		SslInfo ssl = request.exchange().getRequest().getSslInfo();
		return ssl != null && ssl.getPeerCertificates() != null && ssl.getPeerCertificates().length > 0;
	}

	private static String scheme(String authorization) {
		return authorization.trim().split(" ", 2)[0].toLowerCase(Locale.ROOT);
	}

	// The server's own origin

	private static boolean isOwn(EngineRequest request, String origin) {
		String authority = authority(origin);
		HttpHeaders headers = request.headers();
		return authority != null && (authority.equals(normalized(headers.getFirst(HttpHeaders.HOST)))
				|| authority.equals(normalized(first(headers.getFirst(FORWARDED_HOST))))
				|| authority.equals(effective(request)));
	}

	/**
	 * Return the authority that the client has used, taking headers of proxies into
	 * account.
	 */
	private static @Nullable String effective(EngineRequest request) {
		try {
			UriComponents uri = ForwardedHeaderUtils
				.adaptFromForwardedHeaders(request.exchange().getRequest().getURI(), request.headers())
				.build();
			String host = uri.getHost();
			return (host != null) ? normalized((uri.getPort() != -1) ? host + ":" + uri.getPort() : host) : null;
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			// A malformed header
			return null;
		}
	}

	private static String own(EngineRequest request) {
		String effective = effective(request);
		return (effective != null) ? effective : String.valueOf(request.headers().getFirst(HttpHeaders.HOST));
	}

	private static @Nullable String first(@Nullable String list) {
		return (list != null) ? list.split(",", 2)[0] : null;
	}

	private static @Nullable String originOf(String url) {
		try {
			URI uri = URI.create(url);
			return (uri.getScheme() != null && uri.getHost() != null)
					? uri.getScheme() + "://" + uri.getHost() + ((uri.getPort() != -1) ? ":" + uri.getPort() : "")
					: null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable String authority(String origin) {
		try {
			return normalized(URI.create(origin).getRawAuthority());
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable String normalized(@Nullable String authority) {
		if (authority == null) {
			return null;
		}
		String lower = authority.trim().toLowerCase(Locale.ROOT);
		return (lower.endsWith(":80") || lower.endsWith(":443")) ? lower.substring(0, lower.lastIndexOf(':')) : lower;
	}

}
