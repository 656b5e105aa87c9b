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

import io.github.springsocketio.socketio.packet.Arguments;

/**
 * Called for each event that is sent to a socket, on the thread that emits it. Must not
 * block.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface OutgoingListener {

	/**
	 * Called before an event is sent.
	 * @param socket the socket to which it is sent
	 * @param event the name
	 * @param args the arguments
	 */
	void onOutgoing(Socket socket, String event, Arguments args);

}
