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

import io.github.springsocketio.Internal;

import org.springframework.util.Assert;

/**
 * The reserved event names of Socket.IO.
 *
 * @since 0.1.0
 */
@Internal
public final class ReservedEvents {

	private ReservedEvents() {
	}

	/**
	 * Return whether no client and no server may send an event with a name.
	 * @param event the name of the event
	 * @return whether a packet with that name is malformed
	 */
	public static boolean isReserved(String event) {
		return switch (event) {
			case "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener" -> true;
			default -> false;
		};
	}

	/**
	 * Check the name of an event that is sent to clients.
	 * @param event the name of the event
	 * @throws IllegalArgumentException if the name is {@code null} or reserved
	 */
	public static void checkOutgoing(String event) {
		Assert.notNull(event, "'event' must not be null");
		if (isReserved(event)) {
			throw new IllegalArgumentException(message(event));
		}
	}

	/**
	 * Check the name of an event that is sent to the other servers of a cluster.
	 * @param event the name of the event
	 * @throws IllegalArgumentException if the name is {@code null} or reserved
	 */
	public static void checkServerSide(String event) {
		Assert.notNull(event, "'event' must not be null");
		switch (event) {
			case "connect", "connection", "new_namespace" -> throw new IllegalArgumentException(message(event));
			default -> {
			}
		}
	}

	/**
	 * Check the name of an event for which a handler is added or removed.
	 * @param event the name of the event
	 * @throws IllegalArgumentException if the name is {@code null} or reserved; the
	 * message states which method to use instead
	 */
	public static void checkListener(String event) {
		Assert.notNull(event, "'event' must not be null");
		String hint = switch (event) {
			case "connect", "connection" -> "use onConnection";
			case "disconnect" -> "use onDisconnect";
			case "disconnecting" -> "use onDisconnecting";
			case "connect_error" -> "only clients receive it; to reject a connection, use a middleware";
			case "new_namespace" -> "use onNewNamespace";
			case "newListener", "removeListener" -> "there is no such event";
			default -> null;
		};
		if (hint != null) {
			throw new IllegalArgumentException(message(event) + ": " + hint);
		}
	}

	private static String message(String event) {
		return "\"" + event + "\" is a reserved event name";
	}

}
