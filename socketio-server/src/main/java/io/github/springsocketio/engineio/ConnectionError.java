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

import java.util.Map;

/**
 * A handshake or other request that the engine refused.
 *
 * @param error the kind of error; the client receives its code and message
 * @param context the details, with the names {@code name}, {@code message},
 * {@code transport}, {@code sid}, {@code method}, {@code protocol},
 * {@code previousTransport} and {@code previousProtocol}; values may contain input of the
 * client
 * @param request the request
 * @since 0.1.0
 */
public record ConnectionError(EngineError error, Map<String, Object> context, HandshakeRequest request) {

}
