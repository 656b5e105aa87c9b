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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.engineio.ApplicationCalls;
import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineError;
import io.github.springsocketio.engineio.EngineLimit;
import io.github.springsocketio.engineio.Transport;
import io.github.springsocketio.engineio.TransportServer;
import io.github.springsocketio.engineio.web.AllowRequest.Decision;
import io.netty.channel.EventLoop;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;

/**
 * The handshake chain (EIO-14, CK sections 1, 4 and 5): {@link AllowRequest} beans, the
 * version of the protocol, the session id, the headers listeners, and finally the
 * session. A refused handshake leaves no state.
 */
final class HandshakeHandler {

	private static final Log logger = LogFactory.getLog(HandshakeHandler.class);

	private final TransportServer server;

	private final EngineWebOptions options;

	private final List<AllowRequest> allowRequests;

	private final ResponseHeaders responseHeaders;

	private final EngineErrors errors;

	private final PollingHandler polling;

	private final WebSessionIds webSessionIds;

	private final WebSocketUpgrader upgrader;

	private final @Nullable SessionCookie cookie;

	private final boolean cookieOnWebSocket;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final Map<EventLoop, HandshakeQueue> queues = new ConcurrentHashMap<>();

	HandshakeHandler(TransportServer server, EngineWebOptions options, List<AllowRequest> allowRequests,
			ResponseHeaders responseHeaders, EngineErrors errors, PollingHandler polling, WebSessionIds webSessionIds,
			WebSocketUpgrader upgrader) {
		this.server = server;
		this.options = options;
		this.allowRequests = allowRequests;
		this.responseHeaders = responseHeaders;
		this.errors = errors;
		this.polling = polling;
		this.webSessionIds = webSessionIds;
		this.upgrader = upgrader;
		SessionCookieOptions cookieOptions = options.cookie();
		this.cookie = (cookieOptions != null) ? new SessionCookie(cookieOptions) : null;
		this.cookieOnWebSocket = cookieOptions != null && cookieOptions.sendOnWebSocket();
	}

	Mono<Void> handle(EngineRequest request) {
		WebHandshakeRequest handshake = request.toHandshake();
		String refusal = this.server.refusal(handshake);
		if (refusal != null) {
			return EngineErrors.unavailable(request, refusal);
		}
		HandshakeQueue queue = queue(request);
		if (queue == null || queue.isNext()) {
			return begin(request, handshake);
		}
		if (queue.isLate()) {
			return refuseLate(request);
		}
		this.server.countMemory(handshake.requestBytes());
		return queue.await()
			.doFinally((signal) -> this.server.countMemory(-handshake.requestBytes()))
			.flatMap((inTime) -> Monos.emitErrors(inTime ? begin(request, handshake) : refuseLate(request)));
	}

	private Mono<Void> refuseLate(EngineRequest request) {
		this.server.limitExceeded(EngineLimit.MAX_HANDSHAKE_DELAY, null);
		return EngineErrors.unavailable(request, "Too many handshakes");
	}

	private @Nullable HandshakeQueue queue(EngineRequest request) {
		EventLoop loop = request.eventLoop();
		return (loop != null && loop.inEventLoop() && !this.options.maxHandshakeDelay().isZero())
				? this.queues.computeIfAbsent(loop, this::newQueue) : null;
	}

	private HandshakeQueue newQueue(EventLoop loop) {
		return new HandshakeQueue(loop, (task) -> WorkLimit.afterOthers(loop, task), this.server.timers()::nanoTime,
				this.options.maxHandshakeDelay());
	}

	private Mono<Void> begin(EngineRequest request, WebHandshakeRequest handshake) {
		if (this.inFlight.incrementAndGet() > this.options.maxHandshakesInFlight()) {
			this.inFlight.decrementAndGet();
			this.server.limitExceeded(EngineLimit.MAX_HANDSHAKES_IN_FLIGHT, null);
			return EngineErrors.unavailable(request, "Too many handshakes");
		}
		this.server.countMemory(handshake.requestBytes());
		handshake.setSessions(this.webSessionIds.sessions());
		EngineRequest captured = request.with(new SessionCapturingExchange(request.exchange(), handshake));
		AtomicBoolean over = new AtomicBoolean();
		request.exchange().getResponse().beforeCommit(() -> {
			end(over, handshake);
			return Mono.empty();
		});
		return Mono.deferContextual((context) -> {
			handshake.setContext(HandshakeContext.of(context));
			return start(captured, handshake);
		}).doFinally((signal) -> end(over, handshake));
	}

	private void end(AtomicBoolean over, WebHandshakeRequest handshake) {
		if (over.compareAndSet(false, true)) {
			this.inFlight.decrementAndGet();
			this.server.countMemory(-handshake.requestBytes());
		}
	}

	// AllowRequest

	private Mono<Void> start(EngineRequest request, WebHandshakeRequest handshake) {
		return this.allowRequests.isEmpty() ? proceed(request, handshake, Decision.accept())
				: decide(request).flatMap((decision) -> proceed(request, handshake, decision));
	}

	private Mono<Decision> decide(EngineRequest request) {
		Mono<Decision> decision = decide(this.allowRequests.get(0), request.exchange());
		for (AllowRequest next : this.allowRequests.subList(1, this.allowRequests.size())) {
			decision = decision
				.flatMap((previous) -> previous.isAccepted() ? decide(next, request.exchange()) : Mono.just(previous));
		}
		return decision.flatMap((decided) -> request.onEventLoop().thenReturn(decided));
	}

