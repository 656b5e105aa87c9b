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
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.springsocketio.engineio.ConnectionError;
import io.github.springsocketio.engineio.EngineError;
import io.github.springsocketio.engineio.TransportServer;
import io.github.springsocketio.engineio.packet.JsonEscapes;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Writes the responses to refused requests: JSON for plain requests (EIO-15), plain text
 * for upgrade requests (EIO-22).
 */
final class EngineErrors {

	private static final Log logger = LogFactory.getLog(EngineErrors.class);

	private static final byte[] NONE = {};

	private final TransportServer server;

	EngineErrors(TransportServer server) {
		this.server = server;
	}

	Mono<Void> refuse(EngineRequest request, EngineError error, Map<String, @Nullable Object> context) {
		return refuse(request, error, error.message(), context);
	}

	Mono<Void> refuse(EngineRequest request, EngineError error, String message, Map<String, @Nullable Object> context) {
		Map<String, Object> known = new LinkedHashMap<>();
		context.forEach((name, value) -> {
			if (value != null) {
				known.put(name, value);
			}
		});
		this.server.onConnectionError(new ConnectionError(error, known, request.toHandshake()));
		return request.isUpgrade() ? text(request, message) : json(request, error, message, "");
	}

	/**
	 * Refuse a request for a session of another node, in the same way as for an unknown
	 * session. The response contains a hint for developers.
	 */
	Mono<Void> refuseMisrouted(EngineRequest request, Map<String, Object> context) {
		EngineError error = EngineError.UNKNOWN_SID;
		this.server.onConnectionError(new ConnectionError(error, context, request.toHandshake()));
		return request.isUpgrade() ? text(request, error.message())
				: json(request, error, error.message(), ",\"hint\":\"The session is one of another node\"");
	}

	private static Mono<Void> json(EngineRequest request, EngineError error, String message, String more) {
		String body = "{\"code\":" + error.code() + ",\"message\":" + JsonEscapes.quote(message) + more + "}";
		return write(request, HttpStatusCode.valueOf(error.status()), "application/json", body);
	}

	/**
	 * Respond with plain text, without the headers that the engine, its filters or
	 * predicates have set before (CK-66, CK-83, CK-121).
	 */
	private static Mono<Void> text(EngineRequest request, String message) {
		request.resetResponseHeaders();
		request.responseHeaders().set(HttpHeaders.CONNECTION, "close");
		return write(request, HttpStatus.BAD_REQUEST, "text/html", message);
	}

	/**
	 * Respond that the service is unavailable.
	 */
	static Mono<Void> unavailable(EngineRequest request, String message) {
		logger.debug("A request was refused: " + message);
		request.responseHeaders().set(HttpHeaders.RETRY_AFTER, "5");
		if (request.isUpgrade()) {
			request.responseHeaders().set(HttpHeaders.CONNECTION, "close");
		}
		return write(request, HttpStatus.SERVICE_UNAVAILABLE, "application/json",
				"{\"message\":" + JsonEscapes.quote(message) + "}");
	}

	/**
	 * Respond with a status and an empty body.
	 */
	static Mono<Void> empty(EngineRequest request, HttpStatusCode status) {
		ServerHttpResponse response = request.exchange().getResponse();
		response.setStatusCode(status);
		response.getHeaders().setContentLength(0);
		return FullResponse.send(request, NONE);
	}

	private static Mono<Void> write(EngineRequest request, HttpStatusCode status, String contentType, String body) {
		ServerHttpResponse response = request.exchange().getResponse();
		if (response.isCommitted()) {
			return Mono.empty();
		}
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		response.setStatusCode(status);
		response.getHeaders().set(HttpHeaders.CONTENT_TYPE, contentType);
		response.getHeaders().setContentLength(bytes.length);
		return FullResponse.send(request, bytes);
	}

}
