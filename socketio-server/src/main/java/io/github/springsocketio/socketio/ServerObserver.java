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

import io.github.springsocketio.Internal;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Observes the operations of a server, for metrics and tracing. The methods are called
 * frequently, on threads of the I/O layer, and must not block or fail.
 *
 * @since 0.1.0
 * @see HandlerOptions#observers()
 */
@Internal
public interface ServerObserver {

	/**
	 * Called when a client joins a namespace.
	 * @param handshake its handshake
	 * @param namespace the name that the client has sent
	 * @param known whether the application has named a namespace like this
	 * @return the operation, or {@code null} if it is not observed
	 */
	default @Nullable Operation connecting(Handshake handshake, String namespace, boolean known) {
		return null;
	}

	/**
	 * Called when a handler is called with an event.
	 * @param socket the socket that received the event
	 * @param event the event
	 * @param known whether the namespace has a handler for the event, so that the name
	 * was not chosen by a client
	 * @param context the Reactor context of the socket
	 * @return the operation, or {@code null} if it is not observed
	 */
	default @Nullable Operation event(Socket socket, Event event, boolean known, ContextView context) {
		return null;
	}

	/**
	 * Called when an event was received for which there is no handler.
	 * @param socket the socket that received the event
	 */
	default void unhandled(Socket socket) {
	}

	/**
	 * Called when a handler has held its thread for longer than
	 * {@link SocketIoOptions#slowHandlerThreshold()}.
	 * @param socket the socket that received the event
	 */
	default void threadHeld(Socket socket) {
	}

	/**
	 * Called when acknowledgements of an event are requested.
	 * @param namespace the namespace
	 * @param event the name of the event
	 * @param context the Reactor context of the subscriber
	 * @return the operation, or {@code null} if it is not observed
	 */
	default @Nullable Operation ack(Namespace namespace, String event, ContextView context) {
		return null;
	}

	/**
	 * Called when an event is broadcast.
	 * @param namespace the namespace
	 * @param event the name of the event
	 * @param options the sockets that are selected
	 * @param context the Reactor context of the subscriber, if there is one
	 * @return the operation, or {@code null} if it is not observed
	 */
	default @Nullable Operation broadcast(Namespace namespace, String event, BroadcastOptions options,
			ContextView context) {
		return null;
	}

	/**
	 * Called when the adapter is called for another operation.
	 * @param namespace the namespace
	 * @param operation the operation, such as {@code "socketsJoin"}
	 * @return the operation, or {@code null} if it is not observed
	 */
	default @Nullable Operation adapter(Namespace namespace, String operation) {
		return null;
	}

	/**
	 * An operation that takes time.
	 */
	@Internal
	interface Operation {

		/**
		 * Set thread locals of the current thread, while code of the application is
		 * called.
		 * @return restores the previous values
		 */
		default ThreadContext.Scope open() {
			return () -> {
			};
		}

		/**
		 * Return the Reactor context for publishers of the application. Called when the
		 * context is first requested, on any thread, and not called if a publisher does
		 * not request it.
		 * @param context the context of the subscriber
		 * @return the context, with additions
		 */
		default Context context(Context context) {
			return context;
		}

		/**
		 * Called once, when the operation has ended.
		 * @param outcome the outcome
		 * @param error the error, or {@code null} if there is none
		 */
		void end(Outcome outcome, @Nullable Throwable error);

	}

	/**
	 * The outcome of an operation.
	 */
	@Internal
	enum Outcome {

		/** The operation was successful. */
		SUCCESS("success"),

		/** The operation has failed. */
		ERROR("error"),

		/** The client was refused. */
		REFUSED("refused"),

		/** There was no acknowledgement within the time limit. */
		TIMEOUT("timeout"),

		/** The client was disconnected before the end of the operation. */
		DISCONNECTED("disconnected"),

		/** The subscription was canceled. */
		CANCELED("canceled");

		private final String text;

		Outcome(String text) {
			this.text = text;
		}

		/**
		 * Return the outcome as a text, such as for a tag of a metric.
		 * @return such as {@code "success"}
		 */
		public String text() {
			return this.text;
		}

	}

}
