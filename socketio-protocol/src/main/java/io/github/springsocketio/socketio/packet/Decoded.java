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

package io.github.springsocketio.socketio.packet;

import org.jspecify.annotations.Nullable;

/**
 * What a decoder made of a message of the peer. Bad input is a value, not an exception.
 *
 * @since 0.1.0
 */
public sealed interface Decoded permits Packet, Decoded.Incomplete, Decoded.Malformed {

	/**
	 * The packet waits for its attachments.
	 */
	enum Incomplete implements Decoded {

		/**
		 * The only instance.
		 */
		INSTANCE

	}

	/**
	 * The input is no packet; the connection has to be closed (SIO-16).
	 *
	 * @param reason such as {@code "invalid payload"}; holds nothing that the peer sent
	 * @param limit the name of the limit that the input is beyond, such as
	 * {@code "max-attachments"}, or {@code null}
	 */
	record Malformed(String reason, @Nullable String limit) implements Decoded {

		/**
		 * Tell of input that is malformed in itself.
		 * @param reason such as {@code "invalid payload"}; holds nothing that the peer
		 * sent
		 */
		public Malformed(String reason) {
			this(reason, null);
		}

	}

}
