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

import java.util.Locale;
import java.util.Set;

/**
 * The transports of Engine.IO that this server supports.
 *
 * @since 0.1.0
 */
public enum TransportType {

	/**
	 * HTTP long-polling.
	 */
	POLLING(false) {

		@Override
		public Set<TransportType> upgradesTo() {
			return Set.of(WEBSOCKET);
		}

	},

	/**
	 * WebSocket.
	 */
	WEBSOCKET(true);

	private final String text = name().toLowerCase(Locale.ROOT);

	private final boolean handlesUpgrades;

	TransportType(boolean handlesUpgrades) {
		this.handlesUpgrades = handlesUpgrades;
	}

	/**
	 * Return the name of the transport in the protocol.
	 * @return {@code "polling"} or {@code "websocket"}
	 */
	public String text() {
		return this.text;
	}

	/**
	 * Return whether the transport begins with an HTTP {@code Upgrade}.
	 * @return whether requests with an {@code Upgrade} header belong to it
	 */
	public boolean handlesUpgrades() {
		return this.handlesUpgrades;
	}

	/**
	 * Return the transports to which a session can change from this one.
	 * @return an immutable set, which is empty for a websocket
	 */
	public Set<TransportType> upgradesTo() {
		return Set.of();
	}

}
