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

import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.github.springsocketio.engineio.ApplicationCalls;
import io.github.springsocketio.engineio.EngineError;
import io.github.springsocketio.engineio.Principals;
import io.github.springsocketio.engineio.TransportServer;
import io.github.springsocketio.engineio.TransportSession;
import io.github.springsocketio.engineio.TransportType;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;

/**
 * Checks each request of the engine, in the order of EIO-14, and dispatches it to its
 * handler.
 */
final class EngineEndpoint {

	private static final Log logger = LogFactory.getLog(EngineEndpoint.class);

	private final TransportServer server;

	private final List<EngineFilter> filters;

	private final OriginCheck originCheck;

	private final boolean jsonp;

	private final WebSessionIds webSessionIds;

	private final EngineErrors errors;

	private final MisroutedRequests misrouted;

	private final PollingHandler polling;

	private final HandshakeHandler handshakes;

	private final WebSocketUpgrader upgrader;

	private final ResponseHeaders responseHeaders;

	EngineEndpoint(TransportServer server, EngineWebOptions options, List<AllowRequest> allowRequests,
			ResponseHeaders responseHeaders, List<EngineFilter> filters, CorsHandler cors, WebSessionIds webSessionIds,
			WebSocketUpgrader upgrader, @Nullable RequestForwarder forwarder) {
		this.server = server;
		this.filters = filters;
		this.originCheck = new OriginCheck(options.websocketOriginCheck(), cors, server.timers()::nanoTime);
		this.jsonp = options.jsonp();
		this.webSessionIds = webSessionIds;
		this.errors = new EngineErrors(server);
		this.misrouted = new MisroutedRequests(server, this.errors, forwarder);
		this.responseHeaders = responseHeaders;
		this.upgrader = upgrader;
		this.polling = new PollingHandler(server, options.httpCompression(), responseHeaders, webSessionIds,
				this.errors);
		this.handshakes = new HandshakeHandler(server, options, allowRequests, responseHeaders, this.errors,
				this.polling, webSessionIds, upgrader);
	}

	/**
	 * Prepare a possible upgrade request, before any asynchronous step of its processing.
	 */
	void prepare(EngineRequest request) {
		if (request.isUpgrade()) {
			// If the upgrade is refused, the connection is not reused
			request.responseHeaders().set(HttpHeaders.CONNECTION, "close");
			this.upgrader.prepare(request);
		}
	}

	/**
	 * Handle a request to which CORS has been applied.
	 */
	Mono<Void> handle(EngineRequest request) {
		return this.filters.isEmpty() ? verify(request) : filter(request, 0);
	}

	/**
	 * Refuse a request because an earlier step failed: CORS or an engine filter.
	 */
	Mono<Void> refuse(EngineRequest request) {
		return this.errors.refuse(request, EngineError.BAD_REQUEST, Map.of("name", "MIDDLEWARE_FAILURE"));
	}

	/**
	 * Refuse a request that is marked as forwarded by another node but has no valid
	 * signature.
	 */
	Mono<Void> refuseForwarded(EngineRequest request) {
		return this.errors.refuse(request, EngineError.FORBIDDEN, Map.of("name", "INVALID_SIGNATURE"));
	}

	// Engine middlewares

	private Mono<Void> filter(EngineRequest request, int index) {
		if (index == this.filters.size()) {
			return request.onEventLoop().then(Mono.defer(() -> verify(request)));
		}
		boolean[] passed = new boolean[1];
		return ApplicationCalls.defer(() -> this.filters.get(index).filter(request.exchange(), (exchange) -> {
			if (passed[0]) {
				// Only the first call continues (CK-87)
				return Mono.empty();
			}
			passed[0] = true;
			return filter(request.with(exchange), index + 1);
		})).onErrorResume((ex) -> {
			if (passed[0]) {
				return Mono.error(ex);
			}
			logger.debug("An engine filter failed", ex);
			return request.onEventLoop().then(Mono.defer(() -> refuse(request)));
		}).then(Mono.defer(() -> (passed[0]) ? Mono.empty() : ended(request)));
	}

