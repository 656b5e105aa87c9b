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

/**
 * Handles an event of a client with code that may block. Called on a thread for blocking
 * code, never on one of the I/O layer. Handlers of one socket are called in the order in
 * which its events arrive, and the next event of that socket is not handled before this
 * handler has returned; other sockets do not wait. Acknowledgements of the client are
 * received meanwhile, so that the handler may wait for one. Too many waiting events pause
 * reading from the client; those that wait when the socket is disconnected are dropped.
 *
 * @since 0.1.0
 * @see HandlerOptions#blockingExecutor()
 */
@FunctionalInterface
public interface BlockingEventHandler {

	/**
	 * Handle an event. If Micrometer's context propagation is on the class path, its
	 * thread locals are set from the socket's Reactor context.
	 * @param socket the socket that received the event
	 * @param event the event
	 * @return the acknowledgement, if the client requested one and the event was not
	 * acknowledged otherwise; {@code null} for an empty acknowledgement
	 * @throws Exception is treated as an error of {@link EventHandler}
	 */
	@Nullable Object handle(Socket socket, Event event) throws Exception;

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
		 * @return as {@link BlockingEventHandler#handle(Socket, Event)}
		 * @throws Exception is treated as an error of {@link EventHandler}
		 */
		@Nullable Object handle(Socket socket, T argument, Event event) throws Exception;

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
		 * @return as {@link BlockingEventHandler#handle(Socket, Event)}
		 * @throws Exception is treated as an error of {@link EventHandler}
		 */
		@Nullable Object handle(Socket socket, A first, B second, Event event) throws Exception;

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
		 * @return as {@link BlockingEventHandler#handle(Socket, Event)}
		 * @throws Exception is treated as an error of {@link EventHandler}
		 */
		@Nullable Object handle(Socket socket, A first, B second, C third, Event event) throws Exception;

	}

}
