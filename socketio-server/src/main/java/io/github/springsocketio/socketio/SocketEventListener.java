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

/**
 * Called for an event of a client, on a thread of the I/O layer and in the order of
 * arrival. Must not block; blocking work belongs into a {@link BlockingEventHandler}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SocketEventListener {

	/**
	 * Handle an event.
	 * @param socket the socket that received the event
	 * @param event the event
	 * @throws Exception is given to error listeners, or logged if there is none; the
	 * connection stays open
	 */
	void onEvent(Socket socket, Event event) throws Exception;

	/**
	 * Called for an event whose first argument has a type.
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
		 * @throws Exception is given to error listeners, or logged if there is none; the
		 * connection stays open
		 */
		void onEvent(Socket socket, T argument, Event event) throws Exception;

	}

}
