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

package io.github.springsocketio.admin;

import org.jspecify.annotations.Nullable;

/**
 * Validates names of namespaces, rooms and events from administrators.
 */
final class Names {

	private static final int MAX_LENGTH = 256;

	private Names() {
	}

	/**
	 * Return whether a name is short enough and has no control characters, like names of
	 * internal rooms.
	 */
	static boolean isValid(String name) {
		return name.length() <= MAX_LENGTH && name.chars().noneMatch(Character::isISOControl);
	}

	/**
	 * Return a value if it is a valid and non-empty name, otherwise {@code null}.
	 */
	static @Nullable String valid(@Nullable Object value) {
		return (value instanceof String name && !name.isEmpty() && isValid(name)) ? name : null;
	}

}
