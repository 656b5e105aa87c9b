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

import io.github.springsocketio.socketio.packet.ArgumentConversionException;

/**
 * A listener or handler of an event.
 *
 * @param origin what the application has registered
 * @param code what is called
 */
record Handler(Object origin, EventHandler code) {

	static Handler of(EventListener listener) {
		return new Handler(listener, (socket, event) -> {
			listener.onEvent(socket, event);
			return null;
		});
	}

	static <T> Handler of(Class<T> type, EventListener.Typed<T> listener) {
		return new Handler(listener, (socket, event) -> {
			listener.onEvent(socket, first(event, type), event);
			return null;
		});
	}

	static Handler of(EventHandler handler) {
		return new Handler(handler, handler);
	}

	static <T> Handler of(Class<T> type, EventHandler.Typed<T> handler) {
		return new Handler(handler, (socket, event) -> handler.handle(socket, first(event, type)));
	}

	private static <T> T first(Event event, Class<T> type) {
		T argument = event.get(0, type);
		if (argument == null) {
			throw new ArgumentConversionException(0, new IllegalArgumentException("There is no argument"));
		}
		return argument;
	}

}
