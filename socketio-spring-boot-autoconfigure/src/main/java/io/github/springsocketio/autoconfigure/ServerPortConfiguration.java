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

import java.util.List;

import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.engineio.web.CorsOptions;
import io.github.springsocketio.engineio.web.CorsOptionsResolver;
import io.github.springsocketio.engineio.web.CorsOriginResolver;
import io.github.springsocketio.engineio.web.EngineFilter;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.engineio.web.EngineWebOptions;
import io.github.springsocketio.engineio.web.HeadersListener;
import io.github.springsocketio.engineio.web.InitialHeadersListener;
import io.github.springsocketio.socketio.SocketIoServer;
import io.micrometer.observation.ObservationRegistry;
import reactor.netty.http.server.HttpServer;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.server.session.DefaultWebSessionManager;

/**
 * Configuration of the endpoint on its own port.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(OnServerPortCondition.class)
class ServerPortConfiguration {

	/**
	 * Ordered first, so that customizers of the application can replace the options.
	 */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	EngineWebOptionsCustomizer socketIoApplicationOrigin(SocketIoProperties properties,
			ObjectProvider<CorsOriginResolver> originResolver, ObjectProvider<CorsOptionsResolver> optionsResolver,
			Environment environment) {
		boolean configured = properties.getCors() != null || originResolver.getIfAvailable() != null
				|| optionsResolver.getIfAvailable() != null;
		return (options) -> {
			if (!configured) {
				options.cors(CorsOptions.builder()
					.originResolver(new ApplicationOrigin(environment))
					.allowCredentials(true)
					.build());
			}
		};
	}

	@Bean
	@Lazy(false)
	@ConditionalOnBooleanProperty(ForwardingConfiguration.FORWARD)
	InitializingBean socketIoNoForwarding() {
		return () -> {
			throw new InvalidSocketIoPropertyException(ForwardingConfiguration.FORWARD, true,
					"is not supported with '" + OnServerPortCondition.PROPERTY + "'", null);
		};
	}

	/**
	 * Configuration of the web server for the port.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HttpServer.class, NettyReactiveWebServerFactory.class })
	@EnableConfigurationProperties(SocketIoServerProperties.class)
	static class WebServerConfiguration {

		@Bean
		EndpointWebServer socketIoWebServer(ConfigurableApplicationContext context, EngineWebFilter endpoint,
				WebHttpHandlerBuilder socketIoHttpHandlerBuilder, SocketIoServerProperties properties,
				ObjectProvider<SslBundles> sslBundles, ObjectProvider<ReactorResourceFactory> resources,
				ObjectProvider<NettyServerCustomizer> customizers) {
			ServerPortFactory factory = new ServerPortFactory(properties, context.getEnvironment(),
					sslBundles.getIfAvailable(), resources.getIfUnique(), customizers.orderedStream().toList());
			return new EndpointWebServer(context,
					() -> factory.create(socketIoHttpHandlerBuilder.clone()
						.filters((filters) -> filters.add(0, new ServerPortFilter(endpoint)))
						.build()));
		}

	}

	/**
	 * Configuration in a reactive application: requests pass the same filters and
	 * handlers as requests to the application.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	static class ReactiveApplicationConfiguration {

		@Bean
		WebHttpHandlerBuilder socketIoHttpHandlerBuilder(ApplicationContext context) {
			return WebHttpHandlerBuilder.applicationContext(context);
		}

	}

	/**
	 * Configuration in a servlet application.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	static class ServletApplicationConfiguration {

		@Bean
		@ConditionalOnMissingBean
		EngineWebFilter socketIoWebFilter(SocketIoServer server, EngineWebOptions options,
				ObjectProvider<EngineFilter> filters, ObjectProvider<AllowRequest> allowRequests,
				ObjectProvider<InitialHeadersListener> initialHeadersListeners,
				ObjectProvider<HeadersListener> headersListeners,
				ObjectProvider<DefaultWebSessionManager> sessionManager) {
			return EngineWebFilter.builder(server.engine())
				.options(options)
				.webSessionManager(sessionManager.getIfAvailable())
				.filters(filters.orderedStream().toList())
				.allowRequests(allowRequests.orderedStream().toList())
				.initialHeadersListeners(initialHeadersListeners.orderedStream().toList())
				.headersListeners(headersListeners.orderedStream().toList())
				.build();
		}

		@Bean
		WebHttpHandlerBuilder socketIoHttpHandlerBuilder(ObjectProvider<WebFilter> filters,
				ObjectProvider<DefaultWebSessionManager> sessionManager, ObjectProvider<ObservationRegistry> registry,
				Environment environment) {
			List<WebFilter> ordered = filters.orderedStream().toList();
			WebHttpHandlerBuilder builder = WebHttpHandlerBuilder.webHandler(ServerPortFilter::notFound)
				.filters((all) -> all.addAll(ordered));
			sessionManager.ifAvailable(builder::sessionManager);
			registry.ifUnique(builder::observationRegistry);
			if ("framework".equalsIgnoreCase(ServerPortFactory.forwardHeadersStrategy(environment))) {
				builder.forwardedHeaderTransformer(new ForwardedHeaderTransformer());
			}
			return builder;
		}

	}

	/**
	 * Refuses the port in an application without Reactor Netty.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory")
	static class WithoutReactorNettyConfiguration {

		@Bean
		@Lazy(false)
		InitializingBean socketIoServerPortWithoutReactorNetty(Environment environment) {
			return () -> {
				throw new InvalidSocketIoPropertyException(OnServerPortCondition.PROPERTY,
						environment.getProperty(OnServerPortCondition.PROPERTY),
						"the module 'spring-boot-reactor-netty' is needed", null);
			};
		}

	}

}
