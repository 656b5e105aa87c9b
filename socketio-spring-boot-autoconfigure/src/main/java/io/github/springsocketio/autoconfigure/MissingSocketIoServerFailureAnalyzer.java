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

import java.util.Set;

import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.socketio.SocketIoServer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.boot.web.context.reactive.ConfigurableReactiveWebEnvironment;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Describes why there is no server to inject: it is disabled, or the application is not a
 * web application with an endpoint. All other failures are left to Spring Boot.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MissingSocketIoServerFailureAnalyzer
		extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

	static final String APPLICATION_NEEDED = "It needs a servlet application with "
			+ "'socketio-spring-boot-starter-webmvc', or a reactive web application: use "
			+ "'spring-boot-starter-webflux' without 'spring-boot-starter-webmvc', or set "
			+ "'spring.main.web-application-type' to 'reactive'.";

	private static final Set<Class<?>> TYPES = Set.of(SocketIoServer.class, EngineServer.class);

	private final Environment environment;

	MissingSocketIoServerFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		Class<?> type = cause.getBeanType();
		if (type == null || !TYPES.contains(type) || cause.getNumberOfBeansFound() > 0) {
			return null;
		}
		String required = ((description != null) ? description : "A component") + " required a bean of type '"
				+ type.getName() + "', ";
		if (!this.environment.getProperty("socketio.enabled", Boolean.class, true)) {
			return new FailureAnalysis(required + "but 'socketio.enabled' is false.",
					"Set 'socketio.enabled' to true, or inject the server as an ObjectProvider.", cause);
		}
		if (!(this.environment instanceof ConfigurableReactiveWebEnvironment)) {
			return new FailureAnalysis(required + "but the Socket.IO server is not available. " + APPLICATION_NEEDED,
					"Change the type of the web application, or inject the server as an ObjectProvider.", cause);
		}
		return null;
	}

}
