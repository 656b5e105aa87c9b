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

package io.github.springsocketio.autoconfigure.training;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.EnginePacketType;

/**
 * An Engine.IO session of a client. The methods block, and throw a
 * {@link TrainingException} if the server does not respond as expected.
 */
interface TrainingLink {

	void send(EncodedMessage message);

	/**
	 * Wait for the next packet.
	 */
	Received receive();

	void close();

	/**
	 * An Engine.IO packet.
	 *
	 * @param data the packet; a text packet starts with its type
	 * @param text whether it is text
	 */
	record Received(byte[] data, boolean text) {

		boolean is(EnginePacketType type) {
			return this.text && this.data.length != 0 && this.data[0] == type.character();
		}

	}

}
