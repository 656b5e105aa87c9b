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
 * Decides whether a handshake is accepted. Called for handshakes of both transports,
 * after all checks of the engine, and not for later requests of a session. Beans are
 * called one after the other in their order; the first rejection counts. Attributes that
 * it adds to the exchange are available to handlers for the life of the session, and
 * headers that it adds to the response are sent on both transports.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AllowRequest {

	/**
	 * Decide about a handshake. Called on an event loop; must not block.
	 * @param exchange the exchange, with its cookies, {@code WebSession} and principal
	 * @return emits the decision, on any thread. An error, an empty result and no result
	 * within {@code allow-request-timeout} (10 seconds by default) reject the handshake
	 * with the standard message; the message of an error is not sent to the client.
	 * Cancelled when the client disconnects
	 */
	Mono<Decision> allow(ServerWebExchange exchange);

	/**
	 * Create an instance from a predicate.
	 * @param predicate emits {@code true} to accept the handshake
	 * @return the instance, which rejects with the standard message
	 */
	static AllowRequest of(Function<ServerWebExchange, Mono<Boolean>> predicate) {
		return (exchange) -> predicate.apply(exchange)
			.map((allowed) -> allowed ? Decision.accept() : Decision.reject());
	}

	/**
	 * The decision about a handshake.
	 */
	final class Decision {

		private static final Decision ACCEPT = new Decision(true, null);

		private static final Decision REJECT = new Decision(false, null);

		private final boolean accepted;

		private final @Nullable String message;

		private Decision(boolean accepted, @Nullable String message) {
			this.accepted = accepted;
			this.message = message;
		}

		/**
		 * Accept the handshake.
		 * @return the decision
		 */
		public static Decision accept() {
			return ACCEPT;
		}

		/**
		 * Reject the handshake with the message {@code Forbidden}.
		 * @return the decision
		 */
		public static Decision reject() {
			return REJECT;
		}

		/**
		 * Reject the handshake with a message.
		 * @param message the message for the client; {@code null} or empty for
		 * {@code Forbidden}
		 * @return the decision
		 */
		public static Decision reject(@Nullable String message) {
			return (message == null || message.isEmpty()) ? REJECT : new Decision(false, message);
		}

		/**
		 * Return whether the handshake is accepted.
		 * @return whether it is
		 */
		public boolean isAccepted() {
			return this.accepted;
		}

		/**
		 * Return the message for the client.
		 * @return the message, or {@code null} for the standard one
		 */
		public @Nullable String message() {
			return this.message;
		}

		@Override
		public String toString() {
			return this.accepted ? "accept" : "reject";
		}

	}

}
