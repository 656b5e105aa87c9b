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
 * Called for each event of a socket before its listeners. Events of one socket are
 * processed one after the other: the next event waits until this one has passed all
 * middlewares.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EventMiddleware {

	/**
	 * Process an event.
	 * @param socket the socket that received the event
	 * @param event the event
	 * @return the event to continue with: the same one, or one created with
	 * {@link Event#withName(String)} or {@link Event#withArguments(Object...)}. If it is
	 * empty, the event is dropped. An error is passed to the error listeners of the
	 * socket, and the event is dropped
	 */
	Mono<Event> handle(Socket socket, Event event);

}
