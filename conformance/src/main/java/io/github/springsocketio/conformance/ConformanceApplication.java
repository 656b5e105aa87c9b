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

package io.github.springsocketio.conformance;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The interoperability test server: one port, one profile, told by the environment.
 */
@SpringBootApplication
public class ConformanceApplication {

	/**
	 * Start the server.
	 * @param args passed on to Spring Boot
	 */
	public static void main(String[] args) {
		try {
			start(Settings.of(System.getenv()), args);
		}
		catch (InvalidSettingException ex) {
			System.err.println(ex.getMessage());
			System.exit(2);
		}
	}

	static ConfigurableApplicationContext start(Settings settings, String... args) {
		SpringApplication application = new SpringApplication(ConformanceApplication.class);
		application.setAdditionalProfiles(settings.profiles());
		application.setDefaultProperties(settings.properties());
		if (!settings.hasSecurity() && settings.hasServer()) {
			// its classes are there, but not its filters
			application.addInitializers((context) -> context.addBeanFactoryPostProcessor(
					(factory) -> ((BeanDefinitionRegistry) factory).removeBeanDefinition("socketIoCorsFilter")));
		}
		if (settings.profile().equals("cases")) {
			application.addInitializers(
					(context) -> context.getBeanFactory().registerSingleton("logCounter", LogCounter.attach()));
		}
		return application.run(args);
	}

}