	/**
	 * Complete a request that a filter did not pass to the chain.
	 */
	private static Mono<Void> ended(EngineRequest request) {
		ServerWebExchange exchange = request.exchange();
		if (exchange.getResponse().isCommitted()) {
			return Mono.empty();
		}
		return exchange.getResponse().setComplete();
	}

	// Checks

	private Mono<Void> verify(EngineRequest request) {
		if (request.sid() != null) {
			// Filters may have requested the WebSession of an outer exchange
			this.webSessionIds.withholdNow(request.exchange());
		}
		String repeated = request.repeatedParameter();
		if (repeated != null) {
			return this.errors.refuse(request, EngineError.BAD_REQUEST,
					Map.of("name", "REPEATED_PARAMETER", "parameter", repeated));
		}
		String name = request.parameter("transport");
		TransportType type = type(name);
		if (type == null) {
			return refuse(request, EngineError.UNKNOWN_TRANSPORT, "transport", name);
		}
		if (!CorsOrigins.isValid(request.headers())) {
			return refuse(request, EngineError.BAD_REQUEST, "name", "INVALID_ORIGIN");
		}
		if (!this.originCheck.isWebSocketAllowed(request)) {
			return refuse(request, EngineError.FORBIDDEN, "name", "ORIGIN_NOT_ALLOWED");
		}
		String sid = request.sid();
		return (sid != null) ? verifySession(request, type, sid) : verifyHandshake(request, type);
	}

	private @Nullable TransportType type(@Nullable String name) {
		for (TransportType type : this.server.options().transports()) {
			if (type.text().equals(name)) {
				return type;
			}
		}
		return null;
	}

	private Mono<Void> verifySession(EngineRequest request, TransportType type, String sid) {
		TransportSession session = this.server.session(sid);
		if (session != null) {
			return verifySession(request, type, session);
		}
		Mono<TransportSession> located = this.server.locate(sid);
		return Monos.isEmpty(located) ? handleUnknown(request, sid)
				: located.materialize()
					.flatMap((result) -> request.onEventLoop().thenReturn(result))
					.flatMap((result) -> verifyLocated(request, type, sid, result));
	}

	private Mono<Void> handleUnknown(EngineRequest request, String sid) {
		String node = this.server.otherNode(sid);
		return (node != null) ? this.misrouted.handle(request, sid, node)
				: refuse(request, EngineError.UNKNOWN_SID, "sid", sid);
	}

	private Mono<Void> verifyLocated(EngineRequest request, TransportType type, String sid,
			Signal<TransportSession> located) {
		TransportSession session = located.get();
		if (session != null) {
			return verifySession(request, type, session);
		}
		Throwable error = located.getThrowable();
		if (error == null) {
			return handleUnknown(request, sid);
		}
		if (error instanceof TimeoutException) {
			logger.warn("A session locator did not complete within its time limit");
			return EngineErrors.unavailable(request, "Session lookup timed out");
		}
		logger.error("A session locator failed", error);
		return EngineErrors.empty(request, HttpStatus.INTERNAL_SERVER_ERROR);
	}

	private Mono<Void> verifySession(EngineRequest request, TransportType type, TransportSession session) {
		TransportType previous = session.transportType();
		if (previous != type && !request.isUpgrade()) {
			return this.errors.refuse(request, EngineError.BAD_REQUEST, Map.of("name", "TRANSPORT_MISMATCH",
					"transport", type.text(), "previousTransport", previous.text()));
		}
		if (session.protocol() != request.protocol()) {
			return this.errors.refuse(request, EngineError.BAD_REQUEST, Map.of("name", "PROTOCOL_MISMATCH", "protocol",
					request.protocol(), "previousProtocol", session.protocol()));
		}
		Principal owner = session.request().principal();
		return (owner != null && Principals.isAuthenticated(owner))
				? verifyOwner(request, type, session, owner.getName()) : proceed(request, type, session);
	}

