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

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Compresses what is sent on websockets. Called on the event loop of the websocket.
 */
interface PayloadCompression {

	/**
	 * Compress one of the payloads of a message.
	 * @param payload the payload
	 * @param message the message, or {@code null} if it is not known
	 * @param index the number of the packet in the message, or -1 if the payload is not
	 * the packet itself but another form of it
	 * @return the compressed payload, or {@code null} to send it as it is
	 */
	byte @Nullable [] compress(byte[] payload, @Nullable EncodedMessage message, int index);

	/**
	 * Release what belongs to one websocket.
	 */
	void close();

}
