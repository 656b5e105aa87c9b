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

package io.github.springsocketio.socketio;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A socket that is present in a namespace or room, on this node or on another one.
 *
 * @param id the id of the socket
 * @param user the name of the principal of its {@link Handshake}, or {@code null} if
 * there is none
 * @since 0.1.0
 */
public record PresentSocket(String id, @Nullable String user) {

	/**
	 * Create a description of a socket.
	 * @param id the id of the socket
	 * @param user the name of its principal, or {@code null}
	 */
	public PresentSocket {
		Assert.notNull(id, "'id' must not be null");
	}

}
