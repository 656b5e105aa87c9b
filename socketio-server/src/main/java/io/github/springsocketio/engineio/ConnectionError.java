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
 * A request that the engine refused (EIO-24).
 *
 * @param error the kind of error; its code and text are what the client gets
 * @param context what else is known, by the names of EIO-24: {@code name},
 * {@code message}, {@code transport}, {@code sid}, {@code method}, {@code protocol},
 * {@code previousTransport}, {@code previousProtocol}
 * @param request the request
 * @since 0.1.0
 */
public record ConnectionError(EngineError error, Map<String, Object> context, HandshakeRequest request) {

}
