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

package io.github.springsocketio.servlet;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an {@code HttpSession}. Changes of the map change the session; its
 * sets of keys, values and entries are copies.
 */
final class SessionAttributes extends AbstractMap<String, Object> {

	private final HttpSession session;

	SessionAttributes(HttpSession session) {
		this.session = session;
	}

	@Override
	public @Nullable Object get(Object key) {
		return (key instanceof String name) ? this.session.getAttribute(name) : null;
	}

	@Override
	public boolean containsKey(Object key) {
		return get(key) != null;
	}

	@Override
	public @Nullable Object put(String name, Object value) {
		Object previous = this.session.getAttribute(name);
		this.session.setAttribute(name, value);
		return previous;
	}

	@Override
	public @Nullable Object remove(Object key) {
		Object previous = get(key);
		if (previous != null) {
			this.session.removeAttribute((String) key);
		}
		return previous;
	}

	@Override
	public void clear() {
		Collections.list(this.session.getAttributeNames()).forEach(this.session::removeAttribute);
	}

	@Override
	public Set<Map.Entry<String, Object>> entrySet() {
		Set<Map.Entry<String, Object>> entries = new LinkedHashSet<>();
		for (String name : Collections.list(this.session.getAttributeNames())) {
			Object value = this.session.getAttribute(name);
			if (value != null) {
				entries.add(Map.entry(name, value));
			}
		}
		return Collections.unmodifiableSet(entries);
	}

}
