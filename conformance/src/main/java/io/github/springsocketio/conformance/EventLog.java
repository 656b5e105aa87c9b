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

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Keeps what the server has seen, for {@code /events}. The number of an entry is its
 * place in the list.
 */
@Component
class EventLog {

	private final List<Map<String, Object>> entries = Collections.synchronizedList(new ArrayList<>());

	void add(String type, Map<String, ? extends @Nullable Object> fields) {
		Map<String, Object> entry = new LinkedHashMap<>();
		entry.put("type", type);
		entry.putAll(fields);
		this.entries.add(entry);
	}

	List<Map<String, Object>> since(int seq) {
		List<Map<String, Object>> recorded = new ArrayList<>(this.entries);
		List<Map<String, Object>> events = new ArrayList<>();
		for (int i = Math.max(seq, 0); i < recorded.size(); i++) {
			Map<String, Object> event = new LinkedHashMap<>();
			event.put("seq", i + 1);
			event.putAll(recorded.get(i));
			events.add(event);
		}
		return events;
	}

}
