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

package io.github.springsocketio.benchmarks.compare;

import java.io.IOException;

/**
 * Ten connections at a time, each of which is followed by another one when it has ended.
 */
final class ConnectionLoad implements GrowthLoad {

	private final Wire.Task connect;

	private boolean running;

	private int open;

	private long count;

	/**
	 * Create a load.
	 * @param connect opens a connection
	 */
	ConnectionLoad(Wire.Task connect) {
		this.connect = connect;
	}

	@Override
	public void start() throws IOException {
		this.running = true;
		while (this.open < Crowd.ACTIVE) {
			connect();
		}
	}

	private void connect() throws IOException {
		this.open++;
		this.connect.run();
	}

	/**
	 * A connection has ended.
	 */
	void ended() throws IOException {
		this.count++;
		this.open--;
		if (this.running) {
			connect();
		}
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isQuiet() {
		return this.open == 0;
	}

	@Override
	public long count() {
		return this.count;
	}

}
