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

import java.time.Duration;
import java.util.UUID;

import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.engineio.web.AllowRequest.Decision;
import io.github.springsocketio.engineio.web.Cookies;
import io.github.springsocketio.engineio.web.HeadersListener;
import io.github.springsocketio.engineio.web.InitialHeadersListener;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.session.WebSessionIdResolver;

/**
 * Configuration of handshakes: which ones are accepted, and which cookies the application
 * sends.
 */
@Configuration(proxyBeanMethods = false)
class HandshakeConfiguration {

	/**
	 * Refuses requests of scripts from other origins.
	 */
	@Bean
	@Order(1)
	AllowRequest sameOrigin() {
		return (exchange) -> Mono.just(CorsUtils.isCorsRequest(exchange.getRequest())
				? Decision.reject("cross-origin request") : Decision.accept());
	}

	/**
	 * Refuses the cookie of a session that no longer exists, because its user expects to
	 * be logged in. A client without a cookie is anonymous.
	 */
	@Bean
	@Order(2)
	AllowRequest liveSession(WebSessionIdResolver sessionIds) {
		return (exchange) -> sessionIds.resolveSessionIds(exchange).isEmpty() ? Mono.just(Decision.accept())
				: exchange.getSession()
					.map((session) -> session.isStarted() ? Decision.accept() : Decision.reject("session expired"));
	}

	/**
	 * Sets a cookie that identifies the browser, with the first response of each session.
	 */
	@Bean
	InitialHeadersListener uid() {
		return (headers, exchange) -> {
			String known = Cookies.value(exchange, "uid");
			headers.add(HttpHeaders.SET_COOKIE,
					ResponseCookie.from("uid", (known != null) ? known : randomValue())
						.path("/")
						.sameSite("Strict")
						.build()
						.toString());
			return Mono.empty();
		};
	}

	/**
	 * Sets a cookie on any response to clients that have sent a cookie, but not this one.
	 */
	@Bean
	HeadersListener randomId() {
		return (headers, exchange) -> {
			if (!exchange.getRequest().getCookies().isEmpty() && Cookies.value(exchange, "randomId") == null) {
				headers.add(HttpHeaders.SET_COOKIE,
						ResponseCookie.from("randomId", randomValue())
							.path("/")
							.maxAge(Duration.ofDays(1))
							.build()
							.toString());
			}
			return Mono.empty();
		};
	}

	private static String randomValue() {
		return UUID.randomUUID().toString().substring(0, 8);
	}

}
