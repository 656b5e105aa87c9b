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
 * Handles an event of a client reactively. The events of one socket start in the order of
 * arrival; a publisher that is still under way does not hold back the next one, but too
 * many of them hold back reading from that client.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EventHandler {

	/**
	 * Handle an event; called on a thread of the I/O layer and must not block.
	 * @param socket the socket it came from
	 * @param event the event
	 * @return is subscribed to; its first value is the acknowledgement, if the client
	 * asked for one and the event was not acknowledged otherwise (no value: an empty
	 * acknowledgement). An error is logged and given to the socket's error listeners, and
	 * nothing is acknowledged. It is not cancelled when the client goes, as its work may
	 * have to be done; {@link Socket#onDisconnect()} ends what is for the client only.
	 * {@code null} for nothing to wait for
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
		 * @param socket the socket it came from
		 * @param argument the first argument, converted
		 * @return as {@link EventHandler#handle(Socket, Event)}
		 * @throws Exception is treated as an error of the publisher
		 */
		@Nullable Publisher<?> handle(Socket socket, T argument) throws Exception;

	}

}
