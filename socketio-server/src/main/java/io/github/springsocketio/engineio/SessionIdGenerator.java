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
 * Makes the ids of sessions (EIO-35). The default one takes 15 bytes of a
 * {@link java.security.SecureRandom} and writes them as 20 URL-safe characters.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SessionIdGenerator {

	/**
	 * Make an id.
	 * @param request the handshake
	 * @return an id that no live session has; an error, an empty result or a duplicate
	 * refuses the handshake with {@link EngineError#BAD_REQUEST}
	 */
	Mono<String> generateId(HandshakeRequest request);

}
