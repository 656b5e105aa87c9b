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

package io.github.springsocketio.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Faults that a test would not see: calls that block a thread of an event loop, and
 * buffers that were never released. They are collected here, from any thread, and fail
 * the test or the class that runs, or the run as a whole.
 *
 * @see HiddenFaultsExtension
 */
public final class HiddenFaults {

	private static final int MAX_REPORTED = 10;

	private static final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();

	private HiddenFaults() {
	}

	static void add(Throwable fault) {
		faults.add(fault);
	}

	/**
	 * Take what was found so far, so that it does not fail anything.
	 * @return the faults, in the order in which they were found
	 */
	public static List<Throwable> take() {
		List<Throwable> taken = new ArrayList<>();
		Throwable fault;
		while ((fault = faults.poll()) != null) {
			taken.add(fault);
		}
		return taken;
	}

	static void check() {
		List<Throwable> found = take();
		if (!found.isEmpty()) {
			List<Throwable> first = found.subList(0, Math.min(found.size(), MAX_REPORTED));
			AssertionError error = new AssertionError("Found %d: %s".formatted(found.size(), first), first.get(0));
			first.stream().skip(1).forEach(error::addSuppressed);
			throw error;
		}
	}

}
