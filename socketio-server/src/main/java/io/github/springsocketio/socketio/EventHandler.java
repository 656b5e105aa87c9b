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

package io.github.springsocketio.socketio;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * Handles an event of a client reactively. Handlers of one socket start in the order in
 * which its events arrive. A publisher that has not completed does not hold back the next
 * event, but too many of them pause reading from that client.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EventHandler {

	/**
	 * Handle an event. Called on a thread of the I/O layer and must not block.
	 * @param socket the socket that received the event
	 * @param event the event
	 * @return subscribed to with the socket's Reactor context. Its first value is the
	 * acknowledgement, if the client requested one and the event was not acknowledged
	 * otherwise; no value is an empty acknowledgement. An error is given to error
	 * listeners, which may acknowledge the event, or logged if there is none; then the
	 * event is acknowledged with an {@link AckError}. The publisher is not canceled when
	 * the client disconnects; use {@link Socket#onDisconnect()} to end what is for the
	 * client only. {@code null} for nothing to wait for
	 * @throws Exception is treated as an error of the publisher
	 */
	@Nullable Publisher<?> handle(Socket socket, Event event) throws Exception;

	/**
	 * Handles an event whose first argument has a type.
	 *
	 * @param <T> the type
	 */
	@FunctionalInterface
	interface Typed<T> {

		/**
		 * Handle an event.
		 * @param socket the socket that received the event
		 * @param argument the first argument, converted
		 * @param event the event
		 * @return as {@link EventHandler#handle(Socket, Event)}
		 * @throws Exception is treated as an error of the publisher
		 */
		@Nullable Publisher<?> handle(Socket socket, T argument, Event event) throws Exception;

	}

	/**
	 * Handles an event whose first two arguments have a type.
	 *
	 * @param <A> the type of the first argument
	 * @param <B> the type of the second argument
	 */
	@FunctionalInterface
	interface Typed2<A, B> {

		/**
		 * Handle an event.
		 * @param socket the socket that received the event
		 * @param first the first argument, converted
		 * @param second the second argument, converted
		 * @param event the event
		 * @return as {@link EventHandler#handle(Socket, Event)}
		 * @throws Exception is treated as an error of the publisher
		 */
		@Nullable Publisher<?> handle(Socket socket, A first, B second, Event event) throws Exception;

	}

	/**
	 * Handles an event whose first three arguments have a type.
	 *
	 * @param <A> the type of the first argument
	 * @param <B> the type of the second argument
	 * @param <C> the type of the third argument
	 */
	@FunctionalInterface
	interface Typed3<A, B, C> {

		/**
		 * Handle an event.
		 * @param socket the socket that received the event
		 * @param first the first argument, converted
		 * @param second the second argument, converted
		 * @param third the third argument, converted
		 * @param event the event
		 * @return as {@link EventHandler#handle(Socket, Event)}
		 * @throws Exception is treated as an error of the publisher
		 */
		@Nullable Publisher<?> handle(Socket socket, A first, B second, C third, Event event) throws Exception;

	}

}
