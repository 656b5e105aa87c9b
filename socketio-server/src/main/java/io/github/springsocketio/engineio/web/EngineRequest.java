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

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * A request on the engine's path, with its frequently used properties.
 */
final class EngineRequest {

	private static final String[] PARAMETERS = { "EIO", "transport", "sid", "b64", "j" };

	private final ServerWebExchange exchange;

	private final String target;

	private final boolean upgrade;

	private final @Nullable Channel channel;

	private final HttpHeaders earlierHeaders;

	private final DataRate rate;

	EngineRequest(ServerWebExchange exchange, String target, DataRate rate) {
		this.exchange = exchange;
		this.target = target;
		this.rate = rate;
		this.upgrade = isUpgrade(exchange);
		this.channel = channel(exchange);
		this.earlierHeaders = (this.upgrade && !responseHeaders().isEmpty()) ? HttpHeaders.copyOf(responseHeaders())
				: HttpHeaders.EMPTY;
	}

	private EngineRequest(ServerWebExchange exchange, EngineRequest request) {
		this.exchange = exchange;
		this.target = request.target;
		this.upgrade = request.upgrade;
		this.channel = request.channel;
		this.earlierHeaders = request.earlierHeaders;
		this.rate = request.rate;
	}

	private static @Nullable Channel channel(ServerWebExchange exchange) {
		Object request = EnginePath.nativeRequest(exchange.getRequest());
		return (request instanceof Connection connection) ? connection.channel() : null;
	}

	private static boolean isUpgrade(ServerWebExchange exchange) {
		HttpHeaders headers = exchange.getRequest().getHeaders();
		String value = headers.getFirst(HttpHeaders.UPGRADE);
		return value != null && "websocket".equalsIgnoreCase(value)
				&& exchange.getRequest().getMethod() == HttpMethod.GET;
	}

	/**
	 * Return the same request for an exchange that a filter has replaced.
	 */
	EngineRequest with(ServerWebExchange replaced) {
		return (replaced == this.exchange) ? this : new EngineRequest(replaced, this);
	}

	ServerWebExchange exchange() {
		return this.exchange;
	}

	HttpHeaders headers() {
		return this.exchange.getRequest().getHeaders();
	}

	HttpHeaders responseHeaders() {
		return this.exchange.getResponse().getHeaders();
	}

	/**
	 * Remove the headers from the response to an upgrade request, except for those that
	 * filters of the application had set before the engine received the request.
	 */
	void resetResponseHeaders() {
		HttpHeaders headers = responseHeaders();
		headers.clear();
		headers.putAll(this.earlierHeaders);
	}

	HttpMethod method() {
		return this.exchange.getRequest().getMethod();
	}

	String target() {
		return this.target;
	}

	@Nullable String parameter(String name) {
		return QueryParameters.find(this.target, name);
	}

	/**
	 * Return a parameter of the engine that the query contains more than once. Servers
	 * and proxies may differ in the value that they use.
	 * @return the name of the parameter, or {@code null} if there is none
	 */
	@Nullable String repeatedParameter() {
		return QueryParameters.repeated(this.target, PARAMETERS);
	}

	/**
	 * Return the session id; an empty id is treated as absent (EIO-09).
	 */
	@Nullable String sid() {
		String sid = parameter("sid");
		return (sid != null && !sid.isEmpty()) ? sid : null;
	}

	/**
	 * Return the revision of the protocol (EIO-07).
	 */
	int protocol() {
		return "4".equals(parameter("EIO")) ? 4 : 3;
	}

	/**
	 * Return whether binary packets have to be sent as text (EIO-11).
	 */
	boolean isBase64() {
		String value = parameter("b64");
		return value != null && !value.isEmpty();
	}

	/**
	 * Return whether this is a request for a websocket.
	 */
	boolean isUpgrade() {
		return this.upgrade;
	}

	/**
	 * Return the rate at which the client has to send the body and accept the response.
	 */
	DataRate rate() {
		return this.rate;
	}

	/**
	 * Return whether the request has a body, according to its headers.
	 */
	boolean hasBody() {
		HttpHeaders headers = headers();
		return headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
	}

	/**
	 * Return the body: {@code DataBuffer}s that have to be released or, if no filter has
	 * decorated the request, objects of Reactor Netty that it releases itself.
	 */
	Flux<?> body() {
		ServerHttpRequest request = this.exchange.getRequest();
		return (NativeMessages.of(request) instanceof HttpServerRequest nativeRequest) ? nativeRequest.receiveObject()
				: request.getBody();
	}

	/**
	 * Return the channel of the connection at the time of the request, or {@code null} on
	 * a server other than Reactor Netty. Later, Reactor Netty may return a channel
	 * without an event loop, because the client has disconnected.
	 */
	@Nullable Channel channel() {
		return this.channel;
	}

	/**
	 * Return the connection's event loop, or {@code null} on a server other than Reactor
	 * Netty.
	 */
	@Nullable EventLoop eventLoop() {
		return (this.channel != null) ? this.channel.eventLoop() : null;
	}

	/**
	 * Return whether the current thread is the one on which the response has to be
	 * completed.
	 */
	boolean isOnEventLoop() {
		EventLoop loop = eventLoop();
		return loop == null || loop.inEventLoop();
	}

	/**
	 * Run a task on the connection's event loop, on which the response has to be
	 * completed.
	 */
	void onEventLoop(Runnable task) {
		EventLoop loop = eventLoop();
		if (loop == null || loop.inEventLoop()) {
			task.run();
		}
		else {
			loop.execute(task);
		}
	}

	/**
	 * Return a Mono that completes on the connection's event loop.
	 */
	Mono<Void> onEventLoop() {
		EventLoop loop = eventLoop();
		return (loop == null || loop.inEventLoop()) ? Mono.empty() : Mono.create((sink) -> loop.execute(sink::success));
	}

	/**
	 * Return whether the web server itself has sent a response.
	 */
	boolean isAnswered() {
		Object request = EnginePath.nativeRequest(this.exchange.getRequest());
		return request instanceof HttpServerResponse response && response.hasSentHeaders();
	}

	/**
	 * Return a Mono for a request that needs no response, because its connection is
	 * closed or the web server has responded itself, such as to a malformed chunk, and
	 * closes it. Reactor Netty cancels the Mono then.
	 */
	Mono<Void> untilClosed() {
		return (eventLoop() != null) ? Mono.never() : Mono.empty();
	}

	/**
	 * Close the connection without a response, if the server allows it.
	 */
	void abort() {
		if (this.channel != null) {
			this.channel.close();
		}
	}

	WebHandshakeRequest toHandshake() {
		return new WebHandshakeRequest(this);
	}

}
