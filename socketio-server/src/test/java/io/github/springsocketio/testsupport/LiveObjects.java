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

package io.github.springsocketio.testsupport;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The objects of this process that live after a garbage collection.
 *
 * @param counts the number of instances for each class
 * @param bytes the size of all objects
 */
public record LiveObjects(Map<String, Long> counts, long bytes) {

	/**
	 * Collect the garbage and count what is left.
	 * @return the objects
	 */
	public static LiveObjects now() {
		Map<String, Long> counts = new HashMap<>();
		long bytes = 0;
		for (String line : histogram().split("\n")) {
			String[] parts = line.trim().split("\\s+");
			if (parts.length >= 4 && parts[0].endsWith(":")) {
				counts.merge(parts[3], Long.parseLong(parts[1]), Long::sum);
				bytes += Long.parseLong(parts[2]);
			}
		}
		return new LiveObjects(Map.copyOf(counts), bytes);
	}

	private static String histogram() {
		try {
			ObjectName name = new ObjectName("com.sun.management:type=DiagnosticCommand");
			return (String) ManagementFactory.getPlatformMBeanServer()
				.invoke(name, "gcClassHistogram", new Object[] { new String[0] },
						new String[] { String[].class.getName() });
		}
		catch (JMException ex) {
			throw new AssertionError(ex);
		}
	}

	/**
	 * Return the number of instances of a class.
	 * @param type the name of the class
	 * @return the number
	 */
	public long count(String type) {
		return this.counts.getOrDefault(type, 0L);
	}

}
