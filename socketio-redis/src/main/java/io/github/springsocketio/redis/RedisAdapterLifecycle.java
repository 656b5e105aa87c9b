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

package io.github.springsocketio.redis;

import org.springframework.context.SmartLifecycle;

/**
 * Closes the connections after the server has closed its adapters, and before the
 * connection factory shuts down the client, which would otherwise be reported as lost
 * connections. An emitter opens them again after a restart.
 */
final class RedisAdapterLifecycle implements SmartLifecycle {

	private final RedisAdapterFactory factory;

	private final int phase;

	private volatile boolean running;

	/**
	 * Create a lifecycle.
	 * @param phase the phase of the connection factory
	 */
	RedisAdapterLifecycle(RedisAdapterFactory factory, int phase) {
		this.factory = factory;
		this.phase = phase + 1;
	}

	@Override
	public void start() {
		this.factory.reopen();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.factory.close();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

}
