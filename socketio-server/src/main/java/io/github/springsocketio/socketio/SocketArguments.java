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

import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * Converts the arguments of a call to the form that encoders expect.
 */
final class SocketArguments {

	private SocketArguments() {
	}

	/**
	 * Return the last argument of an event if it is a string, or the name of an event
	 * without arguments. Clients treat this text as the offset of connection state
	 * recovery.
	 */
	static @Nullable String lastString(Object event, @Nullable Object[] args) {
		Object last = (args.length != 0) ? args[args.length - 1] : event;
		if (last instanceof Arguments several) {
			last = (several.size() != 0) ? several.get(several.size() - 1) : null;
		}
		return (last instanceof String text) ? text : null;
	}

	/**
	 * Return the arguments of a call with varargs. A {@code null} array and a typed array
	 * are one argument. Events represent all of their arguments.
	 */
	static @Nullable Object[] of(@Nullable Object @Nullable [] args) {
		if (args == null || args.getClass() != Object[].class) {
			return new Object[] { args };
		}
		for (int i = 0; i < args.length; i++) {
			if (args[i] instanceof DefaultEvent event) {
				@Nullable Object[] copy = args.clone();
				copy[i] = event.arguments();
				return (i + 1 < args.length) ? of(copy) : copy;
			}
		}
		return args;
	}

}
