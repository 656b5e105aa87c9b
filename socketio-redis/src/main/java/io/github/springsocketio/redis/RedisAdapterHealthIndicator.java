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

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Reports whether the adapter is connected to Redis. Without a connection, clients of
 * this node are served, but messages do not reach other nodes.
 */
final class RedisAdapterHealthIndicator extends AbstractHealthIndicator {

	private final RedisAdapterFactory factory;

	RedisAdapterHealthIndicator(RedisAdapterFactory factory) {
		super("The health of the Socket.IO adapter cannot be found out");
		this.factory = factory;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		if (this.factory.isAvailable()) {
			builder.up();
		}
		else {
			builder.down().withDetail("reason", "There is no connection to Redis");
		}
	}

}
