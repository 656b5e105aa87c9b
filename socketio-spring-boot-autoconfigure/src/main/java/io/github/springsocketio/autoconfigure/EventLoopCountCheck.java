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

package io.github.springsocketio.autoconfigure;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.ReactorNetty;
import reactor.netty.resources.LoopResources;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Logs a message at startup if there are more event loops than processors and their
 * number is not configured.
 */
final class EventLoopCountCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(EventLoopCountCheck.class);

	private final ObjectProvider<ReactorResourceFactory> resources;

	EventLoopCountCheck(ObjectProvider<ReactorResourceFactory> resources) {
		this.resources = resources;
	}

	@Override
	public void afterSingletonsInstantiated() {
		ReactorResourceFactory factory = this.resources.getIfUnique();
		if (factory != null && factory.isUseGlobalResources()) {
			String message = message(System.getProperty(ReactorNetty.IO_WORKER_COUNT),
					LoopResources.DEFAULT_IO_WORKER_COUNT, Runtime.getRuntime().availableProcessors());
			if (message != null) {
				logger.info(message);
			}
		}
	}

	/**
	 * Return the message to log.
	 * @param set the number of event loops that has been set, or {@code null} if there is
	 * none
	 * @param loops the number of event loops
	 * @param processors the number of processors
	 * @return the message, or {@code null} if there is nothing to log
	 */
	static @Nullable String message(@Nullable String set, int loops, int processors) {
		return (set == null && loops > processors) ? "There are more event loops (" + loops + ") than processors ("
				+ processors + "), which makes latencies uneven under load: " + EventLoopCount.PROPERTY
				+ "=true starts one for each processor" : null;
	}

}
