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
 * Handles a client that has joined a namespace, reactively.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ConnectionHandler {

	/**
	 * Handle a client that has joined. Called on a thread of the I/O layer and must not
	 * block. Events of the client do not wait for the returned publisher.
	 * @param socket the socket
	 * @return subscribed to with the socket's Reactor context, and canceled when the
	 * socket is disconnected; {@code null} for nothing to wait for. An error disconnects
	 * the socket
	 * @throws Exception is treated as an error of the publisher
	 */
	@Nullable Publisher<?> handle(Socket socket) throws Exception;

}
