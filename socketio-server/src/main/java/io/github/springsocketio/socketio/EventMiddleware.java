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
 * Sees each event of a socket before its listeners do (SIO-49). Events of one socket pass
 * one after the other: the next waits until this one has passed.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EventMiddleware {

	/**
	 * Look at an event.
	 * @param socket the socket it came from
	 * @param event the event
	 * @return the event that goes on: the same one, or one made with
	 * {@link Event#withName(String)} or {@link Event#withArguments(Object...)}. Empty:
	 * the event is dropped. An error goes to the socket's error listeners and the event
	 * is dropped
	 */
	Mono<Event> handle(Socket socket, Event event);

}
