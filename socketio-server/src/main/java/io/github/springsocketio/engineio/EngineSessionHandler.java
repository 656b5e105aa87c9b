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
import org.jspecify.annotations.Nullable;

/**
 * Handles the messages of one session. Implemented by the layer above. The methods are
 * called in the order in which the messages were received and never at the same time, on
 * threads of the I/O layer; they must not block.
 *
 * @since 0.1.0
 */
public interface EngineSessionHandler {

	/**
	 * Handle a received text message.
	 * @param data holds the message in UTF-8; belongs to the handler and is not changed
	 * afterwards
	 * @param offset where the message begins (after the Engine.IO packet type)
	 * @param length the length of the message in bytes; may be 0
	 */
	void onText(byte[] data, int offset, int length);

	/**
	 * Handle a received binary message.
	 * @param data the bytes; belongs to the handler
	 */
	void onBinary(byte[] data);

	/**
	 * Describe the client for log messages, such as by the ids of its sockets. Called on
	 * any thread.
	 * @return the description, which must not contain the id of the session; empty by
	 * default
	 */
	default String description() {
		return "";
	}

	/**
	 * Return the memory that this handler has counted for its client with
	 * {@link EngineServer#countMemory(long)}. Called on any thread.
	 * @return the size in bytes; 0 by default
	 */
	@Internal
	default long retainedBytes() {
		return 0;
	}

	/**
	 * Handle the end of the session. Called exactly once; no other call follows.
	 * @param reason the reason
	 * @param detail the description of an error, or {@code null}; holds nothing that the
	 * peer sent
	 */
	void onClose(CloseReason reason, @Nullable String detail);

}
