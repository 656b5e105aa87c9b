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

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * A concurrent map that supports {@code null} values, as JSON does.
 */
final class SocketData extends AbstractMap<String, @Nullable Object> {

	private static final Object NULL = new Object();

	private final Map<String, Object> values = new ConcurrentHashMap<>(4);

	SocketData() {
	}

	SocketData(Map<String, @Nullable Object> values) {
		putAll(values);
	}

	@Override
	public int size() {
		return this.values.size();
	}

	@Override
	public boolean containsKey(Object key) {
		return this.values.containsKey(key);
	}

	@Override
	public @Nullable Object get(Object key) {
		return unmask(this.values.get(key));
	}

	@Override
	public @Nullable Object put(String key, @Nullable Object value) {
		return unmask(this.values.put(key, mask(value)));
	}

	@Override
	public @Nullable Object remove(Object key) {
		return unmask(this.values.remove(key));
	}

	@Override
	public void clear() {
		this.values.clear();
	}

	@Override
	public Set<Entry<String, @Nullable Object>> entrySet() {
		return new Entries();
	}

	private static Object mask(@Nullable Object value) {
		return (value != null) ? value : NULL;
	}

	private static @Nullable Object unmask(@Nullable Object value) {
		return (value != NULL) ? value : null;
	}

	private final class Entries extends AbstractSet<Entry<String, @Nullable Object>> {

		@Override
		public int size() {
			return SocketData.this.values.size();
		}

		@Override
		public Iterator<Entry<String, @Nullable Object>> iterator() {
			Iterator<Entry<String, Object>> delegate = SocketData.this.values.entrySet().iterator();
			return new Iterator<>() {

				@Override
				public boolean hasNext() {
					return delegate.hasNext();
				}

				@Override
				public Entry<String, @Nullable Object> next() {
					Entry<String, Object> entry = delegate.next();
					return new SimpleImmutableEntry<>(entry.getKey(), unmask(entry.getValue()));
				}

				@Override
				public void remove() {
					delegate.remove();
				}

			};
		}

	}

}
