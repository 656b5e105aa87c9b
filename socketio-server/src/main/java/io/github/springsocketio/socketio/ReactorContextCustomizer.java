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

import reactor.util.context.Context;

/**
 * Adds entries to the Reactor context with which the server subscribes to publishers of
 * the application: those of middlewares, interceptors, and handlers of connections and
 * events.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ReactorContextCustomizer {

	/**
	 * Customize the Reactor context of a socket. Called once for each socket that needs a
	 * context, on a thread of the I/O layer; must not block.
	 * @param context the context so far, which includes the Reactor context of the
	 * handshake request
	 * @param socket the socket
	 * @return the context to use
	 */
	Context customize(Context context, Socket socket);

}
