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

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.socketio.packet.ArgumentConversionException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Calls what the application has registered, and keeps its failures to themselves
 * (SEC-75).
 */
final class UserCode {

	private static final Log logger = LogFactory.getLog(UserCode.class);

	private UserCode() {
	}

	/**
	 * A listener or handler of an event has failed.
	 */
	static void failed(DefaultSocket socket, Event event, Throwable error) {
		failed("A handler of the event " + LogText.of(event.name()), socket, error);
	}

	/**
	 * What was called for a socket has failed.
	 */
	static void failed(String what, DefaultSocket socket, Throwable error) {
		if (error instanceof ArgumentConversionException) {
			if (logger.isDebugEnabled()) {
				logger.debug(what + " failed in namespace " + LogText.of(socket.namespace().name()) + ": "
						+ error.getMessage() + ": " + LogText.of(String.valueOf(error.getCause())));
			}
		}
		else {
			logFailure(what, socket, error);
		}
		tellErrorListeners(socket, error);
	}

	static void tellErrorListeners(DefaultSocket socket, Throwable error) {
		tellErrorListeners(socket.namespace().handlers().errors, socket, error);
		HandlerTable own = socket.handlers();
		if (own != null) {
			tellErrorListeners(own.errors, socket, error);
		}
	}

	private static void tellErrorListeners(ErrorListener[] listeners, DefaultSocket socket, Throwable error) {
		for (ErrorListener listener : listeners) {
			try {
				listener.onError(socket, error);
			}
			catch (Throwable ex) {
				logFailure("An error listener", socket, ex);
			}
		}
	}

	static void connection(DefaultSocket socket) {
		for (ConnectionListener listener : socket.namespace().handlers().connection) {
			try {
				listener.onConnection(socket);
			}
			catch (Throwable ex) {
				failed("A connection listener", socket, ex);
			}
		}
	}

	static void disconnecting(DefaultSocket socket, DisconnectReason reason, @Nullable String detail) {
		disconnect(socket.namespace().handlers().disconnecting, socket, reason, detail);
		HandlerTable own = socket.handlers();
		if (own != null) {
			disconnect(own.disconnecting, socket, reason, detail);
		}
	}

	static void disconnect(DefaultSocket socket, DisconnectReason reason, @Nullable String detail) {
		disconnect(socket.namespace().handlers().disconnect, socket, reason, detail);
		HandlerTable own = socket.handlers();
		if (own != null) {
			disconnect(own.disconnect, socket, reason, detail);
		}
	}

	private static void disconnect(DisconnectListener[] listeners, DefaultSocket socket, DisconnectReason reason,
			@Nullable String detail) {
		for (DisconnectListener listener : listeners) {
			try {
				listener.onDisconnect(socket, reason, detail);
			}
			catch (Throwable ex) {
				logFailure("A disconnect listener", socket, ex);
			}
		}
	}

	static void logFailure(String what, DefaultSocket socket, Throwable ex) {
		FatalErrors.rethrowIfFatal(ex);
		logger.error(what + " failed in namespace " + LogText.of(socket.namespace().name()), ex);
	}

}
