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
 * The connection, event, disconnection or exception for which a method of a controller is
 * invoked. Not to be implemented by applications.
 *
 * @since 0.1.0
 */
public interface HandlerInvocation {

	/**
	 * Return the socket.
	 * @return the socket; not yet connected for {@link OnConnect}
	 */
	Socket socket();

	/**
	 * Return the event.
	 * @return the event, or {@code null} if the method handles no event
	 */
	@Nullable Event event();

	/**
	 * Return the reason of the disconnection.
	 * @return the reason, or {@code null} if the method does not handle a disconnection
	 */
	@Nullable DisconnectReason reason();

	/**
	 * Return the exception.
	 * @return the exception, or {@code null} if the method does not handle exceptions
	 */
	@Nullable Throwable exception();

}
