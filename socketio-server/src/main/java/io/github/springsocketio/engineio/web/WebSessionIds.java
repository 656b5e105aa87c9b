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

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.CookieWebSessionIdResolver;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.WebSessionIdResolver;

/**
 * Finds the {@code WebSession}s of handshakes, and removes their ids from the responses
 * to requests of a session of the engine. A poll may be waiting when the user logs in:
 * its response would reveal the new id to the client of the poll, or delete the cookie
 * that the login has set.
 */
final class WebSessionIds {

	private final WebSessionIdResolver resolver;

	private final HandshakeSessions sessions;

	/**
	 * Create an instance.
	 * @param manager the session manager of the application, or {@code null}
	 * @param sessions finds sessions, or {@code null} for those of the manager
	 */
	WebSessionIds(@Nullable DefaultWebSessionManager manager, @Nullable HandshakeSessions sessions) {
		this.resolver = (manager != null) ? manager.getSessionIdResolver() : new CookieWebSessionIdResolver();
		this.sessions = (sessions != null) ? sessions
				: new StoredSessions(this.resolver, (manager != null) ? manager.getSessionStore() : null);
	}

	/**
	 * Return the finder of sessions.
	 */
	HandshakeSessions sessions() {
		return this.sessions;
	}

	/**
	 * Return an exchange whose response neither sets nor expires the id of a
	 * {@code WebSession}, even if the application requests the {@code WebSession} later.
	 */
	ServerWebExchange withhold(ServerWebExchange exchange) {
		withholdNow(exchange);
		return new ServerWebExchangeDecorator(exchange) {
			@Override
			public Mono<WebSession> getSession() {
				// registered after the action that sets the cookie
				return super.getSession().doOnNext((session) -> withholdNow(getDelegate()));
			}
		};
	}

	/**
	 * Remove the ids that the commit actions registered so far will set.
	 */
	void withholdNow(ServerWebExchange exchange) {
		exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> remove(exchange)));
	}

	/**
	 * Remove the ids that are set so far.
	 */
	void remove(ServerWebExchange exchange) {
		ServerHttpResponse response = exchange.getResponse();
		if (response.getCookies().isEmpty() && this.resolver instanceof CookieWebSessionIdResolver) {
			return;
		}
		Recorded recorded = new Recorded(response);
		this.resolver.setSessionId(new ServerWebExchangeDecorator(exchange) {
			@Override
			public ServerHttpResponse getResponse() {
				return recorded;
			}
		}, "id");
		List<String> sent = this.resolver.resolveSessionIds(exchange);
		for (String name : recorded.cookies.keySet()) {
			List<ResponseCookie> cookies = response.getCookies().get(name);
			if (cookies != null && !cookies.stream().map(ResponseCookie::getValue).allMatch(sent::contains)) {
				response.getCookies().remove(name);
			}
		}
		for (String name : Set.copyOf(recorded.headers.headerNames())) {
			if (!sent.containsAll(response.getHeaders().getOrEmpty(name))) {
				response.getHeaders().remove(name);
			}
		}
	}

	/**
	 * Records the cookies and headers in which the resolver sets an id.
	 */
	private static final class Recorded extends ServerHttpResponseDecorator {

		private final MultiValueMap<String, ResponseCookie> cookies = new LinkedMultiValueMap<>();

		private final HttpHeaders headers = new HttpHeaders();

		private Recorded(ServerHttpResponse delegate) {
			super(delegate);
		}

		@Override
		public MultiValueMap<String, ResponseCookie> getCookies() {
			return this.cookies;
		}

		@Override
		public void addCookie(ResponseCookie cookie) {
			this.cookies.add(cookie.getName(), cookie);
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

	}

}