	private Mono<Decision> decide(AllowRequest allowRequest, ServerWebExchange exchange) {
		return ApplicationCalls.defer(() -> allowRequest.allow(exchange))
			.timeout(this.options.allowRequestTimeout(), Mono.error(() -> {
				this.server.limitExceeded(EngineLimit.ALLOW_REQUEST_TIMEOUT, null);
				return new TimeoutException("The AllowRequest did not complete within its time limit");
			}))
			.onErrorResume((ex) -> {
				logger.warn("Handshake refused: an AllowRequest failed", ex);
				return Mono.just(Decision.reject());
			})
			.switchIfEmpty(Mono.fromSupplier(() -> {
				logger.warn("Handshake refused: an AllowRequest completed without a decision");
				return Decision.reject();
			}));
	}

	// The session

	private Mono<Void> proceed(EngineRequest request, WebHandshakeRequest handshake, Decision decision) {
		if (!decision.isAccepted()) {
			String message = decision.message();
			return (message != null)
					? this.errors.refuse(request, EngineError.FORBIDDEN, message, Map.of("message", message))
					: this.errors.refuse(request, EngineError.FORBIDDEN, Map.of());
		}
		if (request.protocol() == 3 && !this.server.options().allowEio3()) {
			return this.errors.refuse(request, EngineError.UNSUPPORTED_PROTOCOL_VERSION, Map.of("protocol", 3));
		}
		Mono<String> generated = this.server.generateId(handshake);
		String known = Monos.value(generated);
		return (known != null) ? open(request, handshake, known) : identify(request, handshake, generated);
	}

	private Mono<Void> identify(EngineRequest request, WebHandshakeRequest handshake, Mono<String> generated) {
		return generated.map(Identified::new).onErrorResume((ex) -> {
			logger.warn("Handshake refused: no session id could be generated", ex);
			return Mono.just(new Identified(null));
		}).flatMap((identified) -> request.onEventLoop().thenReturn(identified)).flatMap((identified) -> {
			String id = identified.id();
			return (id != null) ? open(request, handshake, id)
					: this.errors.refuse(request, EngineError.BAD_REQUEST, Map.of("name", "ID_GENERATION_ERROR"));
		});
	}

	private Mono<Void> open(EngineRequest request, WebHandshakeRequest handshake, String id) {
		return Monos.then(capture(request, handshake), () -> {
			// Other sessions may have been opened in the meantime
			String refusal = this.server.refusal(handshake);
			if (refusal != null) {
				return EngineErrors.unavailable(request, refusal);
			}
			String line = (this.cookie != null) ? this.cookie.line(id) : null;
			return request.isUpgrade() ? websocket(request, handshake, id, this.cookieOnWebSocket ? line : null)
					: polling(request, handshake, id, line);
		}).onErrorResume((ex) -> failed(request, ex));
	}

	private Mono<Void> capture(EngineRequest request, WebHandshakeRequest handshake) {
		ServerWebExchange exchange = request.exchange();
		Mono<Principal> user = exchange.getPrincipal();
		Mono<WebSession> session = (handshake.webSessionId() == null) ? this.webSessionIds.sessions().find(exchange)
				: Mono.empty();
		if (Monos.isEmpty(user) && Monos.isEmpty(session) && !this.options.shareWebSession()) {
			return Mono.empty();
		}
		Mono<Void> principal = user.doOnNext(handshake::setPrincipal)
			.then(session.doOnNext(handshake::setWebSession))
			.then();
		return (this.options.shareWebSession() ? principal.then(exchange.getSession()).then() : principal)
			.then(Mono.defer(request::onEventLoop));
	}

	private Mono<Void> polling(EngineRequest request, WebHandshakeRequest handshake, String id, @Nullable String line) {
		PollingTransport transport = this.polling.newTransport(request);
		return this.polling.handshake(request, transport, this.server.greeting(id, transport.type()), line, () -> {
			handshake.copyAttributes(request.exchange().getAttributes());
			return this.server.open(id, request.protocol(), handshake, transport) != null;
		});
	}

	private Mono<Void> websocket(EngineRequest request, WebHandshakeRequest handshake, String id,
			@Nullable String line) {
		return Monos.then(this.responseHeaders.apply(request, new HttpHeaders(), true, line),
				() -> this.upgrader.upgrade(request, (transport) -> {
					handshake.copyAttributes(request.exchange().getAttributes());
					open(request, handshake, id, transport);
				}));
	}

	private void open(EngineRequest request, WebHandshakeRequest handshake, String id, Transport transport) {
		if (this.server.open(id, request.protocol(), handshake, transport) == null) {
			transport.close(CloseReason.FORCED_CLOSE);
		}
	}

	private static Mono<Void> failed(EngineRequest request, Throwable error) {
		if (request.exchange().getResponse().isCommitted()) {
			return Mono.error(error);
		}
		if (request.isUpgrade()) {
			request.responseHeaders().set(HttpHeaders.CONNECTION, "close");
		}
		return EngineErrors.empty(request, HeaderFailures.status(error));
	}

	/**
	 * The result of the generation of an id.
	 *
	 * @param id the id, or {@code null} if there is none
	 */
	private record Identified(@Nullable String id) {

	}

}
