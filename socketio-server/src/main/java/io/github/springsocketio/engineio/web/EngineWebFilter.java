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
import java.util.function.Function;
import java.util.function.Predicate;

import io.github.springsocketio.Internal;
import io.github.springsocketio.engineio.EngineLimit;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.TransportServer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.util.Assert;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.session.DefaultWebSessionManager;

/**
 * The endpoint of an Engine.IO server in a WebFlux application. It handles requests to
 * its path and passes all others to the next filter. It has the lowest precedence, so
 * that other filters of the application, such as Spring Security, come before it.
 *
 * @since 0.1.0
 */
public final class EngineWebFilter implements WebFilter, Ordered {

	private final Predicate<ServerWebExchange> condition;

	private final EnginePath path;

	private final DataRate rate;

	private final EngineEndpoint endpoint;

	private final @Nullable ClientFiles clientFiles;

	private final CorsHandler cors;

	private final WebSessionIds webSessionIds;

	private final @Nullable ForwardedRequests forwardedRequests;

	private EngineWebFilter(Builder builder) {
		EngineWebOptions options = builder.options;
		this.condition = builder.condition;
		this.path = new EnginePath(options.path(), options.addTrailingSlash());
		ResponseHeaders responseHeaders = new ResponseHeaders(builder.initialHeadersListeners, builder.headersListeners,
				options.headersTimeout(), () -> builder.server.limitExceeded(EngineLimit.HEADERS_TIMEOUT, null));
		this.rate = new DataRate(builder.server, options);
		this.cors = new CorsHandler(options);
		this.webSessionIds = new WebSessionIds(builder.webSessionManager, builder.handshakeSessions);
		RequestForwarder forwarder = (builder.forwarding != null)
				? new RequestForwarder(builder.server, builder.forwarding) : null;
		this.forwardedRequests = (forwarder != null) ? forwarder.requests() : null;
		this.endpoint = new EngineEndpoint(builder.server, options, builder.allowRequests, responseHeaders,
				builder.filters, this.cors, this.webSessionIds, upgrader(builder, options), forwarder);
		this.clientFiles = options.serveClient() ? ClientFiles.find() : null;
	}

	private static WebSocketUpgrader upgrader(Builder builder, EngineWebOptions options) {
		WebSocketUpgrader portable = new SpringWebSocketUpgrader(builder.server, options.websocketCompression(),
				builder.webSocketService);
		return options.nativeWebsocket()
				? new ChoosingWebSocketUpgrader(new NettyWebSocketUpgrader(builder.server, options), portable)
				: portable;
	}

