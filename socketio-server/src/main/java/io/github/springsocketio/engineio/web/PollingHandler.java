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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import io.github.springsocketio.engineio.EngineError;
import io.github.springsocketio.engineio.EngineLimit;
import io.github.springsocketio.engineio.Transport;
import io.github.springsocketio.engineio.TransportServer;
import io.github.springsocketio.engineio.TransportSession;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.PayloadCodec;
import io.github.springsocketio.engineio.web.DataRequest.Outcome;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * Handles the requests of polling sessions and writes their responses (EIO sections 5 and
 * 6).
 */
final class PollingHandler {

	private static final Log logger = LogFactory.getLog(PollingHandler.class);

	private static final Encoded OK = new Encoded("ok".getBytes(StandardCharsets.UTF_8), "text/html", null);

	private final TransportServer server;

	private final ResponseHeaders responseHeaders;

	private final WebSessionIds webSessionIds;

	private final EngineErrors errors;

	private final @Nullable HttpCompression compression;

	PollingHandler(TransportServer server, @Nullable HttpCompressionOptions compression,
			ResponseHeaders responseHeaders, WebSessionIds webSessionIds, EngineErrors errors) {
		this.server = server;
		this.responseHeaders = responseHeaders;
		this.webSessionIds = webSessionIds;
		this.errors = errors;
		this.compression = (compression != null) ? new HttpCompression(compression) : null;
	}

	PollingTransport newTransport(EngineRequest request) {
		return new PollingTransport(PollingFormat.of(request), new UploadWatch(request.rate()), request.eventLoop(),
				this.server.options().maxHttpBufferSize());
	}

	/**
	 * Handle a request of a session. During an upgrade, packets that the websocket has
	 * received are handled first: a client may send its last {@code 5} and then a poll on
	 * another connection, for which the upgrade has to be complete (EIO-43).
	 */
	Mono<Void> handle(EngineRequest request, TransportSession session) {
		Transport candidate = session.upgradeCandidate();
		return (candidate != null)
				? whenRead(candidate, request, session).then(Mono.defer(() -> handleNow(request, session)))
				: handleNow(request, session);
	}

	private static Mono<Void> whenRead(Transport candidate, EngineRequest request, TransportSession session) {
		return Mono
			.create((sink) -> candidate.execute(() -> session.execute(() -> request.onEventLoop(sink::success))));
	}

	private Mono<Void> handleNow(EngineRequest request, TransportSession session) {
		if (!(session.currentTransport() instanceof PollingTransport transport)) {
			return this.errors.refuse(request, EngineError.BAD_REQUEST, Map.of("name", "TRANSPORT_MISMATCH"));
		}
		Mono<Void> closeSent = transport.closeSent();
		if (closeSent != null) {
			return closeSent.then(Mono.defer(request::onEventLoop))
				.then(Mono.defer(() -> refuseUnknown(request, session)));
		}
		HttpMethod method = request.method();
		if (method == HttpMethod.GET) {
			return poll(request, transport);
		}
		return (method == HttpMethod.POST) ? post(request, transport)
				: EngineErrors.empty(request, HttpStatus.INTERNAL_SERVER_ERROR);
	}

	private Mono<Void> refuseUnknown(EngineRequest request, TransportSession session) {
		return this.errors.refuse(request, EngineError.UNKNOWN_SID, Map.of("sid", session.id()));
	}

	// GET

	private Mono<Void> poll(EngineRequest request, PollingTransport transport) {
		return new PendingPoll(request, transport, this::write);
	}

	private Mono<Void> write(PendingPoll poll, List<EncodedMessage> messages) {
		EngineRequest request = poll.request();
		return answer(request, poll.transport(), encode(request, poll.transport(), messages));
	}

