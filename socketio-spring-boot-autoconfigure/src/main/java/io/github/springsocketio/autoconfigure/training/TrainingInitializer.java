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

package io.github.springsocketio.autoconfigure.training;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.SpringProperties;

/**
 * Adds the training run to the start of an application if {@value #PROPERTY} is set. This
 * is not a bean, because the beans of an application that is processed ahead of time are
 * determined at build time.
 */
final class TrainingInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	static final String PROPERTY = TrainingProperties.PREFIX + ".enabled";

	/**
	 * With the value onRefresh, the process would exit before the web server is started.
	 */
	private static final String EXIT = "spring.context.exit";

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		if (Binder.get(context.getEnvironment()).bind(PROPERTY, Boolean.class).orElse(false)) {
			SpringProperties.setProperty(EXIT, "afterTraining");
			context.addApplicationListener(new TrainingRun());
		}
	}

}
