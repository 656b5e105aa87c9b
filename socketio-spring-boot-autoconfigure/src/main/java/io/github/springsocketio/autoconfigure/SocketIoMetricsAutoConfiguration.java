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

import io.github.springsocketio.socketio.SocketIoServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the server's metrics, for applications with Micrometer and a
 * {@link MeterRegistry}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SocketIoAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass({ SocketIoServer.class, MeterRegistry.class })
@ConditionalOnBean({ SocketIoServer.class, MeterRegistry.class })
public final class SocketIoMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "socketIoMetrics")
	MeterBinder socketIoMetrics(SocketIoServer server) {
		return new SocketIoMetrics(server);
	}

	/**
	 * Not registered if the metrics are disabled, so that nothing is measured.
	 */
	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnSingleCandidate(MeterRegistry.class)
	@ConditionalOnBooleanProperty(name = "management.metrics.enable.socketio", matchIfMissing = true)
	OperationMetrics socketIoOperationMetrics(MeterRegistry registry) {
		return new OperationMetrics(registry);
	}

}
