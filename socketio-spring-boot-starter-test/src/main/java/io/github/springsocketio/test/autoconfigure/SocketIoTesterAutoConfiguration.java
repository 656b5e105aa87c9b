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

package io.github.springsocketio.test.autoconfigure;

import java.time.Duration;

import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.Timers;
import io.github.springsocketio.engineio.web.EngineWebOptions;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketIoTesterConfigurer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.WebApplicationContext;

/**
 * Auto-configuration of a {@link SocketIoTester}, see
 * {@link AutoConfigureSocketIoTester}.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnWebApplication
public final class SocketIoTesterAutoConfiguration {

	private static final boolean SECURITY = ClassUtils
		.isPresent("org.springframework.security.core.context.ReactiveSecurityContextHolder", null);

	@Bean
	@ConditionalOnMissingBean
	SocketIoTester socketIoTester(ApplicationContext context, TestServer server,
			ObjectProvider<EngineWebOptions> options, ObjectProvider<SocketIoTesterConfigurer> configurers) {
		SocketIoTester tester = SocketIoTester.bindToServer(server::url)
			.client((client) -> options.ifAvailable((available) -> client.path(path(context, server, available))));
		Duration timeout = context.getEnvironment().getProperty("spring.test.socketio.timeout", Duration.class);
		tester = (timeout != null) ? tester.timeout(timeout) : tester;
		tester = SECURITY ? tester.mutateWith(SecurityContextConfigurer.ofTest()) : tester;
		for (SocketIoTesterConfigurer configurer : configurers.orderedStream().toList()) {
			tester = tester.mutateWith(configurer);
		}
		return tester;
	}

	private static String path(ApplicationContext context, TestServer server, EngineWebOptions options) {
		return server.hasOwnPort() ? options.path()
				: context.getEnvironment().getProperty(basePath(context), "") + options.path();
	}

	private static String basePath(ApplicationContext context) {
		return (context instanceof WebApplicationContext) ? "server.servlet.context-path" : "spring.webflux.base-path";
	}

	@Bean
	TestServer socketIoTestServer(Environment environment, ObjectProvider<HttpHandler> handler) {
		return new TestServer(environment, handler);
	}

	@Bean
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	@ConditionalOnBooleanProperty("spring.test.socketio.virtual-time")
	VirtualTime socketIoVirtualTime(ObjectProvider<EngineServer> engines, ObjectProvider<SocketIoTester> testers,
			TestServer server, ObjectProvider<ReactorResourceFactory> resources) {
		return new VirtualTime(engines, testers, () -> server.loops(resources).onServer(true));
	}

	@Bean
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	@ConditionalOnBooleanProperty("spring.test.socketio.virtual-time")
	Timers socketIoTimers(VirtualTime time) {
		return time.timers();
	}

	@Bean
	MockPrincipalFilter socketIoMockPrincipalFilter() {
		return new MockPrincipalFilter(SECURITY);
	}

	/**
	 * Configuration of the users of clients in a servlet application.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	static class ServletConfiguration {

		@Bean
		MockPrincipalServletFilter socketIoMockPrincipalServletFilter() {
			return new MockPrincipalServletFilter(SECURITY);
		}

	}

}