	/**
	 * Respond to a request of a session.
	 */
	private Mono<Void> answer(EngineRequest request, PollingTransport transport, Encoded encoded) {
		if (!this.responseHeaders.hasListeners(false)) {
			headers(request, encoded, request.responseHeaders());
			return sendAnyway(request, transport, encoded);
		}
		return this.responseHeaders.apply(request, headers(request, encoded, new HttpHeaders()), false, null)
			.then(Mono.defer(() -> {
				// a listener may have requested the WebSession of an outer exchange
				this.webSessionIds.withholdNow(request.exchange());
				return sendAnyway(request, transport, encoded);
			}))
			.onErrorResume((ex) -> failed(request, transport, ex));
	}

	/**
	 * Send a response even if an action of the application before the commit fails. For
	 * example, some stores cannot save a {@code WebSession} that was invalidated, or
	 * whose id was changed, during the request. The messages must not be lost in this
	 * case.
	 */
	private Mono<Void> sendAnyway(EngineRequest request, PollingTransport transport, Encoded encoded) {
		return send(request, transport, encoded.body()).onErrorResume((ex) -> {
			if (request.exchange().getResponse().isCommitted()) {
				return Mono.error(ex);
			}
			logger.debug("An action before the response to a request of a session failed", ex);
			this.webSessionIds.remove(request.exchange());
			headers(request, encoded, request.responseHeaders());
			return send(request, transport, encoded.body());
		});
	}

	/**
	 * Respond to the handshake: call the listeners, open the session, and write the
	 * response. The response contains a secret and is not compressed (SEC-107).
	 * @param transport the transport of the session
	 * @param messages the open packet and the messages that follow it
	 * @param cookie the line of the session cookie, or {@code null}
	 * @param open opens the session
	 */
	Mono<Void> handshake(EngineRequest request, PollingTransport transport, List<EncodedMessage> messages,
			@Nullable String cookie, BooleanSupplier open) {
		PollingFormat.Content content = transport.format().encode(messages);
		Encoded encoded = new Encoded(content.body(), content.type(), null);
		return Monos.then(
				this.responseHeaders.apply(request, headers(request, encoded, new HttpHeaders()), true, cookie),
				() -> open.getAsBoolean() ? send(request, transport, encoded.body()) : EngineErrors.unavailable(request,
						this.server.isRefusingNewSessions() ? "Server is shutting down" : "Too many sessions"));
	}

	private Encoded encode(EngineRequest request, PollingTransport transport, List<EncodedMessage> messages) {
		PollingFormat.Content content = transport.format().encode(messages);
		byte[] body = content.body();
		String encoding = null;
		if (this.compression != null && isCompress(messages)) {
			encoding = this.compression.encoding(request.headers(), body.length);
			body = (encoding != null) ? this.compression.compress(body, encoding) : body;
		}
		return new Encoded(body, content.type(), encoding);
	}

