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

/**
 * The names that no event may have, neither of a peer (SIO-14) nor of the application
 * (SIO-15).
 *
 * @since 0.1.0
 */
public final class ReservedEvents {

	private ReservedEvents() {
	}

	/**
	 * Return whether a name is reserved.
	 * @param event the name of an event
	 * @return whether an event must not have that name
	 */
	public static boolean isReserved(String event) {
		return switch (event) {
			case "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener" -> true;
			default -> false;
		};
	}

}
