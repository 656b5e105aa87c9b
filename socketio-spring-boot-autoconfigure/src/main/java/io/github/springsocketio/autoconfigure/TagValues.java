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

package io.github.springsocketio.autoconfigure;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.springsocketio.Internal;
import io.github.springsocketio.socketio.Namespace;

/**
 * The values of a tag of a metric. Their number is limited to 100.
 *
 * @since 0.1.0
 */
@Internal
public final class TagValues {

	/** The value that replaces all values beyond the limit. */
	public static final String OTHER = "_OTHER";

	private static final int MAX = 100;

	private final Set<String> values = ConcurrentHashMap.newKeySet();

	/**
	 * Create a tag without values.
	 */
	public TagValues() {
	}

	/**
	 * Return the value for a name.
	 * @param name the name
	 * @return the name, or {@link #OTHER} if there are already 100 other values
	 */
	public String of(String name) {
		return (this.values.contains(name) || add(name)) ? name : OTHER;
	}

	/**
	 * Return the value for a namespace.
	 * @param namespace the namespace
	 * @return its name, or {@link #OTHER} if the namespace is dynamic or there are
	 * already 100 other values
	 */
	public String of(Namespace namespace) {
		return namespace.isDynamic() ? OTHER : of(namespace.name());
	}

	/**
	 * Add a name.
	 * @return whether the name was added
	 */
	boolean add(String name) {
		return this.values.size() < MAX && this.values.add(name);
	}

	boolean contains(String name) {
		return this.values.contains(name);
	}

}
