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

package io.github.springsocketio.conformance;

import java.util.List;

import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Arguments of the types that the handlers expect.
 */
final class Args {

	private Args() {
	}

	static String text(Arguments args, int index) {
		String text = args.get(index, String.class);
		Assert.notNull(text, () -> "Argument " + index + " must be a text");
		return text;
	}

	static int number(Arguments args, int index) {
		Integer number = args.get(index, Integer.class);
		return (number != null) ? number : 0;
	}

	static boolean flag(Arguments args, int index) {
		return Boolean.TRUE.equals(args.get(index));
	}

	static @Nullable Object[] from(Arguments args, int index) {
		List<@Nullable Object> values = args.toList();
		return values.subList(Math.min(index, values.size()), values.size()).toArray();
	}

}
