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
 * Called for an error of a socket. Must not block. An error that is passed to a listener
 * is not logged.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ErrorListener {

	/**
	 * Handle an error.
	 * @param socket the socket
	 * @param error the error
	 * @param event the event whose middleware, interceptor, listener or handler failed,
	 * or {@code null} if the error is not that of an event. Not acknowledged yet: the
	 * listener may {@linkplain Event#ack(Object...) acknowledge} it. Otherwise an event
	 * whose interceptor, listener or handler failed is acknowledged with an
	 * {@link AckError} when the listeners have returned, unless
	 * {@link HandlerOptions#errorAcks()} is {@code false}
	 */
	void onError(Socket socket, Throwable error, @Nullable Event event);

}