	/**
	 * Refuse a request whose user is not the owner of the session. A request without a
	 * user is accepted: sessions outlive the logout of their user, and filters of the
	 * application may refuse such requests.
	 */
	private Mono<Void> verifyOwner(EngineRequest request, TransportType type, TransportSession session, String owner) {
		Mono<Principal> user = request.exchange().getPrincipal();
		return Monos.isEmpty(user) ? proceed(request, type, session) : user
			.map((principal) -> !Principals.isAuthenticated(principal) || Objects.equals(owner, principal.getName()))
			.defaultIfEmpty(true)
			.flatMap((allowed) -> Monos.then(request.onEventLoop(), () -> allowed ? proceed(request, type, session)
					: refuse(request, EngineError.FORBIDDEN, "name", "PRINCIPAL_MISMATCH")));
	}

	private Mono<Void> proceed(EngineRequest request, TransportType type, TransportSession session) {
		if (request.isUpgrade()) {
			return (type.handlesUpgrades() && this.server.options().allowUpgrades()) ? upgrade(request, session)
					: refuse(request, EngineError.BAD_REQUEST, "name", "TRANSPORT_HANDSHAKE_ERROR");
		}
		return (session.currentTransport() instanceof PollingTransport transport && transport.format().isScript())
				? verifyScript(request, () -> this.polling.handle(request, session))
				: this.polling.handle(request, session);
	}

	/**
	 * Check a request whose response is a script or could be used as one (SEC-110).
	 */
	private Mono<Void> verifyScript(EngineRequest request, Supplier<Mono<Void>> next) {
		request.responseHeaders().set("X-Content-Type-Options", "nosniff");
		return this.originCheck.isScriptAllowed(request)
			.flatMap((allowed) -> Monos.then(request.onEventLoop(),
					() -> allowed ? next.get() : refuse(request, EngineError.FORBIDDEN, "name", "ORIGIN_NOT_ALLOWED")));
	}

	private Mono<Void> verifyHandshake(EngineRequest request, TransportType type) {
		if (request.method() != HttpMethod.GET) {
			return refuse(request, EngineError.BAD_HANDSHAKE_METHOD, "method", request.method().name());
		}
		if (type.handlesUpgrades() != request.isUpgrade()) {
			return refuse(request, EngineError.BAD_REQUEST, "name", "TRANSPORT_HANDSHAKE_ERROR");
		}
		if (type.handlesUpgrades() || !PollingFormat.isScript(request)) {
			return this.handshakes.handle(request);
		}
		return this.jsonp ? verifyScript(request, () -> this.handshakes.handle(request))
				: refuse(request, EngineError.BAD_REQUEST, "name", "JSONP_DISABLED");
	}

	private Mono<Void> refuse(EngineRequest request, EngineError error, String name, @Nullable Object value) {
		Map<String, @Nullable Object> context = new HashMap<>();
		context.put(name, value);
		return this.errors.refuse(request, error, context);
	}

	// Upgrade of a session

	private Mono<Void> upgrade(EngineRequest request, TransportSession session) {
		return Monos.then(this.responseHeaders.apply(request, new HttpHeaders(), false, null), () -> {
			this.webSessionIds.withholdNow(request.exchange());
			return this.upgrader.upgrade(request, (transport) -> {
				transport.attach(session);
				session.onUpgradeAttempt(transport);
			});
		}).onErrorResume((ex) -> {
			if (request.exchange().getResponse().isCommitted()) {
				return Mono.error(ex);
			}
			request.responseHeaders().set(HttpHeaders.CONNECTION, "close");
			return EngineErrors.empty(request, HeaderFailures.status(ex));
		});
	}

}
