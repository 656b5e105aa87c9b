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

package io.github.springsocketio.admin;

import java.time.Clock;
import java.time.Duration;

import io.github.springsocketio.socketio.SocketIoServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration of the Admin UI: its namespace, and its files under a path of the
 * application and in the actuator.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "io.github.springsocketio.autoconfigure.SocketIoAutoConfiguration")
@ConditionalOnBooleanProperty("socketio.admin.enabled")
@ConditionalOnBean(SocketIoServer.class)
@EnableConfigurationProperties(AdminProperties.class)
@Import({ AdminUiReactiveConfiguration.class, AdminUiServletConfiguration.class })
@ImportRuntimeHints(AdminRuntimeHints.class)
public final class AdminAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AdminServer socketIoAdminServer(SocketIoServer server, AdminProperties properties) {
		return new AdminServer(server, properties, Clock.systemUTC(), Duration.ofSeconds(1));
	}

	@Bean
	@Lazy
	AdminUiFiles socketIoAdminUiFiles() {
		return new AdminUiFiles();
	}

	/**
	 * Configuration of the files in the actuator.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
	@ConditionalOnWebApplication
	static class EndpointConfiguration {

		/**
		 * A separate class, because its condition is not on the class path without the
		 * actuator.
		 */
		@Configuration(proxyBeanMethods = false)
		@ConditionalOnAvailableEndpoint(AdminUiEndpoint.class)
		static class AvailableConfiguration {

			@Bean
			AdminUiEndpoint socketIoAdminUiEndpoint(AdminUiFiles files) {
				return new AdminUiEndpoint(files);
			}

		}

	}

	/**
	 * Configuration of the meter.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class MetricsConfiguration {

		@Bean
		MeterBinder socketIoAdminMetrics(AdminServer server) {
			return new AdminMetrics(server.login());
		}

	}

}
