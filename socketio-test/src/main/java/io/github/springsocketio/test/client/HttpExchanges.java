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

package io.github.springsocketio.test.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Sends the requests of a session, with the headers and cookies of the client, on
 * separate connections.
 */
final class HttpExchanges {

	private static final byte[] NONE = {};

	private static final String TEXT = "text/plain;charset=UTF-8";

	private static final String BINARY = "application/octet-stream";

	private final ClientOptions options;

	private final ClientEventLoop eventLoop;

	private final Consumer<HandshakeResponse> responses;

	private final SessionPool connections = new SessionPool();

	private final ConnectionGate gate = new ConnectionGate();

	private final Set<Disposable> inFlight = new HashSet<>();

	private final HttpClient client;

	HttpExchanges(ClientOptions options, ClientEventLoop eventLoop, Consumer<HandshakeResponse> responses) {
		this.options = options;
		this.eventLoop = eventLoop;
		this.responses = responses;
		this.client = this.connections.use(options.httpClient())
			.doOnChannelInit((observer, channel, address) -> this.gate.add(channel));
	}

	ConnectionGate gate() {
		return this.gate;
	}

	ClientOptions options() {
		return this.options;
	}

	ClientEventLoop eventLoop() {
		return this.eventLoop;
	}

	/**
	 * Send a polling request.
	 * @param sid the session, or {@code null} for a handshake
	 * @param body the body of a {@code POST}, or {@code null} for a {@code GET}
	 * @param binary whether the body is binary
	 * @param result called on the event loop of the client with the response or an error
	 */
	void poll(@Nullable String sid, byte @Nullable [] body, boolean binary,
			BiConsumer<@Nullable Result, @Nullable Throwable> result) {
		URI uri = this.options.uri(Transport.POLLING, sid);
		HttpMethod method = (body != null) ? HttpMethod.POST : HttpMethod.GET;
		this.eventLoop.conversation().request(method.name(), uri);
		HttpClient.RequestSender request = this.client.headers((headers) -> {
			addTo(headers, uri);
			if (body != null) {
				headers.set(HttpHeaderNames.CONTENT_TYPE, binary ? BINARY : TEXT);
				headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
			}
		}).request(method).uri(uri);
		HttpClient.ResponseReceiver<?> sent = (body != null)
				? request.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body))) : request;
		Disposable exchange = sent
			.responseSingle((response, content) -> content.asByteArray()
				.defaultIfEmpty(NONE)
				.map((bytes) -> new Result(HandshakeResponse.of(Transport.POLLING, method.name(), uri,
						response.status().code(), response.responseHeaders(),
						isKept(sid) ? new String(bytes, StandardCharsets.UTF_8) : ""), bytes)))
			.subscribe((received) -> this.eventLoop.run(() -> {
				record(received.response());
				result.accept(received, null);
			}), (error) -> this.eventLoop.run(() -> result.accept(null, error)));
		add(exchange);
	}

	/**
	 * Return whether the body of a response is accessible: the response to a handshake
	 * always, other responses if there is a conversation.
	 */
	private boolean isKept(@Nullable String sid) {
		return sid == null || this.options.conversation() > 0;
	}

	private void add(Disposable exchange) {
		this.inFlight.removeIf(Disposable::isDisposed);
		this.inFlight.add(exchange);
	}

	/**
	 * Open a WebSocket.
	 * @param sid the session that it upgrades, or {@code null} for a handshake
	 * @param listener called on the event loop of the client
	 * @return the WebSocket, which is not open yet
	 */
	WebSocketLink webSocket(@Nullable String sid, WebSocketLink.Listener listener) {
		URI uri = this.options.uri(Transport.WEBSOCKET, sid);
		this.eventLoop.conversation().request("GET", uri);
		WebSocketLink link = new WebSocketLink(this, uri, listener);
		add(link.open(this.client.headers((headers) -> addTo(headers, uri))));
		return link;
	}

	/**
	 * Record a response, and store its cookies.
	 */
	void record(HandshakeResponse response) {
		if (this.options.withCredentials()) {
			this.options.cookies().store(response.uri(), response.headers("set-cookie"), this.options.isCrossSite());
		}
		this.eventLoop.conversation().response(response.method(), response.uri(), response);
		this.responses.accept(response);
	}

	private void addTo(HttpHeaders headers, URI uri) {
		this.options.headers().forEach((name, values) -> headers.set(name, values));
		if (this.options.origin() != null) {
			headers.set(HttpHeaderNames.ORIGIN, this.options.origin());
		}
		String cookies = this.options.withCredentials() ? this.options.cookies().header(uri, this.options.isCrossSite())
				: null;
		if (cookies != null) {
			List<String> others = headers.getAll(HttpHeaderNames.COOKIE);
			headers.set(HttpHeaderNames.COOKIE,
					others.isEmpty() ? cookies : String.join("; ", others) + "; " + cookies);
		}
	}

	/**
	 * Close all connections without a close packet, including those that were cut.
	 */
	void close() {
		this.gate.drop();
		this.inFlight.forEach(Disposable::dispose);
		this.inFlight.clear();
		this.gate.close();
		this.connections.close();
	}

	/**
	 * A response and its body.
	 *
	 * @param response the response
	 * @param body the bytes of the body
	 */
	record Result(HandshakeResponse response, byte[] body) {

	}

}
