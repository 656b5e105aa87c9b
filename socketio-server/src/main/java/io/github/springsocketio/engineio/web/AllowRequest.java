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

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/**
 * Decides whether a handshake is let in (CK-61 to CK-73). Asked for handshakes only, of
 * both transports, after all checks of the engine; beans are asked one after the other in
 * their order, and the first refusal counts. What it puts into the attributes of the
 * exchange is available to handlers for the life of the session, and headers that it adds
 * to the response are sent on both transports.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AllowRequest {

	/**
	 * Look at a handshake.
	 * @param exchange the exchange, with its cookies, {@code WebSession} and principal
	 * @return the decision. An error, an empty result and no result within
	 * {@code allow-request-timeout} (10 seconds by default) refuse the handshake with the
	 * standard text; the text of an error never reaches the client. Cancelled when the
	 * client goes away
	 */
	Mono<Decision> allow(ServerWebExchange exchange);

	/**
	 * Create one of a predicate.
	 * @param predicate {@code true} lets the handshake in
	 * @return refuses without a message of its own
	 */
	static AllowRequest of(Function<ServerWebExchange, Mono<Boolean>> predicate) {
		return (exchange) -> predicate.apply(exchange)
			.map((allowed) -> allowed ? Decision.accept() : Decision.reject());
	}

	/**
	 * Whether a handshake is let in.
	 *
	 * @param accepted whether it is
	 * @param message the text for the client of a refused handshake; {@code null} or
	 * empty for {@code Forbidden}
	 */
	record Decision(boolean accepted, @Nullable String message) {

		private static final Decision ACCEPT = new Decision(true, null);

		private static final Decision REJECT = new Decision(false, null);

		/**
		 * Let the handshake in.
		 * @return the decision
		 */
		public static Decision accept() {
			return ACCEPT;
		}

		/**
		 * Refuse the handshake.
		 * @return the decision
		 */
		public static Decision reject() {
			return REJECT;
		}

		/**
		 * Refuse the handshake.
		 * @param message the text for the client
		 * @return the decision
		 */
		public static Decision reject(String message) {
			return new Decision(false, message);
		}

	}

}
