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

package io.github.springsocketio.socketio.event;

import io.github.springsocketio.socketio.Socket;

import org.springframework.context.ApplicationEvent;

/**
 * Something has happened to a socket of this node. A listener for this type is called for
 * all of its subtypes.
 * <p>
 * Listeners are called on the thread that makes the change, usually an event loop, and
 * must not block: blocking work belongs into a method that is
 * {@link org.springframework.scheduling.annotation.Async @Async}, too. Exceptions of
 * listeners are logged and have no effect on the socket.
 *
 * @since 0.1.0
 * @see SocketEventPublisher
 */
@SuppressWarnings("serial")
public abstract class AbstractSocketEvent extends ApplicationEvent {

	AbstractSocketEvent(Socket socket) {
		super(socket);
	}

	/**
	 * Return the socket.
	 * @return the socket, which is also the source of the event
	 */
	public Socket getSocket() {
		return (Socket) getSource();
	}

}
