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

package io.github.springsocketio.autoconfigure.observation;

import io.github.springsocketio.autoconfigure.SocketIoAutoConfiguration;
import io.github.springsocketio.autoconfigure.SocketIoMetricsAutoConfiguration;
import io.github.springsocketio.autoconfigure.SocketIoProperties;
import io.github.springsocketio.socketio.SocketIoServer;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration of observations, for applications that have Micrometer and an
 * {@link ObservationRegistry}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { SocketIoAutoConfiguration.class, SocketIoMetricsAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass({ SocketIoServer.class, ObservationRegistry.class })
@ConditionalOnBean({ SocketIoServer.class, ObservationRegistry.class })
@ConditionalOnBooleanProperty("socketio.observations.enabled")
public final class SocketIoObservationAutoConfiguration {

	@Bean
	ObservationConventions socketIoObservationConventions(
			ObjectProvider<SocketHandshakeObservationConvention> handshake,
			ObjectProvider<SocketEventObservationConvention> event, ObjectProvider<SocketAckObservationConvention> ack,
			ObjectProvider<SocketBroadcastObservationConvention> broadcast) {
		return new ObservationConventions(handshake.getIfAvailable(DefaultSocketHandshakeObservationConvention::new),
				event.getIfAvailable(DefaultSocketEventObservationConvention::new),
				ack.getIfAvailable(DefaultSocketAckObservationConvention::new),
				broadcast.getIfAvailable(DefaultSocketBroadcastObservationConvention::new));
	}

	@Bean
	@ConditionalOnMissingBean
	ServerObservations socketIoObservations(ObservationRegistry registry, SocketIoProperties properties,
			ObservationConventions conventions) {
		return new ServerObservations(registry, conventions, properties.getObservations().isTraceArgument());
	}

	/**
	 * For applications in which the server's metrics measure handlers.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterObservationHandler.class)
	@ConditionalOnBean(type = "io.github.springsocketio.autoconfigure.OperationMetrics")
	static class MeasuredConfiguration {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		static MeasuredObservationHandler socketIoMeasuredObservationHandler(
				ObjectProvider<ObservationConventions> conventions) {
			// the registry may be created before the beans that a convention needs
			return new MeasuredObservationHandler(SingletonSupplier.of(conventions::getObject));
		}

	}

}
