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

import reactor.core.publisher.Mono;

/**
 * Intercepts the invocation of the listeners and handlers of an event: for timing,
 * tracing, validation or security. Runs after catch-all listeners and middlewares, once
 * for each event that has a listener or handler.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EventInterceptor {

	/**
	 * Intercept an event. Called on a thread of the I/O layer and must not block.
	 * @param socket the socket that received the event
	 * @param event the event
	 * @param chain invokes the next interceptor, or the listeners and handlers
	 * @return subscribed to with the socket's Reactor context. Its value is the
	 * acknowledgement. An error is given to error listeners, and nothing is acknowledged
	 */
	Mono<?> intercept(Socket socket, Event event, Chain chain);

	/**
	 * The interceptors that follow and, at the end, the listeners and handlers.
	 */
	@FunctionalInterface
	interface Chain {

		/**
		 * Invoke the rest of the chain.
		 * @param event the event, which may be one with another name or other arguments
		 * @return cold; invokes the listeners and handlers when subscribed to, serial and
		 * blocking ones when no other one of the socket is in progress. Completes when
		 * all of them have completed, with the first value of a handler, and fails with
		 * the first of their errors
		 */
		Mono<Object> proceed(Event event);

	}

}