	private static boolean isCompress(List<EncodedMessage> messages) {
		for (EncodedMessage message : messages) {
			if (message.isCompress()) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Set the headers of the engine for a response.
	 * @return the given headers
	 */
	private static HttpHeaders headers(EngineRequest request, Encoded encoded, HttpHeaders headers) {
		headers.set(HttpHeaders.CONTENT_TYPE, encoded.type());
		if (encoded.encoding() != null) {
			headers.set(HttpHeaders.CONTENT_ENCODING, encoded.encoding());
		}
		else {
			headers.setContentLength(encoded.body().length);
		}
		String agent = request.headers().getFirst(HttpHeaders.USER_AGENT);
		if (agent != null && (agent.contains(";MSIE") || agent.contains("Trident/"))) {
			headers.set("X-XSS-Protection", "0");
		}
		headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
		return headers;
	}

	private static Mono<Void> send(EngineRequest request, PollingTransport transport, byte[] body) {
		request.exchange().getResponse().setStatusCode(HttpStatus.OK);
		return FullResponse.send(request, body, transport.session()::countMemory,
				() -> transport.session().onLimitExceeded(transport, EngineLimit.MIN_DATA_RATE, "write timed out"));
	}

	// POST

	private Mono<Void> post(EngineRequest request, PollingTransport transport) {
		boolean binary = PollingFormat.isBinary(request.headers().getFirst(HttpHeaders.CONTENT_TYPE));
		DataRequest data = new DataRequest(request, this.server.options().maxHttpBufferSize(),
				transport.session()::countMemory, new PostReceiver(this, transport, binary));
		if (!transport.onPost(data)) {
			return EngineErrors.empty(request, HttpStatus.BAD_REQUEST);
		}
		if (binary && request.protocol() == 4) {
			transport.onPostRead();
			transport.onPostEnd(data);
			transport.session().onError(transport, "invalid content");
			return EngineErrors.empty(request, HttpStatus.BAD_REQUEST);
		}
		return data;
	}

	private void received(DataRequest data, PollingTransport transport, Outcome outcome, byte[] bytes, boolean binary) {
		transport.onPostRead();
		EngineRequest request = data.request();
		// Reactor Netty itself responds to input that it cannot read, such as a malformed
		// chunk
		Outcome effective = request.isAnswered() ? Outcome.ABORTED : outcome;
		if (effective != Outcome.READ) {
			data.handled();
			transport.onPostEnd(data);
		}
		switch (effective) {
			case READ -> process(data, transport, bytes, binary);
			case TOO_LARGE -> {
				transport.session().limitExceeded(EngineLimit.MAX_HTTP_BUFFER_SIZE);
				data.answer(() -> EngineErrors.empty(request, HttpStatus.CONTENT_TOO_LARGE));
			}
			case ABORTED -> {
				transport.session().onError(transport, "data request connection closed prematurely");
				data.answer(request::untilClosed);
			}
			case TIMED_OUT -> {
				transport.session().onLimitExceeded(transport, EngineLimit.MIN_DATA_RATE, "data request timed out");
				data.answer(() -> {
					request.responseHeaders().set(HttpHeaders.CONNECTION, "close");
					return EngineErrors.empty(request, HttpStatus.REQUEST_TIMEOUT);
				});
			}
		}
	}

	/**
	 * Pass the packets to the session, and respond when they were handled and reading is
	 * not paused. The response is an error if the session was closed because of them.
	 */
	private void process(DataRequest data, PollingTransport transport, byte[] body, boolean binary) {
		EngineRequest request = data.request();
		PayloadCodec.Reader reader = transport.format()
			.reader(body, binary, this.server.options().maxPacketsPerPayload());
		new ReceivedPayload(data, transport, reader).pass(() -> {
			data.handled();
			transport.session()
				.execute(() -> transport
					.whenReading(() -> request.onEventLoop(() -> processed(data, transport, request))));
		}, data::fail);
	}

	private void processed(DataRequest data, PollingTransport transport, EngineRequest request) {
		transport.onPostEnd(data);
		data.answer(() -> transport.session().isInputRejected() ? EngineErrors.empty(request, HttpStatus.BAD_REQUEST)
				: answer(request, transport, OK));
	}

	private static Mono<Void> failed(EngineRequest request, PollingTransport transport, Throwable error) {
		if (request.exchange().getResponse().isCommitted()) {
			return Mono.error(error);
		}
		transport.session().onError(transport, "a listener for headers failed");
		HttpStatusCode status = HeaderFailures.status(error);
		return EngineErrors.empty(request, status);
	}

	/**
	 * Receives the outcome of a data request.
	 *
	 * @param handler writes the response
	 * @param transport the transport
	 * @param binary whether the body is in the binary form
	 */
	private record PostReceiver(PollingHandler handler, PollingTransport transport,
			boolean binary) implements DataRequest.Receiver {

		@Override
		public void received(DataRequest request, Outcome outcome, byte[] bytes) {
			this.handler.received(request, this.transport, outcome, bytes, this.binary);
		}

		@Override
		public void ended(DataRequest request) {
			if (!request.isBeingHandled()) {
				// Otherwise, the next request waits until its packets are handled
				this.transport.onPostEnd(request);
			}
		}

	}

	/**
	 * An encoded body and its headers.
	 *
	 * @param body the bytes
	 * @param type the {@code Content-Type}
	 * @param encoding the {@code Content-Encoding}, or {@code null} for none
	 */
	private record Encoded(byte[] body, String type, @Nullable String encoding) {

	}

}
