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

import org.jspecify.annotations.Nullable;
import reactor.netty.ReactorNetty;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Sets the number of Reactor Netty's event loops to the number of processors, if this is
 * configured. Reactor Netty reads the number once, from a system property.
 */
final class EventLoopCount implements EnvironmentPostProcessor {

	/** Whether there is an event loop for each processor. */
	static final String PROPERTY = "socketio.event-loop-per-processor";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		boolean wanted = Binder.get(environment).bind(PROPERTY, Boolean.class).orElse(false);
		String count = count(wanted, System.getProperty(ReactorNetty.IO_WORKER_COUNT),
				Runtime.getRuntime().availableProcessors());
		if (count != null) {
			System.setProperty(ReactorNetty.IO_WORKER_COUNT, count);
		}
	}

	/**
	 * Return the number of event loops to set.
	 * @param wanted whether one event loop for each processor is configured
	 * @param present the number that is already set, or {@code null} if there is none
	 * @param processors the number of processors
	 * @return the number, or {@code null} to leave it unchanged
	 */
	static @Nullable String count(boolean wanted, @Nullable String present, int processors) {
		return (wanted && present == null) ? Integer.toString(processors) : null;
	}

}
