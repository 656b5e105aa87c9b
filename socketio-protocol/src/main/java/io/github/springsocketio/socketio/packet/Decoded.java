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

import io.github.springsocketio.Limit;
import org.jspecify.annotations.Nullable;

/**
 * The result of decoding a message of the peer. Invalid input is a value, not an
 * exception.
 *
 * @since 0.1.0
 */
public sealed interface Decoded permits Packet, Decoded.Incomplete, Decoded.Malformed {

	/**
	 * The packet is incomplete until its attachments are received.
	 */
	enum Incomplete implements Decoded {

		/**
		 * The only instance.
		 */
		INSTANCE

	}

	/**
	 * The input is not a valid packet. The connection is closed.
	 *
	 * @param reason the reason, such as {@code "invalid payload"}; contains nothing that
	 * the peer sent
	 * @param limit the limit that the input exceeds, or {@code null} if it is invalid for
	 * another reason
	 */
	record Malformed(String reason, @Nullable Limit limit) implements Decoded {

		/**
		 * Create a result for input that exceeds no limit.
		 * @param reason the reason, such as {@code "invalid payload"}; contains nothing
		 * that the peer sent
		 */
		public Malformed(String reason) {
			this(reason, null);
		}

	}

}
