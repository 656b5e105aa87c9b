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

import java.util.function.LongConsumer;

import io.netty.buffer.Unpooled;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Sends a response with a complete body. On Reactor Netty, the body is written to the
 * connection as one message, without WebFlux's buffers and operators for streams. If a
 * filter has decorated the response, it is written through WebFlux and the decorator.
 */
final class FullResponse {

	private FullResponse() {
	}

	/**
	 * Send a body. The status and the headers have to be set before.
	 * @return completes when the response was written
	 */
	static Mono<Void> send(EngineRequest request, byte[] body) {
		return send(request, body, (bytes) -> {
		}, request.rate()::exceeded);
	}

	/**
	 * Send a body. The status and the headers have to be set before.
	 * @param memory receives the size of a large body, and the negative size when the
	 * client has accepted it or is disconnected
	 * @param tooSlow called if the client accepts it too slowly, before its connection is
	 * closed
	 * @return completes when the response was written
	 */
	static Mono<Void> send(EngineRequest request, byte[] body, LongConsumer memory, Runnable tooSlow) {
		return new ResponseWrite(request, write(request, body), body.length, memory, tooSlow);
	}

	private static Mono<Void> write(EngineRequest request, byte[] body) {
		ServerHttpResponse response = request.exchange().getResponse();
		// For a single value, WebFlux would set the content length, which compressed
		// responses must not have (EIO-105)
		boolean known = response.getHeaders().getContentLength() >= 0;
		if (known && NativeMessages.of(response) instanceof HttpServerResponse nativeResponse) {
			return response.setComplete().then(Mono.defer(() -> write(request, nativeResponse, body)));
		}
		DataBuffer buffer = response.bufferFactory().wrap(body);
		return response.writeWith(known ? Mono.just(buffer) : Flux.just(buffer));
	}

	private static Mono<Void> write(EngineRequest request, HttpServerResponse response, byte[] body) {
		return request.isOnEventLoop() ? writeNow(response, body)
				: request.onEventLoop().then(Mono.defer(() -> writeNow(response, body)));
	}

	private static Mono<Void> writeNow(HttpServerResponse response, byte[] body) {
		return response.sendObject(Unpooled.wrappedBuffer(body)).then();
	}

}
