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

import org.jspecify.annotations.Nullable;

/**
 * The floor above a session: the one upward call of the engine. For one session the
 * callbacks never run at the same time and come in the order of the wire; they run on
 * threads of the I/O layer and must not block.
 *
 * @since 0.1.0
 */
public interface EngineSessionHandler {

	/**
	 * A text message of the peer.
	 * @param data holds the message in UTF-8; belongs to the callee, nobody changes it
	 * afterwards
	 * @param offset where the message begins (after the Engine.IO packet type)
	 * @param length its length in bytes; may be 0
	 */
	void onText(byte[] data, int offset, int length);

	/**
	 * A binary message of the peer.
	 * @param data the bytes; belongs to the callee
	 */
	void onBinary(byte[] data);

	/**
	 * The session is closed; nothing follows. Called exactly once.
	 * @param reason the reason
	 * @param detail what exactly went wrong, or {@code null}
	 */
	void onClose(CloseReason reason, @Nullable String detail);

}
