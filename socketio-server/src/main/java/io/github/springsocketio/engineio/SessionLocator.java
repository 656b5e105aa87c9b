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

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Locates the session of a request if its session id is unknown to the server, such as a
 * session that has to be fetched from another node. Not called for the sessions of the
 * server itself.
 *
 * @since 0.1.0
 * @see EngineOptions.Builder#sessionLocator(SessionLocator)
 */
@FunctionalInterface
public interface SessionLocator {

	/**
	 * Locate a session. Called on an event loop for every request with an unknown id,
	 * polling requests as well as upgrades, and thus also for forged ids: must not block,
	 * and should reject malformed ids without further effort.
	 * @param sid the session id, as the client sent it
	 * @param local returns the session of the server with an id, or {@code null}; for
	 * sessions that were added to the server in the meantime, or under another id
	 * @return emits a session of this server, on any thread. Empty if there is no such
	 * session: the request is refused with {@link EngineError#UNKNOWN_SID}. An error is
	 * responded to with status 500, and no signal within
	 * {@link EngineOptions#sessionLocatorTimeout()} with status 503. Cancelled when the
	 * client disconnects
	 */
	Mono<EngineSession> locate(String sid, Function<String, @Nullable EngineSession> local);

}
