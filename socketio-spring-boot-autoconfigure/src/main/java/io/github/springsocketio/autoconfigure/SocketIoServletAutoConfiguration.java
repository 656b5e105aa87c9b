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

import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.engineio.web.EngineFilter;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.engineio.web.EngineWebOptions;
import io.github.springsocketio.engineio.web.HandshakeSessions;
import io.github.springsocketio.engineio.web.HeadersListener;
import io.github.springsocketio.engineio.web.InitialHeadersListener;
import io.github.springsocketio.servlet.EngineServlet;
import io.github.springsocketio.servlet.HttpSessions;
import io.github.springsocketio.servlet.ServletWebSocketService;
import io.github.springsocketio.socketio.SocketIoServer;
import jakarta.servlet.Servlet;
import jakarta.websocket.server.ServerContainer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;

/**
 * Auto-configuration of the endpoint of a Socket.IO server in a servlet application: a
 * servlet at {@code socketio.path}, below the context path, in addition to the
 * {@code DispatcherServlet}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SocketIoAutoConfiguration.class)
@ConditionalOnClass({ EngineServlet.class, Servlet.class, SocketIoServer.class })
@ConditionalOnWebApplication(type = Type.SERVLET)
@Conditional(OnApplicationPortCondition.class)
@ConditionalOnBooleanProperty(name = "socketio.enabled", matchIfMissing = true)
public final class SocketIoServletAutoConfiguration {

	private static final Log logger = LogFactory.getLog(SocketIoServletAutoConfiguration.class);

	@Bean
	@ConditionalOnMissingBean
	EngineWebFilter socketIoWebFilter(SocketIoServer server, EngineWebOptions options,
			ObjectProvider<EngineFilter> filters, ObjectProvider<AllowRequest> allowRequests,
			ObjectProvider<InitialHeadersListener> initialHeadersListeners,
			ObjectProvider<HeadersListener> headersListeners, ObjectProvider<ServletWebSocketService> webSocketService,
			ObjectProvider<HandshakeSessions> sessions, SocketIoProperties properties) {
		if (properties.getCluster().isForward()) {
			throw new InvalidSocketIoPropertyException(ForwardingConfiguration.FORWARD, true,
					"is not supported in a servlet container: keep clients on their node by the load balancer", null);
		}
		return EngineWebFilter.builder(server.engine())
			.options(options)
			.webSocketService(webSocketService.getIfAvailable())
			.handshakeSessions(sessions.getIfAvailable(HttpSessions::new))
			.filters(filters.orderedStream().toList())
			.allowRequests(allowRequests.orderedStream().toList())
			.initialHeadersListeners(initialHeadersListeners.orderedStream().toList())
			.headersListeners(headersListeners.orderedStream().toList())
			.build();
	}

	@Bean
	ServletRegistrationBean<EngineServlet> socketIoServlet(EngineWebFilter endpoint, EngineWebOptions options) {
		ServletRegistrationBean<EngineServlet> registration = new ServletRegistrationBean<>(new EngineServlet(endpoint),
				EngineServlet.urlPattern(options));
		registration.setName("socketIo");
		registration.setAsyncSupported(true);
		return registration;
	}

	@Bean
	AsyncFilterCheck socketIoAsyncFilterCheck(ListableBeanFactory beans, EngineWebOptions options) {
		return new AsyncFilterCheck(beans, EngineServlet.urlPattern(options));
	}

	@Bean
	SocketIoHttpSessionListener socketIoHttpSessionListener(ObjectProvider<SocketIoServer> server) {
		return new SocketIoHttpSessionListener(server);
	}

	/**
	 * Configuration of Spring Session, if there is a repository.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SessionRepositoryFilter.class)
	static class SpringSessionConfiguration {

		@Bean
		HandshakeSessions socketIoHandshakeSessions(ObjectProvider<SessionRepository<?>> repositories) {
			SessionRepository<?> repository = repositories.getIfUnique();
			return (repository != null) ? SpringSessions.of(repository) : new HttpSessions();
		}

		@Bean
		FilterRegistrationBean<SpringSessionFilter> socketIoSpringSessionFilter(
				ObjectProvider<SessionRepository<?>> repositories, ObjectProvider<SocketIoServer> server) {
			FilterRegistrationBean<SpringSessionFilter> registration = new FilterRegistrationBean<>(
					new SpringSessionFilter(server));
			registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER + 1);
			registration.setAsyncSupported(true);
			registration.setEnabled(repositories.getIfUnique() != null);
			return registration;
		}

	}

	/**
	 * Configuration of websockets of the container.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ServerContainer.class)
	static class WebSocketConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ServletWebSocketService socketIoWebSocketService(SocketIoServer server, EngineWebOptions options) {
			return new ServletWebSocketService(server.engine(), options.websocketCompression() != null);
		}

	}

	/**
	 * Configuration for a container without websockets.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("jakarta.websocket.server.ServerContainer")
	static class PollingConfiguration {

		@Bean
		@Order(0)
		EngineOptionsCustomizer socketIoPollingOnly() {
			return (options) -> {
				logger.info("The servlet container has no websockets: Socket.IO is offered on long-polling only");
				options.transports(Set.of(TransportType.POLLING));
			};
		}

	}

}
