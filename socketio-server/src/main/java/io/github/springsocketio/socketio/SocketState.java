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

/**
 * Where a socket is in its life (SIO-30, SIO-39).
 */
enum SocketState {

	/**
	 * In middlewares.
	 */
	CONNECTING,

	/**
	 * Events go both ways.
	 */
	CONNECTED,

	/**
	 * Listeners for {@code disconnecting} are being called.
	 */
	DISCONNECTING,

	/**
	 * The rooms are being left, no others can be joined.
	 */
	LEAVING,

	/**
	 * It is over.
	 */
	DISCONNECTED;

	boolean isConnected() {
		return this == CONNECTED || this == DISCONNECTING || this == LEAVING;
	}

}
