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

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The registrations of a namespace, a family of namespaces, or a socket. Not changed
 * after publication: each registration makes a copy.
 */
final class HandlerTable {

	private static final Handler[] NO_HANDLERS = {};

	private static final SocketEventListener[] NO_EVENT_LISTENERS = {};

	private static final OutgoingListener[] NO_OUTGOING_LISTENERS = {};

	private static final EventMiddleware[] NO_EVENT_MIDDLEWARES = {};

	private static final NamespaceMiddleware[] NO_MIDDLEWARES = {};

	private static final EventInterceptor[] NO_INTERCEPTORS = {};

	private static final ConnectionHandler[] NO_CONNECTION_HANDLERS = {};

	private static final ConnectionListener[] NO_CONNECTION_LISTENERS = {};

	private static final DisconnectListener[] NO_DISCONNECT_LISTENERS = {};

	private static final ErrorListener[] NO_ERROR_LISTENERS = {};

	static final HandlerTable EMPTY = new HandlerTable();

	Map<String, Handler[]> events = Map.of();

	SocketEventListener[] any = NO_EVENT_LISTENERS;

	OutgoingListener[] outgoing = NO_OUTGOING_LISTENERS;

	EventMiddleware[] eventMiddlewares = NO_EVENT_MIDDLEWARES;

	NamespaceMiddleware[] middlewares = NO_MIDDLEWARES;

	EventInterceptor[] interceptors = NO_INTERCEPTORS;

	ConnectionHandler[] connection = NO_CONNECTION_HANDLERS;

	ConnectionListener[] recovered = NO_CONNECTION_LISTENERS;

	DisconnectListener[] disconnecting = NO_DISCONNECT_LISTENERS;

	DisconnectListener[] disconnect = NO_DISCONNECT_LISTENERS;

	ErrorListener[] errors = NO_ERROR_LISTENERS;

	/** Whether a handler of an event is, or was, serial. */
	boolean serial;

	private HandlerTable() {
	}

	/**
	 * Return a changed copy.
	 */
	HandlerTable changed(Consumer<HandlerTable> change) {
		HandlerTable copy = copy();
		change.accept(copy);
		return copy;
	}

	private HandlerTable copy() {
		HandlerTable copy = new HandlerTable();
		copy.events = this.events;
		copy.any = this.any;
		copy.outgoing = this.outgoing;
		copy.eventMiddlewares = this.eventMiddlewares;
		copy.interceptors = this.interceptors;
		copy.middlewares = this.middlewares;
		copy.connection = this.connection;
		copy.recovered = this.recovered;
		copy.disconnecting = this.disconnecting;
		copy.disconnect = this.disconnect;
		copy.errors = this.errors;
		copy.serial = this.serial;
		return copy;
	}

	/**
	 * Return the listeners and handlers of an event, or {@code null}.
	 */
	Handler @Nullable [] handlers(@Nullable String event) {
		return this.events.get(event);
	}

	/**
	 * Return the number of listeners and handlers of events.
	 */
	int handlerCount() {
		return this.any.length + this.events.values().stream().mapToInt((handlers) -> handlers.length).sum();
	}

	void addHandler(String event, Handler handler) {
		Map<String, Handler[]> changed = new HashMap<>(this.events);
		changed.put(event, append(changed.getOrDefault(event, NO_HANDLERS), handler));
		this.events = changed;
		this.serial |= handler.serial();
	}

	void removeHandlers(String event, Predicate<Handler> condition) {
		Handler[] handlers = this.events.get(event);
		if (handlers != null) {
			putHandlers(event, Arrays.stream(handlers).filter(condition.negate()).toArray(Handler[]::new));
		}
	}

	void removeHandlers(String event) {
		putHandlers(event, NO_HANDLERS);
	}

	void removeAllHandlers() {
		this.events = Map.of();
	}

	private void putHandlers(String event, Handler[] handlers) {
		Map<String, Handler[]> changed = new HashMap<>(this.events);
		if (handlers.length != 0) {
			changed.put(event, handlers);
		}
		else {
			changed.remove(event);
		}
		this.events = changed;
	}

	static <T> T[] append(T[] array, T element) {
		T[] result = Arrays.copyOf(array, array.length + 1);
		result[array.length] = element;
		return result;
	}

	static <T> T[] prepend(T[] array, T element) {
		T[] result = Arrays.copyOf(array, array.length + 1);
		System.arraycopy(array, 0, result, 1, array.length);
		result[0] = element;
		return result;
	}

	/**
	 * Return the elements of two arrays, of which one may be {@code null}.
	 */
	static <T> T[] concat(T @Nullable [] first, T @Nullable [] second) {
		if (first == null || second == null) {
			return (first != null) ? first : Objects.requireNonNull(second);
		}
		T[] result = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, result, first.length, second.length);
		return result;
	}

	/**
	 * Remove the first occurrence of an element, or all elements.
	 */
	static <T> T[] remove(T[] array, @Nullable T element) {
		if (element == null) {
			return Arrays.copyOf(array, 0);
		}
		int index = Arrays.asList(array).indexOf(element);
		if (index < 0) {
			return array;
		}
		T[] result = Arrays.copyOf(array, array.length - 1);
		System.arraycopy(array, index + 1, result, index, array.length - index - 1);
		return result;
	}

}
