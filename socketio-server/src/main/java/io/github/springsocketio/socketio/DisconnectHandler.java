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
 * Handles the disconnection of a socket reactively.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface DisconnectHandler {

	/**
	 * Handle a disconnection, when the socket has left its rooms and after a blocking or
	 * serial handler of that socket that is in progress has ended. Must not block.
	 * @param socket the socket
	 * @param reason the reason
	 * @param detail details of the reason, or {@code null}
	 * @return subscribed to with the socket's Reactor context; {@code null} for nothing
	 * to wait for. An error is given to error listeners, or logged if there is none
	 * @throws Exception is treated as an error of the publisher
	 */
	@Nullable Publisher<?> handle(Socket socket, DisconnectReason reason, @Nullable String detail) throws Exception;

}
