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
