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

package io.github.springsocketio.servlet;

import java.io.IOException;
import java.net.URISyntaxException;
import java.security.Principal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.adapter.DefaultServerWebExchange;
import org.springframework.web.server.i18n.AcceptHeaderLocaleContextResolver;
import org.springframework.web.server.i18n.LocaleContextResolver;

/**
 * The endpoint's view of a request of the container, with the principal and the session
 * of that request.
 */
final class ServletExchange extends DefaultServerWebExchange {

	private static final ServerCodecConfigurer CODECS = ServerCodecConfigurer.create();

	private static final LocaleContextResolver LOCALES = new AcceptHeaderLocaleContextResolver();

	private final AsyncRequest async;

	private final HttpServletRequest request;

	private final ServletServerResponse response;

	private final @Nullable Principal principal;

	private volatile @Nullable WebSession session;

	ServletExchange(HttpServletRequest request, ServletServerRequest serverRequest, ServletServerResponse response,
			AsyncRequest async) {
		super(serverRequest, response, (exchange) -> Mono.empty(), CODECS, LOCALES);
		this.async = async;
		this.request = request;
		this.response = response;
		this.principal = request.getUserPrincipal();
		HttpSession current = request.getSession(false);
		this.session = (current != null) ? new ServletWebSession(current) : null;
	}

	/**
	 * Create an exchange for a request that is not in asynchronous mode. The body of the
	 * request cannot be read, and only status and headers of the response can be set.
	 */
	static ServletExchange detached(HttpServletRequest request, HttpServletResponse response)
			throws URISyntaxException {
		AsyncRequest none = AsyncRequest.none();
		return new ServletExchange(request, new ServletServerRequest(request, none),
				new ServletServerResponse(response, none), none);
	}

	/**
	 * Return the exchange of the servlet, which filters may have decorated, or
	 * {@code null} if it is another exchange.
	 */
	static @Nullable ServletExchange of(ServerWebExchange exchange) {
		ServerWebExchange current = exchange;
		while (current instanceof ServerWebExchangeDecorator decorator) {
			current = decorator.getDelegate();
		}
		return (current instanceof ServletExchange found) ? found : null;
	}

	HttpServletRequest request() {
		return this.request;
	}

	ServletServerResponse response() {
		return this.response;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T extends Principal> Mono<T> getPrincipal() {
		return (Mono<T>) Mono.justOrEmpty(this.principal);
	}

	/**
	 * Return the session of the request, or {@code null} if there is none.
	 */
	@Nullable WebSession existingSession() {
		return this.session;
	}

	/**
	 * Return the session, and create it if there is none.
	 */
	@Override
	public Mono<WebSession> getSession() {
		return Mono.fromCallable(this::session);
	}

	private void create() {
		this.session = new ServletWebSession(this.request.getSession());
	}

	private WebSession session() throws IOException {
		WebSession current = this.session;
		if (current == null) {
			if (this.async.isDispatching()) {
				create();
			}
			else {
				this.async.perform(this::create);
			}
			current = this.session;
		}
		if (current == null) {
			throw new IOException("The request has ended");
		}
		return current;
	}

}
