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

package io.github.springsocketio.sample;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;

import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.engineio.web.AllowRequest.Decision;
import io.github.springsocketio.engineio.web.HeadersListener;
import io.github.springsocketio.engineio.web.InitialHeadersListener;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.util.MultiValueMap;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.WebSessionIdResolver;

/**
 * Who may connect, and which cookies the application sends on its own.
 */
@Configuration(proxyBeanMethods = false)
class HandshakeConfiguration {

	static final int MAX_SESSIONS_PER_ADDRESS = 100;

	/**
	 * Browsers do not keep other sites from opening a WebSocket, so the server does.
	 * @return refuses handshakes that scripts of other sites make
	 */
	@Bean
	@Order(1)
	AllowRequest sameOrigin() {
		return (exchange) -> CorsUtils.isCorsRequest(exchange.getRequest()) ? refuse("cross-origin request")
				: Mono.just(Decision.accept());
	}

	/**
	 * Keeps one client from taking up the server. Behind a proxy,
	 * {@code server.forward-headers-strategy} has to be set for the addresses to be those
	 * of the clients.
	 * @param engine knows the sessions
	 * @return refuses handshakes of addresses with many sessions
	 */
	@Bean
	@Order(0)
	AllowRequest sessionsPerAddress(EngineServer engine) {
		return (exchange) -> (sessions(engine, exchange.getRequest().getRemoteAddress()) < MAX_SESSIONS_PER_ADDRESS)
				? Mono.just(Decision.accept()) : refuse("too many sessions");
	}

	private static long sessions(EngineServer engine, @Nullable InetSocketAddress address) {
		return engine.sessions()
			.stream()
			.filter((session) -> isFrom(session.request().remoteAddress(), address))
			.count();
	}

	private static boolean isFrom(@Nullable InetSocketAddress first, @Nullable InetSocketAddress second) {
		return first != null && second != null && first.getHostString().equals(second.getHostString());
	}

	/**
	 * Without a session cookie the client is anonymous and may read the lobby. With one
	 * it must be the cookie of a session that is alive.
	 * @param sessionIds finds the id of the session in a request
	 * @return leaves the {@link Login} on the exchange
	 */
	@Bean
	@Order(2)
	AllowRequest members(WebSessionIdResolver sessionIds) {
		return (exchange) -> sessionIds.resolveSessionIds(exchange).isEmpty() ? Mono.just(Decision.accept())
				: exchange.getSession().map((session) -> admit(exchange, session));
	}

	/**
	 * Tells browsers apart: the cookie goes out with the first response of each session.
	 * @return sets {@code uid}
	 */
	@Bean
	InitialHeadersListener uid() {
		return (headers, exchange) -> {
			HttpCookie known = exchange.getRequest().getCookies().getFirst("uid");
			String uid = (known != null) ? known.getValue() : randomValue();
			return setCookie(headers, ResponseCookie.from("uid", uid).path("/").sameSite("Strict").build());
		};
	}

	/**
	 * As on the documentation page: on any response, to clients that sent a cookie but
	 * not this one.
	 * @return sets {@code randomId}
	 */
	@Bean
	HeadersListener randomId() {
		return (headers, exchange) -> {
			MultiValueMap<String, HttpCookie> cookies = exchange.getRequest().getCookies();
			if (cookies.isEmpty() || cookies.containsKey("randomId")) {
				return Mono.empty();
			}
			return setCookie(headers,
					ResponseCookie.from("randomId", randomValue()).path("/").maxAge(Duration.ofDays(1)).build());
		};
	}

	private static Decision admit(ServerWebExchange exchange, WebSession session) {
		Login login = Login.of(session);
		if (login == null) {
			return Decision.reject("session expired");
		}
		exchange.getAttributes().put(Login.ATTRIBUTE, login);
		return Decision.accept();
	}

	private static Mono<Decision> refuse(String message) {
		return Mono.just(Decision.reject(message));
	}

	private static Mono<Void> setCookie(HttpHeaders headers, ResponseCookie cookie) {
		headers.add(HttpHeaders.SET_COOKIE, cookie.toString());
		return Mono.empty();
	}

	private static String randomValue() {
		return UUID.randomUUID().toString().substring(0, 8);
	}

}
