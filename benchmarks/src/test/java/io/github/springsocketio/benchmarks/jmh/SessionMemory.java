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

package io.github.springsocketio.benchmarks.jmh;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints the live heap for each idle session in the main namespace, without a network
 * under it: what engine and namespace keep.
 */
public final class SessionMemory {

	private static final PrintStream OUT = System.out;

	private SessionMemory() {
	}

	public static void main(String[] args) {
		for (int count : new int[] { 1_000, 10_000, 100_000 }) {
			InProcessServer server = new InProcessServer();
			for (int i = 0; i < 1000; i++) {
				server.connect();
			}
			List<InProcessServer.Client> clients = new ArrayList<>(count);
			long before = used();
			for (int i = 0; i < count; i++) {
				clients.add(server.connect());
			}
			long after = used();
			OUT.printf("%,d sessions: %d bytes each%n", clients.size(), (after - before) / count);
			server.close();
		}
	}

	/**
	 * Collect garbage until nothing more is found.
	 */
	private static long used() {
		long before;
		long now = Long.MAX_VALUE;
		do {
			before = now;
			System.gc();
			now = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
		}
		while (now < before);
		return now;
	}

}
