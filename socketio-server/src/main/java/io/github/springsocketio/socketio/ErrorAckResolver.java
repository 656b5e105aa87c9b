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
 * Maps the error of a listener, handler or interceptor to the acknowledgement of its
 * event, if the client requested one and no error listener has sent one. An error for
 * which a resolver returns an acknowledgement is logged at debug level only.
 *
 * @since 0.1.0
 * @see HandlerOptions#errorAckResolvers()
 */
@FunctionalInterface
public interface ErrorAckResolver {

	/**
	 * Return the acknowledgement of an event that has failed. Called on the thread of the
	 * failure; must not block.
	 * @param socket the socket
	 * @param error the error; its cause if {@code Future.get}, {@code Mono.block} or a
	 * proxy has wrapped it
	 * @param event the event
	 * @return an {@link AckError}, another value that is sent unchanged,
	 * {@link io.github.springsocketio.socketio.packet.Arguments} for several values, or
	 * {@code null} to call the next resolver and finally {@link AckError#of(Throwable)}
	 */
	@Nullable Object resolve(Socket socket, Throwable error, Event event);

}
