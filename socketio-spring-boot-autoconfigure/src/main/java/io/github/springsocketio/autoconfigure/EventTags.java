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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

import io.github.springsocketio.Internal;
import io.github.springsocketio.socketio.Namespace;

/**
 * A cache with one entry for each pair of the tags of a namespace and of an event. Its
 * size is limited by the number of values of the tags.
 *
 * @param <T> the type of the entries
 * @since 0.1.0
 */
@Internal
public final class EventTags<T> {

	private final TagValues namespaces;

	private final TagValues events = new TagValues();

	private final BiFunction<String, String, T> factory;

	private final Map<String, Map<String, T>> all = new ConcurrentHashMap<>();

	/**
	 * Create an empty cache.
	 * @param namespaces the values of the tag for the namespace
	 * @param factory creates the entry for the tags of a namespace and an event
	 */
	public EventTags(TagValues namespaces, BiFunction<String, String, T> factory) {
		this.namespaces = namespaces;
		this.factory = factory;
	}

	/**
	 * Return the entry for an event.
	 * @param namespace the namespace
	 * @param event the name of the event
	 * @param known whether the name is known to the server, as opposed to an arbitrary
	 * name that a client has sent
	 * @return the entry for their tags
	 */
	public T of(Namespace namespace, String event, boolean known) {
		if (known && !namespace.isDynamic()) {
			Map<String, T> byEvent = this.all.get(namespace.name());
			T value = (byEvent != null) ? byEvent.get(event) : null;
			if (value != null) {
				return value;
			}
		}
		return find(this.namespaces.of(namespace), known ? this.events.of(event) : TagValues.OTHER);
	}

	private T find(String namespace, String event) {
		return this.all.computeIfAbsent(namespace, (key) -> new ConcurrentHashMap<>())
			.computeIfAbsent(event, (key) -> this.factory.apply(namespace, event));
	}

}
