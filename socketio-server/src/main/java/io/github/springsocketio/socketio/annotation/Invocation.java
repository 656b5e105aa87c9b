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

package io.github.springsocketio.socketio.annotation;

import io.github.springsocketio.socketio.DisconnectReason;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.Socket;
import org.jspecify.annotations.Nullable;

/**
 * The connection, event, disconnection or exception for which a method is invoked.
 *
 * @param socket the socket
 * @param event the event, or {@code null}
 * @param reason the reason of the disconnection, or {@code null}
 * @param exception the exception, or {@code null}
 */
record Invocation(Socket socket, @Nullable Event event, @Nullable DisconnectReason reason,
		@Nullable Throwable exception) implements HandlerInvocation {

	static Invocation of(Socket socket) {
		return new Invocation(socket, null, null, null);
	}

	static Invocation of(Socket socket, Event event) {
		return new Invocation(socket, event, null, null);
	}

	static Invocation of(Socket socket, DisconnectReason reason) {
		return new Invocation(socket, null, reason, null);
	}

	Invocation with(Throwable failure) {
		return new Invocation(this.socket, this.event, this.reason, failure);
	}

}
