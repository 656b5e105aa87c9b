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

package io.github.springsocketio.engineio.web;

import java.util.function.LongConsumer;

import io.github.springsocketio.Internal;

/**
 * A {@code WebSocketSession} that reports how much memory it holds for its peer.
 *
 * @since 0.1.0
 */
@Internal
public interface MemoryCounting {

	/**
	 * Set the counter of memory for incomplete and queued messages. Called before
	 * anything is received.
	 * @param memory receives numbers of bytes, negative when memory is released
	 */
	void setMemory(LongConsumer memory);

}
