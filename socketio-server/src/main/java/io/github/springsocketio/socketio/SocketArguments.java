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

import org.springframework.util.Assert;

/**
 * Brings arguments into the form that encoders take.
 */
final class SocketArguments {

	private SocketArguments() {
	}

	/**
	 * Return the arguments of a call: {@code emit("name", null)} has one, which is
	 * {@code null}; events stand for their arguments.
	 */
	static @Nullable Object[] of(@Nullable Object @Nullable [] args) {
		if (args == null) {
			return new Object[] { null };
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

	static @Nullable Object[] of(Arguments args) {
		Assert.notNull(args, "'args' must not be null");
		return new Object[] { (args instanceof DefaultEvent event) ? event.arguments() : args };
	}

}
