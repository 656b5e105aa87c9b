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

import org.springframework.util.Assert;

/**
 * The names of events that have a meaning of their own (SIO-15).
 */
final class EventNames {

	private EventNames() {
	}

	/**
	 * Check the name of an event for clients.
	 * @param name the name
	 * @throws IllegalArgumentException if it is reserved
	 */
	static void checkOutgoing(String name) {
		Assert.notNull(name, "'event' must not be null");
		switch (name) {
			case "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener" ->
				throw reserved(name);
			default -> {
			}
		}
	}

	/**
	 * Check the name of an event for other nodes.
	 * @param name the name
	 * @throws IllegalArgumentException if it is reserved
	 */
	static void checkServerSide(String name) {
		Assert.notNull(name, "'event' must not be null");
		switch (name) {
			case "connect", "connection", "new_namespace" -> throw reserved(name);
			default -> {
			}
		}
	}

	private static IllegalArgumentException reserved(String name) {
		return new IllegalArgumentException("\"" + name + "\" is a reserved event name");
	}

}
