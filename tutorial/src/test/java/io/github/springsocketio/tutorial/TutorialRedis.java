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

package io.github.springsocketio.tutorial;

import io.github.springsocketio.testing.Programs;
import io.github.springsocketio.testsupport.RedisProcess;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts the Redis that readers of docs/tutorial.md start themselves, where there is one.
 */
public final class TutorialRedis implements LauncherSessionListener {

	static final String PORT = "spring.data.redis.port";

	private RedisProcess redis;

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		if (System.getProperty(PORT) == null && Programs.find("redis-server").isPresent()) {
			this.redis = RedisProcess.start();
			System.setProperty(PORT, String.valueOf(this.redis.port()));
		}
	}

	@Override
	public void launcherSessionClosed(LauncherSession session) {
		if (this.redis != null) {
			this.redis.close();
		}
	}

}
