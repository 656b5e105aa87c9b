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

package io.github.springsocketio.socketio.adapter;

import io.github.springsocketio.socketio.packet.Arguments;

/**
 * Called once with the outcome of an acknowledgement that is expected of a socket.
 *
 * @since 0.1.0
 */
public interface AckCallback {

	/**
	 * Called when the client has acknowledged.
	 * @param response the arguments of the acknowledgement
	 */
	void onAck(Arguments response);

	/**
	 * Called when the socket is disconnected before it has acknowledged.
	 */
	void onDisconnect();

}
