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

import java.util.Collection;

import org.springframework.lang.CheckReturnValue;

/**
 * Selects the sockets of a broadcast. Each method returns a new operator and leaves this
 * object as it is.
 *
 * @since 0.1.0
 */
public interface BroadcastSelector {

	/**
	 * Select the sockets of rooms. Several rooms or calls select their union, each socket
	 * once. An empty list of rooms selects no socket.
	 * @param rooms the names of the rooms
	 * @return a new operator
	 */
	@CheckReturnValue
	BroadcastOperator to(String... rooms);

	/**
	 * Select the sockets of rooms, as {@link #to(String...)} does.
	 * @param rooms the names of the rooms
	 * @return a new operator
	 */
	@CheckReturnValue
	BroadcastOperator to(Collection<String> rooms);

	/**
	 * Select the sockets of rooms, as {@link #to(String...)} does.
	 * @param rooms the names of the rooms
	 * @return a new operator
	 */
	@CheckReturnValue
	default BroadcastOperator in(String... rooms) {
		return to(rooms);
	}

	/**
	 * Select the sockets of rooms, as {@link #to(String...)} does.
	 * @param rooms the names of the rooms
	 * @return a new operator
	 */
	@CheckReturnValue
	default BroadcastOperator in(Collection<String> rooms) {
		return to(rooms);
	}

	/**
	 * Select the sockets of a user in the namespace, in addition to those of rooms.
	 * @param name the name of the {@linkplain Socket#principal() principal}
	 * @return a new operator
	 * @see SocketIoServer#user(String)
	 */
	@CheckReturnValue
	default BroadcastOperator toUser(String name) {
		return to(HiddenRooms.ofUser(name));
	}

	/**
	 * Select the sockets of a {@code WebSession} in the namespace, in addition to those
	 * of rooms.
	 * @param sessionId the current id of the session
	 * @return a new operator
	 * @see SocketIoServer#session(String)
	 */
	@CheckReturnValue
	default BroadcastOperator toSession(String sessionId) {
		return to(HiddenRooms.ofSession(sessionId));
	}

	/**
	 * Leave out the sockets of a user, even if they are selected otherwise.
	 * @param name the name of the {@linkplain Socket#principal() principal}
	 * @return a new operator
	 */
	@CheckReturnValue
	default BroadcastOperator exceptUser(String name) {
		return except(HiddenRooms.ofUser(name));
	}

	/**
	 * Leave out the sockets of rooms, even if they are selected otherwise.
	 * @param rooms the names of the rooms
	 * @return a new operator
	 */
	@CheckReturnValue
	BroadcastOperator except(String... rooms);

	/**
	 * Leave out the sockets of rooms, even if they are selected otherwise.
	 * @param rooms the names of the rooms
	 * @return a new operator
	 */
	@CheckReturnValue
	BroadcastOperator except(Collection<String> rooms);

	/**
	 * Select sockets of this node only.
	 * @return a new operator
	 */
	@CheckReturnValue
	BroadcastOperator local();

}
