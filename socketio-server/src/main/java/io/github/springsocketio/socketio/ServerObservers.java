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

import java.util.List;

import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Combines two observers. Further ones are nested.
 *
 * @param first the observer that is called first
 * @param second the other one
 */
record ServerObservers(ServerObserver first, ServerObserver second) implements ServerObserver {

	/**
	 * Return one observer for all, or {@code null} if there is none.
	 */
	static @Nullable ServerObserver of(List<ServerObserver> observers) {
		return observers.stream().reduce(ServerObservers::new).orElse(null);
	}

	private static @Nullable Operation both(@Nullable Operation first, @Nullable Operation second) {
		if (first == null) {
			return second;
		}
		return (second != null) ? new Operations(first, second) : first;
	}

	@Override
	public @Nullable Operation connecting(Handshake handshake, String namespace, boolean known) {
		return both(this.first.connecting(handshake, namespace, known),
				this.second.connecting(handshake, namespace, known));
	}

	@Override
	public @Nullable Operation event(Socket socket, Event event, boolean known, ContextView context) {
		return both(this.first.event(socket, event, known, context), this.second.event(socket, event, known, context));
	}

	@Override
	public void unhandled(Socket socket) {
		this.first.unhandled(socket);
		this.second.unhandled(socket);
	}

	@Override
	public void threadHeld(Socket socket) {
		this.first.threadHeld(socket);
		this.second.threadHeld(socket);
	}

	@Override
	public @Nullable Operation ack(Namespace namespace, String event, ContextView context) {
		return both(this.first.ack(namespace, event, context), this.second.ack(namespace, event, context));
	}

	@Override
	public @Nullable Operation broadcast(Namespace namespace, String event, BroadcastOptions options,
			ContextView context) {
		return both(this.first.broadcast(namespace, event, options, context),
				this.second.broadcast(namespace, event, options, context));
	}

	@Override
	public @Nullable Operation adapter(Namespace namespace, String operation) {
		return both(this.first.adapter(namespace, operation), this.second.adapter(namespace, operation));
	}

	/**
	 * Combines the operations of two observers.
	 *
	 * @param first the operation of the first observer
	 * @param second the operation of the second observer
	 */
	private record Operations(Operation first, Operation second) implements Operation {

		@Override
		public ThreadContext.Scope open() {
			ThreadContext.Scope outer = this.first.open();
			ThreadContext.Scope inner = this.second.open();
			return () -> {
				inner.close();
				outer.close();
			};
		}

		@Override
		public Context context(Context context) {
			return this.second.context(this.first.context(context));
		}

		@Override
		public void end(Outcome outcome, @Nullable Throwable error) {
			this.first.end(outcome, error);
			this.second.end(outcome, error);
		}

	}

}
