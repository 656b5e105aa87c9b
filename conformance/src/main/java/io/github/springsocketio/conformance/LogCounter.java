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

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * Counts what is logged at {@code INFO} and above.
 */
final class LogCounter extends AppenderBase<ILoggingEvent> {

	private final List<Entry> entries = Collections.synchronizedList(new ArrayList<>());

	static LogCounter attach() {
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		LogCounter counter = new LogCounter();
		counter.setContext(root.getLoggerContext());
		counter.start();
		root.addAppender(counter);
		return counter;
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
			this.entries.add(new Entry(event.getLevel().toString(), event.getThrowableProxy() != null));
		}
	}

	Map<String, Object> since(int number) {
		List<Entry> all = new ArrayList<>(this.entries);
		List<Entry> counted = all.subList(Math.min(Math.max(number, 0), all.size()), all.size());
		Map<String, Object> counts = new LinkedHashMap<>();
		counts.put("last", all.size());
		for (String level : List.of("ERROR", "WARN", "INFO")) {
			counts.put(level, counted.stream().filter((entry) -> entry.level().equals(level)).count());
		}
		counts.put("traces", counted.stream().filter(Entry::hasTrace).count());
		return counts;
	}

	/**
	 * What is kept of an event.
	 *
	 * @param level the name of its level
	 * @param hasTrace whether it has a stack trace
	 */
	private record Entry(String level, boolean hasTrace) {

	}

}
