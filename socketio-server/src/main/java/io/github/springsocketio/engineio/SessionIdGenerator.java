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

import reactor.core.publisher.Mono;

/**
 * Generates session ids in place of {@link SecureSessionIds}. A session id is the only
 * secret that protects a session, and must not be predictable.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SessionIdGenerator {

	/**
	 * Generate an id. Called on an event loop; must not block.
	 * @param request the handshake
	 * @return emits an id that no session has, on any thread. An error, an empty result
	 * or an id that is in use refuses the handshake with {@link EngineError#BAD_REQUEST}
	 */
	Mono<String> generateId(HandshakeRequest request);

}
