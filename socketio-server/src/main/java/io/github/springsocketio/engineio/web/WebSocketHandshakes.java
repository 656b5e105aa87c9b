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

import io.github.springsocketio.engineio.EngineOptions;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.WebsocketServerSpec;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * The common checks and settings of WebSocket handshakes, for all implementations
 * (EIO-68, EIO-70).
 */
final class WebSocketHandshakes {

	private static final int MAX_CONTROL_PAYLOAD = 125;

	private WebSocketHandshakes() {
	}

	/**
	 * Check the headers of an upgrade request.
	 * @return the status of the refusal, or {@code null} if the request is valid
	 */
	static @Nullable HttpStatus check(EngineRequest request) {
		HttpHeaders headers = request.headers();
		if (!"13".equals(headers.getFirst("Sec-WebSocket-Version"))) {
			return HttpStatus.UPGRADE_REQUIRED;
		}
		String key = headers.getFirst("Sec-WebSocket-Key");
		return (key != null && isKey(key) && isConnectionUpgrade(headers) && hasValidExtensions(headers)) ? null
				: HttpStatus.BAD_REQUEST;
	}

	private static boolean isConnectionUpgrade(HttpHeaders headers) {
		for (String option : headers.getConnection()) {
			if ("upgrade".equalsIgnoreCase(option)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return whether a text is Base64 of 16 bytes.
	 */
	private static boolean isKey(String text) {
		if (text.length() != 24 || !text.endsWith("==")) {
			return false;
		}
		for (int i = 0; i < 22; i++) {
			char c = text.charAt(i);
			if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '+' && c != '/') {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return whether each offered extension and each of its parameters has a name. A
	 * handshake with a malformed header has to fail (RFC 6455, section 9.1).
	 */
	private static boolean hasValidExtensions(HttpHeaders headers) {
		for (String value : headers.getOrEmpty("Sec-WebSocket-Extensions")) {
			for (String part : value.split("[,;]", -1)) {
				if (part.isBlank()) {
					return false;
				}
			}
		}
		return true;
	}

	/**
	 * Refuse an upgrade request.
	 */
	static Mono<Void> refuse(EngineRequest request, HttpStatus status) {
		request.responseHeaders().set(HttpHeaders.CONNECTION, "close");
		if (status == HttpStatus.UPGRADE_REQUIRED) {
			request.responseHeaders().set("Sec-WebSocket-Version", "13");
		}
		return EngineErrors.empty(request, status);
	}

	/**
	 * Return the first sub-protocol that the client offers, or {@code null}.
	 */
	static @Nullable String protocol(EngineRequest request) {
		String offered = request.headers().getFirst("Sec-WebSocket-Protocol");
		if (offered == null) {
			return null;
		}
		int comma = offered.indexOf(',');
		return ((comma < 0) ? offered : offered.substring(0, comma)).trim();
	}

	/**
	 * Return the limit for the received payload of a frame, before it is inflated.
	 * Compression slightly enlarges incompressible data. Control frames may always have
	 * 125 bytes, because they are not messages.
	 */
	static int maxFramePayload(EngineOptions engine, boolean compressed) {
		int limit = Math.max(engine.maxHttpBufferSize(), MAX_CONTROL_PAYLOAD);
		return compressed ? (int) Math.min(Integer.MAX_VALUE, limit + limit / 512L + 64) : limit;
	}

	/**
	 * Return whether an error means that a frame or its inflated payload is too large.
	 */
	static boolean isTooLarge(Throwable error) {
		DecompressionException inflation = inflation(error);
		if (inflation != null) {
			// Only malformed data has a cause
			return inflation.getCause() == null;
		}
		return error instanceof TooLongFrameException || (error instanceof CorruptedWebSocketFrameException corrupt
				&& WebSocketCloseStatus.MESSAGE_TOO_BIG.equals(corrupt.closeStatus()));
	}

	/**
	 * Return whether an error means that the compressed data of a message is malformed.
	 */
	static boolean isMalformedCompression(Throwable error) {
		DecompressionException inflation = inflation(error);
		return inflation != null && inflation.getCause() != null;
	}

	private static @Nullable DecompressionException inflation(Throwable error) {
		if (error instanceof DecompressionException inflation) {
			return inflation;
		}
		return (error.getCause() instanceof DecompressionException inflation) ? inflation : null;
	}

	/**
	 * Return the settings of a websocket for Reactor Netty, without a sub-protocol.
	 */
	static WebsocketServerSpec.Builder spec(EngineOptions engine) {
		return WebsocketServerSpec.builder().maxFramePayloadLength(maxFramePayload(engine, true));
	}

}
