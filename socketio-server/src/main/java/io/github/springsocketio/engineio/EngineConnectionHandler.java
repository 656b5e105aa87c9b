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

package io.github.springsocketio.engineio;

import io.github.springsocketio.Internal;
import io.github.springsocketio.Limit;
import org.jspecify.annotations.Nullable;

/**
 * Handles new sessions of an engine. Implemented by the layer above: Socket.IO, or an
 * application that uses Engine.IO alone.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EngineConnectionHandler {

	/**
	 * Handle a new session. Called on a thread of the I/O layer; must not block. Messages
	 * sent by this method follow the open packet.
	 * @param session the session
	 * @return the handler of the messages of the session
	 */
	EngineSessionHandler onConnection(EngineSession session);

	/**
	 * Make room for one more session. If a limit is reached, close an idle session.
	 * @return the limit that is still reached; {@code null}, the default, if there is
	 * none
	 */
	@Internal
	default @Nullable Limit makeRoom() {
		return null;
	}

	/**
	 * Close an idle session to release memory.
	 * @return whether there was an idle session; {@code false} by default
	 */
	@Internal
	default boolean closeIdleSession() {
		return false;
	}

}
