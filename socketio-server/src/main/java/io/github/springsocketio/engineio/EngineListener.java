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

import io.github.springsocketio.Limit;
import org.jspecify.annotations.Nullable;

/**
 * Listens to the events of an engine. The methods are called on threads of the I/O layer
 * and must not block; exceptions are logged.
 *
 * @since 0.1.0
 */
public interface EngineListener {

	/**
	 * Called when a session was opened.
	 * @param session the session
	 */
	default void onConnection(EngineSession session) {
	}

	/**
	 * Called when a session was closed, once for each that was opened.
	 * @param session the session, which is no longer found by its id
	 * @param reason the reason
	 * @param detail the description of an error, or {@code null}; holds nothing that the
	 * peer sent
	 */
	default void onClose(EngineSession session, CloseReason reason, @Nullable String detail) {
	}

	/**
	 * Called when a client exceeded a limit of the server, and was refused, closed or
	 * slowed down.
	 * @param limit the limit, such as {@link EngineLimit#MAX_OUTBOUND_BYTES}
	 * @param session the session of the client, which may be closed by now; {@code null}
	 * if the client has no session or the session is unknown
	 */
	default void onLimitExceeded(Limit limit, @Nullable EngineSession session) {
	}

	/**
	 * Called when a request was received for a session whose id has the tag of another
	 * node. Such ids may be forged.
	 * @param outcome the outcome
	 * @see EngineOptions#nodeTag()
	 */
	default void onMisroutedRequest(MisroutedRequest outcome) {
	}

	/**
	 * Called when a handshake or another request was refused.
	 * @param error the request and the reason
	 */
	default void onConnectionError(ConnectionError error) {
	}

}
