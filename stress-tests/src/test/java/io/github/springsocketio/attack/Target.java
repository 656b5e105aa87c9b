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

package io.github.springsocketio.attack;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.springsocketio.testsupport.ForkedJvm;
import io.github.springsocketio.testsupport.RawHttp;

/**
 * An application in a process with a small heap.
 */
final class Target implements AutoCloseable {

	private final ForkedJvm process;

	private final int port;

	private Target(ForkedJvm process) {
		this.process = process;
		this.port = Integer.parseInt(process.awaitLine("PORT "));
	}

	static Target start(String... properties) {
		return new Target(ForkedJvm.start(AttackedApplication.class, List.of("-Xmx128m"), properties));
	}

	int port() {
		return this.port;
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Return whether a fatal error was found.
	 */
	boolean isBroken() {
		return this.process.lines().contains("LIVENESS BROKEN");
	}

	long logged() {
		return this.process.printed();
	}

	List<String> lines() {
		return this.process.lines();
	}

	/**
	 * Return what the application holds, by name.
	 * @param query {@code gc} to collect garbage first, {@code reset} to forget peaks
	 */
	Map<String, Long> stats(String query) {
		try (RawHttp http = new RawHttp(this.port)) {
			http.connection().patience(AttackSuite.PATIENCE);
			Map<String, Long> stats = new TreeMap<>();
			for (String pair : http.get("/stats?" + query).text().split(" ")) {
				String[] parts = pair.split("=");
				stats.put(parts[0], Long.valueOf(parts[1]));
			}
			return stats;
		}
	}

	@Override
	public void close() {
		this.process.close();
	}

}
