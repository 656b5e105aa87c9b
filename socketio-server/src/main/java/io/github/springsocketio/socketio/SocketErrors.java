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
import org.jspecify.annotations.Nullable;

/**
 * Handles errors of listeners, handlers, middlewares and interceptors for one socket:
 * calls error listeners, writes the log, and sends acknowledgements.
 *
 * @param events the events of the socket
 * @param socket the socket
 */
record SocketErrors(SocketEvents events, DefaultSocket socket) {

	/**
	 * Handle the error of a listener, handler, middleware or interceptor of an event.
	 */
	void failed(Event event, Throwable error) {
		failed(event, error, true);
	}

	/**
	 * Handle the error of a listener, handler or interceptor of an event.
	 * @param acknowledges whether the error is the acknowledgement
	 */
	void failed(Event event, Throwable error, boolean acknowledges) {
		FatalErrors.rethrowIfFatal(error);
		DefaultSocketIoServer server = this.socket.namespace().server();
		boolean listened = notifyErrorListeners(error, event);
		Object resolved = server.errorAcks().resolve(this.socket, event, error);
		String id = server.failures()
			.log("Handling of event " + LogText.of(event.name()), this.socket, error, listened || resolved != null);
		if (acknowledges && event.isAckRequested()) {
			server.errorAcks().acknowledge(this.socket, event, error, resolved, id);
		}
	}

	/**
	 * Handle an error: pass it to the error listeners, or log it if there are none.
	 */
	void failed(String what, Throwable error, @Nullable Event event) {
		FatalErrors.rethrowIfFatal(error);
		boolean handled = notifyErrorListeners(error, event);
		this.socket.namespace().server().failures().log(what, this.socket, error, handled);
	}

	/**
	 * Pass an error to the error listeners.
	 * @return whether there are error listeners
	 */
	boolean notifyErrorListeners(Throwable error, @Nullable Event event) {
		ErrorListener[] shared = this.socket.namespace().handlers().errors;
		ErrorListener[] own = this.events.handlers().errors;
		notifyErrorListeners(shared, error, event);
		notifyErrorListeners(own, error, event);
		return shared.length != 0 || own.length != 0;
	}

	private void notifyErrorListeners(ErrorListener[] listeners, Throwable error, @Nullable Event event) {
		for (ErrorListener listener : listeners) {
			try {
				listener.onError(this.socket, error, event);
			}
			catch (Throwable ex) {
				this.socket.namespace().server().failures().log("Error listener", this.socket, ex, false);
			}
		}
	}

}
