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

import java.util.HashMap;

import io.github.springsocketio.autoconfigure.security.HandlerSecurityAutoConfiguration;
import io.github.springsocketio.autoconfigure.security.SocketIoServletSecurityAutoConfiguration;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.engineio.web.HandshakeSessions;
import io.github.springsocketio.servlet.EngineServlet;
import io.github.springsocketio.servlet.HttpSessions;
import io.github.springsocketio.servlet.ServletWebSocketService;
import io.github.springsocketio.socketio.SocketIoServer;
import jakarta.servlet.Filter;
import jakarta.websocket.server.ServerContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class SocketIoServletAutoConfigurationTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(SocketIoAutoConfiguration.class, SocketIoServletAutoConfiguration.class,
					SocketIoServletSecurityAutoConfiguration.class, HandlerSecurityAutoConfiguration.class));

	@Test
	void registersTheServlet() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(SocketIoServer.class)
				.hasSingleBean(EngineWebFilter.class)
				.hasSingleBean(ServletWebSocketService.class)
				.doesNotHaveBean(WebSessionIdFilter.class);
			ServletRegistrationBean<?> servlet = servlet(context);
			assertThat(servlet.getServlet()).isInstanceOf(EngineServlet.class);
			assertThat(servlet.isAsyncSupported()).isTrue();
		});
	}

	private static ServletRegistrationBean<?> servlet(ApplicationContext context) {
		return context.getBean(ServletRegistrationBean.class);
	}

	@ParameterizedTest
	@CsvSource({ "/ws, /ws/*", "/ws/, /ws/*", "/, /*" })
	void mapsThePath(String path, String mapping) {
		this.runner.withPropertyValues("socketio.path=" + path)
			.run((context) -> assertThat(servlet(context).getUrlMappings()).containsExactly(mapping));
	}

	@Test
	void offersLongPollingOnlyWithoutWebsocketsOfTheContainer() {
		this.runner.withClassLoader(new FilteredClassLoader(ServerContainer.class)).run((context) -> {
			assertThat(context).doesNotHaveBean("socketIoWebSocketService");
			assertThat(context.getBean(SocketIoServer.class).engine().options().transports())
				.containsExactly(TransportType.POLLING);
		});
	}

	@Test
	void refusesToForward() {
		this.runner.withPropertyValues("socketio.cluster.forward=true")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'socketio.cluster.forward'")
				.hasMessageContaining("not supported in a servlet container"));
	}

	@Test
	void backsOffWhenDisabled() {
		this.runner.withPropertyValues("socketio.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SocketIoServer.class)
				.doesNotHaveBean(EngineWebFilter.class)
				.doesNotHaveBean(FilterRegistrationBean.class));
	}

	@Test
	void worksWithoutSpringSecurity() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(EngineWebFilter.class)
				.doesNotHaveBean("socketIoCorsFilter"));
	}

	@Test
	void worksWithoutSpringSession() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.session"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(EngineWebFilter.class)
				.doesNotHaveBean(HandshakeSessions.class));
	}

	@Test
	void followsSessionsOfSpringSession() {
		this.runner.run((context) -> {
			assertThat(context.getBean(HandshakeSessions.class)).isInstanceOf(HttpSessions.class);
			assertThat(context.getBean("socketIoSpringSessionFilter", FilterRegistrationBean.class).isEnabled())
				.isFalse();
		});
		this.runner.withBean(MapSessionRepository.class, () -> new MapSessionRepository(new HashMap<>()))
			.run((context) -> {
				assertThat(context.getBean(HandshakeSessions.class)).isInstanceOf(SpringSessions.class);
				FilterRegistrationBean<?> filter = context.getBean("socketIoSpringSessionFilter",
						FilterRegistrationBean.class);
				assertThat(filter.isEnabled()).isTrue();
				assertThat(filter.getOrder()).isGreaterThan(SessionRepositoryFilter.DEFAULT_ORDER).isLessThan(-100);
			});
	}

	@ParameterizedTest
	@CsvSource({ "/*, true", "/socket.io/*, true", "/api/*, false", "/socket.iox/*, false", "*.html, false" })
	void warnsOfFiltersWithoutSupportOfAsynchronousRequests(String pattern, boolean ahead, CapturedOutput output) {
		this.runner.withBean("audit", FilterRegistrationBean.class, () -> {
			FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(
					(request, response, chain) -> chain.doFilter(request, response));
			registration.addUrlPatterns(pattern);
			registration.setAsyncSupported(false);
			return registration;
		}).run((context) -> {
			assertThat(context).hasNotFailed();
			long warnings = output.getAll().lines().filter((line) -> line.contains("asynchronous requests")).count();
			assertThat(warnings).isEqualTo(ahead ? 1 : 0);
			if (ahead) {
				assertThat(output).contains("The filter 'audit'")
					.contains("asyncSupported = true")
					.contains("'/socket.io/*'");
			}
		});
	}

	@Test
	void warnsOfNoFiltersOfItsOwn(CapturedOutput output) {
		this.runner.withBean(MapSessionRepository.class, () -> new MapSessionRepository(new HashMap<>()))
			.run((context) -> assertThat(output).doesNotContain("asynchronous requests"));
	}

	@Test
	void appliesCorsAheadOfSpringSecurity() {
		this.runner.run((context) -> {
			FilterRegistrationBean<?> filter = context.getBean("socketIoCorsFilter", FilterRegistrationBean.class);
			assertThat(filter.getOrder()).isLessThan(-100);
		});
	}

}
