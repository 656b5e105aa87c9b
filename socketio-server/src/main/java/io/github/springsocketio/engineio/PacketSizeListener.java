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

/**
 * Counts the packets of a session. It is called with their sizes instead of their data,
 * which are not decoded for it.
 *
 * @since 0.1.0
 */
@Internal
public interface PacketSizeListener extends EngineSessionListener {

	/**
	 * Called for each received packet that has data, while the session is open.
	 * @param size the number of bytes of the data, as UTF-8 if they are text
	 */
	void onPacketReceived(int size);

	/**
	 * Called for each packet that has data, before it is added to the outbound buffer.
	 * @param size the number of bytes of the data, as UTF-8 if they are text
	 */
	void onPacketCreated(int size);

}
