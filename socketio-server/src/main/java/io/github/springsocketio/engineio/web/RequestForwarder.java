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

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.MisroutedRequest;
import io.github.springsocketio.engineio.TransportServer;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpMethod;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Forwards requests to the node that has the session. Bodies are streamed in both
 * directions. If the client disconnects, its request to the other node is cancelled. All
 * forwarded requests end when the engine is closed.
 */
final class RequestForwarder {

	private static final Log logger = LogFactory.getLog(RequestForwarder.class);

	/** Shorter than the usual idle timeout of servers and proxies. */
	private static final Duration MAX_IDLE = Duration.ofSeconds(10);

	private static final int MAX_HEADER_SIZE = 65536;

	private final TransportServer server;

	private final ForwardedRequests requests;

	private final NodeAddresses addresses;

	private final int maxRequests;

	private final HttpClient client;

	private final Duration pollTimeout;

	private final UpgradeForwarder upgrades;

	private final NettyDataBufferFactory buffers = new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT);

	private final AtomicInteger inFlight = new AtomicInteger();

	private final Set<Sinks.Empty<Void>> ends = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	RequestForwarder(TransportServer server, Forwarding forwarding) {
		this.server = server;
		this.requests = new ForwardedRequests(forwarding.secret(), server);
		this.addresses = new NodeAddresses(forwarding.registry(), forwarding.secret(), forwarding.connectTimeout(),
				server.timers()::nanoTime);
		this.maxRequests = forwarding.maxRequests();
		ConnectionProvider connections = ConnectionProvider.builder("socketio-forwarding")
			.maxConnections(this.maxRequests)
			.maxIdleTime(MAX_IDLE)
			.build();
		int connectMillis = (int) Math.min(forwarding.connectTimeout().toMillis(), Integer.MAX_VALUE);
		this.client = HttpClient.create(connections)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
			// a repeated poll would lose the messages in the response to the first one
			.disableRetry(true)
			.httpResponseDecoder((decoder) -> decoder.maxHeaderSize(MAX_HEADER_SIZE));
		EngineOptions options = server.options();
		// the response to a poll contains a ping at the latest
		this.pollTimeout = options.pingInterval().plus(options.pingTimeout());
		this.upgrades = new UpgradeForwarder(connectMillis);
		server.closed().subscribe(null, null, () -> {
			this.closed = true;
			this.ends.forEach(Sinks.Empty::tryEmitEmpty);
			connections.disposeLater().subscribe();
		});
	}

	ForwardedRequests requests() {
		return this.requests;
	}

	/**
	 * Find a node.
	 * @return empty if the node is unknown
	 */
	Mono<URI> find(String node) {
		return this.addresses.find(node);
	}

	/**
	 * Forward a request. Called on its event loop.
	 */
	Mono<Void> forward(EngineRequest request, String node, URI address) {
		if (this.inFlight.incrementAndGet() > this.maxRequests) {
			this.inFlight.decrementAndGet();
			return EngineErrors.unavailable(request, "Too many forwarded requests");
		}
		Sinks.Empty<Void> end = Sinks.empty();
		this.ends.add(end);
		if (this.closed) {
			end.tryEmitEmpty();
		}
		String target = target(request);
		String signature = this.requests.sign(request.exchange().getRequest(), node, target);
		Mono<Void> forwarded = Mono.defer(
				() -> request.isUpgrade() ? this.upgrades.forward(request, address, target, signature, this::forwarded)
						: exchange(request, address, target, signature));
		return forwarded.onErrorResume((ex) -> failed(request, node, ex))
			.takeUntilOther(end.asMono())
			.then(Mono.defer(() -> completed(request)))
			.doFinally((signal) -> {
				this.inFlight.decrementAndGet();
				this.ends.remove(end);
			});
	}

	/**
	 * Return the target as it was received, because the other node has to receive the
	 * same.
	 */
	private static String target(EngineRequest request) {
		return (EnginePath.nativeRequest(request.exchange().getRequest()) instanceof HttpServerRequest nativeRequest)
				? nativeRequest.uri() : request.target();
	}

	private Mono<Void> exchange(EngineRequest request, URI address, String target, String signature) {
		boolean body = request.hasBody();
		HttpClient configured = this.client.headers((headers) -> {
			headers.remove(HttpHeaders.USER_AGENT);
			ForwardedHeaders.endToEnd(request.headers(), headers::add);
			ForwardedHeaders.ofProxy(request.exchange().getRequest(), headers::add);
			headers.set(ForwardedRequests.HEADER, signature);
		});
		HttpClient.RequestSender sender = (body ? configured : configured.responseTimeout(this.pollTimeout))
			.request(HttpMethod.valueOf(request.method().name()))
			.uri(address + target);
		HttpClient.ResponseReceiver<?> receiver = body
				? sender.send(request.exchange().getRequest().getBody().map(NettyDataBufferFactory::toByteBuf))
				: sender;
		return receiver.response((response, content) -> respond(request, response, content)).then();
	}

	private Mono<Void> respond(EngineRequest request, HttpClientResponse from, ByteBufFlux content) {
		return request.onEventLoop().then(Mono.defer(() -> {
			forwarded();
			ServerHttpResponse response = request.exchange().getResponse();
			response.setStatusCode(HttpStatusCode.valueOf(from.status().code()));
			// the other node has already applied CORS and set cookies
			response.getCookies().clear();
			response.getHeaders().clear();
			HttpHeaders headers = new HttpHeaders();
			from.responseHeaders().forEach((header) -> headers.add(header.getKey(), header.getValue()));
			ForwardedHeaders.endToEnd(headers, response.getHeaders()::add);
			Mono<Void> write = response.writeWith(content.retain().map(this.buffers::wrap));
			return new ResponseWrite(request, write, 0, (bytes) -> {
			}, request.rate()::exceeded);
		}));
	}

	private void forwarded() {
		this.server.onMisroutedRequest(MisroutedRequest.FORWARDED);
	}

	private Mono<Void> failed(EngineRequest request, String node, Throwable error) {
		logger.debug("A request could not be forwarded", error);
		this.addresses.forget(node);
		this.server.onMisroutedRequest(MisroutedRequest.FAILED);
		return request.onEventLoop()
			.then(Mono.defer(() -> request.exchange().getResponse().isCommitted() ? aborted(request)
					: EngineErrors.unavailable(request, "Node of the session not available")));
	}

	/**
	 * Handle the end of a forwarded request, or its cancellation because the engine is
	 * closed.
	 */
	private Mono<Void> completed(EngineRequest request) {
		if (request.exchange().getResponse().isCommitted()) {
			return Mono.empty();
		}
		return request.isUpgrade() ? aborted(request) : request.onEventLoop()
			.then(Mono.defer(() -> EngineErrors.unavailable(request, "Server is shutting down")));
	}

	private static Mono<Void> aborted(EngineRequest request) {
		request.abort();
		return request.untilClosed();
	}

}
