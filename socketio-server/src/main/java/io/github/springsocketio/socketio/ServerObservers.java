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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Several observers in one.
 */
final class ServerObservers implements ServerObserver {

	private final List<ServerObserver> observers;

	private ServerObservers(List<ServerObserver> observers) {
		this.observers = observers;
	}

	/**
	 * Return one observer for all, or {@code null} if there is none.
	 */
	static @Nullable ServerObserver of(List<ServerObserver> observers) {
		return switch (observers.size()) {
			case 0 -> null;
			case 1 -> observers.get(0);
			default -> new ServerObservers(observers);
		};
	}

	private @Nullable Operation all(Function<ServerObserver, @Nullable Operation> start) {
		List<Operation> operations = new ArrayList<>(this.observers.size());
		for (ServerObserver observer : this.observers) {
			Operation operation = start.apply(observer);
			if (operation != null) {
				operations.add(operation);
			}
		}
		return switch (operations.size()) {
			case 0 -> null;
			case 1 -> operations.get(0);
			default -> new Operations(operations);
		};
	}

	@Override
	public @Nullable Operation connecting(Handshake handshake, String namespace, boolean known) {
		return all((observer) -> observer.connecting(handshake, namespace, known));
	}

	@Override
	public @Nullable Operation event(Socket socket, Event event, boolean known) {
		return all((observer) -> observer.event(socket, event, known));
	}

	@Override
	public void unhandled(Socket socket) {
		this.observers.forEach((observer) -> observer.unhandled(socket));
	}

	@Override
	public void threadHeld(Socket socket) {
		this.observers.forEach((observer) -> observer.threadHeld(socket));
	}

	@Override
	public @Nullable Operation ack(Namespace namespace, String event, ContextView context) {
		return all((observer) -> observer.ack(namespace, event, context));
	}

	@Override
	public @Nullable Operation broadcast(Namespace namespace, String event, BroadcastOptions options,
			ContextView context) {
		return all((observer) -> observer.broadcast(namespace, event, options, context));
	}

	@Override
	public @Nullable Operation adapter(Namespace namespace, String operation) {
		return all((observer) -> observer.adapter(namespace, operation));
	}

	private record Operations(List<Operation> all) implements Operation {

		@Override
		public ThreadContext.Scope open() {
			Deque<ThreadContext.Scope> scopes = new ArrayDeque<>(this.all.size());
			this.all.forEach((operation) -> scopes.push(operation.open()));
			return () -> scopes.forEach(ThreadContext.Scope::close);
		}

		@Override
		public Context context(Context context) {
			Context result = context;
			for (Operation operation : this.all) {
				result = operation.context(result);
			}
			return result;
		}

		@Override
		public void end(Outcome outcome, @Nullable Throwable error) {
			this.all.forEach((operation) -> operation.end(outcome, error));
		}

	}

}