	/**
	 * Return a builder.
	 * @param server the engine
	 * @return a new builder
	 */
	public static Builder builder(EngineServer server) {
		return new Builder(server);
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	/**
	 * Return whether a request is one to this endpoint, by its path and by the condition
	 * of this filter.
	 * @param exchange the exchange with the request
	 * @return whether this filter handles the request rather than passing it to the next
	 * filter
	 */
	public boolean matches(ServerWebExchange exchange) {
		return target(exchange) != null;
	}

	/**
	 * Return a filter that applies CORS to the requests of this endpoint. Register it
	 * before Spring Security, which would refuse preflights because they have no
	 * credentials. Pages can also read the refusals of Spring Security then, because
	 * these have the headers of CORS. Each request is handled once: either by this filter
	 * or by the endpoint.
	 * @return the filter; it does nothing if CORS is off
	 */
	public WebFilter corsFilter() {
		return (exchange, chain) -> (target(exchange) == null) ? chain.filter(exchange) : this.cors.handle(exchange)
			.flatMap((result) -> (result == CorsResult.PREFLIGHT) ? Mono.empty() : chain.filter(exchange));
	}

	/**
	 * Return a filter that checks requests which other nodes have forwarded, and sets
	 * their remote address to that of the client. Register it before all filters that use
	 * that address; without it, the {@code EngineWebFilter} checks the requests itself. A
	 * request without a valid signature is refused with {@code FORBIDDEN}.
	 * @return the filter; it does nothing without {@link Forwarding}
	 */
	public WebFilter forwardedRequestFilter() {
		return (exchange, chain) -> {
			String target = target(exchange);
			return (target != null) ? accept(exchange, target, chain::filter) : chain.filter(exchange);
		};
	}

	private Mono<Void> accept(ServerWebExchange exchange, String target, Function<ServerWebExchange, Mono<Void>> next) {
		ServerWebExchange accepted = (this.forwardedRequests != null) ? this.forwardedRequests.accept(exchange)
				: exchange;
		if (accepted != null) {
			return next.apply(accepted);
		}
		EngineRequest request = new EngineRequest(exchange, target, this.rate);
		limitUnreadBody(request);
		return this.endpoint.refuseForwarded(request);
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String target = target(exchange);
		return (target != null) ? accept(exchange, target, (accepted) -> filter(accepted, target))
				: chain.filter(exchange);
	}

	private Mono<Void> filter(ServerWebExchange exchange, String target) {
		EngineRequest request = new EngineRequest(exchange, target, this.rate);
		if (request.sid() != null) {
			request = request.with(this.webSessionIds.withhold(exchange));
		}
		return filter(request);
	}

	private Mono<Void> filter(EngineRequest request) {
		ServerWebExchange exchange = request.exchange();
		limitUnreadBody(request);
		String file = clientFile(request);
		describe(request, file);
		if (file == null) {
			this.endpoint.prepare(request);
		}
		Mono<CorsResult> cors = this.cors.handle(exchange);
		CorsResult result = Monos.value(cors);
		return (result != null) ? handle(request, file, result)
				: cors.flatMap((late) -> Monos.then(request.onEventLoop(), () -> handle(request, file, late)));
	}

	private void limitUnreadBody(EngineRequest request) {
		if (request.hasBody() && !request.isUpgrade()) {
			request.exchange().getResponse().beforeCommit(() -> UnreadBody.limit(request, this.rate));
		}
	}

	/**
	 * Set the path pattern of the observation of the request. Requests that stay open for
	 * a long time have patterns of their own, so that they do not distort the durations
	 * of other requests.
	 */
	private void describe(EngineRequest request, @Nullable String file) {
		ServerRequestObservationContext.findCurrent(request.exchange().getAttributes()).ifPresent((context) -> {
			String kind = (file != null) ? "{file}" : request.isUpgrade() ? "{websocket}"
					: (request.method() == HttpMethod.GET && request.sid() != null) ? "{poll}" : "";
			context.setPathPattern(this.path.pattern(kind));
		});
	}

	private Mono<Void> handle(EngineRequest request, @Nullable String file, CorsResult cors) {
		if (cors == CorsResult.PREFLIGHT) {
			return Mono.empty();
		}
		if (file != null && this.clientFiles != null) {
			return this.clientFiles.serve(request, file);
		}
		return (cors == CorsResult.FAILED) ? this.endpoint.refuse(request) : this.endpoint.handle(request);
	}

	private @Nullable String target(ServerWebExchange exchange) {
		return this.condition.test(exchange) ? this.path.match(exchange.getRequest()) : null;
	}

	private @Nullable String clientFile(EngineRequest request) {
		if (this.clientFiles == null) {
			return null;
		}
		String file = this.path.file(request.exchange().getRequest(), request.target());
		return this.clientFiles.matches(request, file) ? file : null;
	}

	/**
	 * Builder for {@link EngineWebFilter}.
	 */
	public static final class Builder {

		private final TransportServer server;

		private EngineWebOptions options = EngineWebOptions.defaults();

		private Predicate<ServerWebExchange> condition = (exchange) -> true;

		private List<AllowRequest> allowRequests = List.of();

		private List<InitialHeadersListener> initialHeadersListeners = List.of();

		private List<HeadersListener> headersListeners = List.of();

		private List<EngineFilter> filters = List.of();

		private @Nullable DefaultWebSessionManager webSessionManager;

		private @Nullable HandshakeSessions handshakeSessions;

		private @Nullable WebSocketService webSocketService;

		private @Nullable Forwarding forwarding;

		private Builder(EngineServer server) {
			Assert.isInstanceOf(TransportServer.class, server);
			this.server = (TransportServer) server;
		}

		/**
		 * Set the options.
		 * @param options the options
		 * @return this builder
		 */
		public Builder options(EngineWebOptions options) {
			this.options = options;
			return this;
		}

		/**
		 * Set a condition for requests to the endpoint, in addition to their path. All
		 * other requests are passed to the next filter.
		 * @param condition the condition; always {@code true} by default
		 * @return this builder
		 */
		public Builder condition(Predicate<ServerWebExchange> condition) {
			Assert.notNull(condition, "'condition' must not be null");
			this.condition = condition;
			return this;
		}

		/**
		 * Set the predicates that decide whether handshakes are accepted.
		 * @param allowRequests called in this order
		 * @return this builder
		 */
		public Builder allowRequests(List<AllowRequest> allowRequests) {
			this.allowRequests = List.copyOf(allowRequests);
			return this;
		}

		/**
		 * Set the listeners for the headers of the first response of a session.
		 * @param listeners called in this order
		 * @return this builder
		 */
		public Builder initialHeadersListeners(List<InitialHeadersListener> listeners) {
			this.initialHeadersListeners = List.copyOf(listeners);
			return this;
		}

		/**
		 * Set the listeners for the headers of every response.
		 * @param listeners called in this order
		 * @return this builder
		 */
		public Builder headersListeners(List<HeadersListener> listeners) {
			this.headersListeners = List.copyOf(listeners);
			return this;
		}

		/**
		 * Set the filters for requests to the endpoint.
		 * @param filters called in this order
		 * @return this builder
		 */
		public Builder filters(List<EngineFilter> filters) {
			this.filters = List.copyOf(filters);
			return this;
		}

		/**
		 * Set the service for WebSocket handshakes on servers other than Reactor Netty.
		 * It has to accept messages up to the engine's {@code maxHttpBufferSize}.
		 * @param service the service, or {@code null}, the default, to create one for the
		 * server
		 * @return this builder
		 */
		public Builder webSocketService(@Nullable WebSocketService service) {
			this.webSocketService = service;
			return this;
		}

		/**
		 * Set the manager of the {@code WebSession}s of the application. With it, a
		 * session that exists at the handshake is available by its
		 * {@linkplain io.github.springsocketio.engineio.HandshakeRequest#webSessionId()
		 * id}. The responses to further requests of a session of the engine have no
		 * session id, so that a poll that waits while the user logs in neither reveals
		 * the new id nor deletes its cookie.
		 * @param manager the session manager of the application, or {@code null}, the
		 * default, for session ids in the cookie {@code SESSION}
		 * @return this builder
		 */
		public Builder webSessionManager(@Nullable DefaultWebSessionManager manager) {
			this.webSessionManager = manager;
			return this;
		}

		/**
		 * Set how the {@code WebSession}s of handshakes are found, if they are not
		 * managed by a session manager.
		 * @param sessions finds the sessions
		 * @return this builder
		 */
		@Internal
		public Builder handshakeSessions(HandshakeSessions sessions) {
			this.handshakeSessions = sessions;
			return this;
		}

		/**
		 * Set how requests for sessions of other nodes are forwarded.
		 * @param forwarding the forwarding, or {@code null}, the default, for none
		 * @return this builder
		 */
		public Builder forwarding(@Nullable Forwarding forwarding) {
			this.forwarding = forwarding;
			return this;
		}

		/**
		 * Create the filter.
		 * @return the endpoint
		 */
		public EngineWebFilter build() {
			return new EngineWebFilter(this);
		}

	}

}
