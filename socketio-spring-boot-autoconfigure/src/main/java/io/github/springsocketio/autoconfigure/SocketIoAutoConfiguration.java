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

import java.time.Duration;
import java.util.Objects;

import io.github.springsocketio.autoconfigure.SocketIoProperties.Adapter;
import io.github.springsocketio.engineio.EngineConnectionHandler;
import io.github.springsocketio.engineio.EngineListener;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.SessionIdGenerator;
import io.github.springsocketio.engineio.SessionLocator;
import io.github.springsocketio.engineio.Timers;
import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.engineio.web.CookieValueEncoder;
import io.github.springsocketio.engineio.web.CorsOptionsResolver;
import io.github.springsocketio.engineio.web.CorsOriginResolver;
import io.github.springsocketio.engineio.web.EngineFilter;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.engineio.web.EngineWebOptions;
import io.github.springsocketio.engineio.web.Forwarding;
import io.github.springsocketio.engineio.web.HeadersListener;
import io.github.springsocketio.engineio.web.InitialHeadersListener;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketAuthenticator;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.adapter.AdapterFactory;
import io.github.springsocketio.socketio.annotation.AnnotatedHandlers;
import io.github.springsocketio.socketio.event.SocketEventPublisher;
import io.github.springsocketio.socketio.packet.JsonPacketParser;
import io.github.springsocketio.socketio.packet.MsgpackPacketParser;
import io.github.springsocketio.socketio.packet.PacketParser;
import io.github.springsocketio.socketio.packet.ParserOptions;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;
import org.springframework.util.Assert;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.WebSessionManager;

/**
 * Auto-configuration of a Socket.IO server, and of its endpoint in a reactive web
 * application or on its own port.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass({ SocketIoServer.class, WebFilter.class })
@Conditional(OnEndpointCondition.class)
@ConditionalOnBooleanProperty(name = "socketio.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SocketIoProperties.class)
@Import({ ReactorNettyConfiguration.class, ServerPortConfiguration.class, ForwardingConfiguration.class,
		ConstraintViolationConfiguration.class })
@ImportRuntimeHints(SocketIoRuntimeHints.class)
public final class SocketIoAutoConfiguration {

	private static final Log logger = LogFactory.getLog(SocketIoAutoConfiguration.class);

	private static final String SHUTDOWN_PHASE = "spring.lifecycle.timeout-per-shutdown-phase";

	@Bean
	@ConditionalOnMissingBean
	EngineOptions socketIoEngineOptions(SocketIoProperties properties, ObjectProvider<SessionIdGenerator> idGenerator,
			ObjectProvider<SessionLocator> sessionLocator, ObjectProvider<EngineOptionsCustomizer> customizers) {
		return EngineOptionsFactory.create(properties, idGenerator.getIfAvailable(), sessionLocator.getIfAvailable(),
				customizers.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean({ EngineServer.class, SocketIoServer.class })
	EngineServer socketIoEngineServer(EngineOptions options, ObjectProvider<Timers> timers) {
		Timers given = timers.getIfAvailable();
		return (given != null) ? EngineServer.create(options, given) : EngineServer.create(options);
	}

	@Bean
	@ConditionalOnMissingBean
	PacketParser socketIoPacketParser(SocketIoProperties properties, EngineOptions engineOptions,
			ObjectProvider<JsonMapper> jsonMapper) {
		JsonMapper mapper = jsonMapper.getIfAvailable(JsonMapper::shared);
		ParserOptions options = ParserOptionsFactory.create(properties.getParser(), engineOptions.maxHttpBufferSize());
		return switch (properties.getParser().getType()) {
			case JSON -> JsonPacketParser.create(mapper, options);
			case MSGPACK -> MsgpackPacketParser.create(mapper, options);
		};
	}

	@Bean
	@ConditionalOnMissingBean
	SocketIoOptions socketIoOptions(SocketIoProperties properties, PacketParser parser,
			ObjectProvider<AdapterFactory> adapterFactory, HandlerSupport handlerSupport,
			ObjectProvider<SocketAuthenticator> authenticators, ObjectProvider<SocketIoOptionsCustomizer> customizers) {
		SocketIoOptions.Builder options = SocketIoOptionsFactory
			.builder(properties, parser, authenticators.orderedStream().toList())
			.handlers(handlerSupport::configure);
		adapterFactory.ifAvailable(options::adapterFactory);
		Adapter.Type adapterType = properties.getAdapter().getType();
		if (adapterType != Adapter.Type.MEMORY && adapterFactory.stream().findAny().isEmpty()) {
			throw new InvalidSocketIoPropertyException("socketio.adapter.type", adapterType,
					"the module 'socketio-redis' and a connection to Redis are needed, such as that of "
							+ "'spring-boot-starter-data-redis'",
					null);
		}
		customizers.orderedStream().forEach((customizer) -> customizer.customize(options));
		return options.build();
	}

	@Bean
	HandlerSupport socketIoHandlerSupport(BeanFactory beanFactory, Environment environment) {
		return new HandlerSupport(beanFactory, environment);
	}

	@Bean
	AnnotatedHandlers socketIoAnnotatedHandlers(ApplicationContext context) {
		return new AnnotatedHandlers(context);
	}

	/**
	 * The {@link SocketIoServerLifecycle} closes the server, with a timeout.
	 */
	@Bean(destroyMethod = "")
	@ConditionalOnMissingBean
	SocketIoServer socketIoServer(EngineServer engine, SocketIoOptions options) {
		return SocketIoServer.create(engine, options);
	}

	@Bean
	@ConditionalOnMissingBean
	EngineWebOptions socketIoWebOptions(SocketIoProperties properties, ObjectProvider<CookieValueEncoder> encoder,
			ObjectProvider<CorsOriginResolver> originResolver, ObjectProvider<CorsOptionsResolver> optionsResolver,
			ObjectProvider<EngineWebOptionsCustomizer> customizers, Environment environment) {
		EngineWebOptions options = EngineWebOptionsFactory.create(properties, encoder.getIfAvailable(),
				originResolver.getIfAvailable(), optionsResolver.getIfAvailable(),
				customizers.orderedStream().toList());
		EngineWebOptionsFactory.warnings(options, environment).forEach(logger::warn);
		return options;
	}

	@Bean
	@ConditionalOnMissingBean
	SocketEventPublisher socketIoSocketEventPublisher(SocketIoServer server, ConfigurableApplicationContext context) {
		return new SocketEventPublisher(server, context);
	}

	@Bean
	SocketIoServerInitializer socketIoServerInitializer(SocketIoServer server,
			ObjectProvider<NamespaceConfigurer> configurers, ObjectProvider<EngineListener> engineListeners,
			ObjectProvider<EngineConnectionHandler> connectionHandler, EngineWebOptions webOptions) {
		return new SocketIoServerInitializer(server, configurers, engineListeners, connectionHandler, webOptions);
	}

	@Bean
	SocketIoServerLifecycle socketIoServerLifecycle(SocketIoServer server, SocketIoProperties properties,
			Environment environment) {
		PropertyToOption.set("shutdown-timeout", properties.getShutdownTimeout(),
				(timeout) -> Assert.isTrue(timeout.toMillis() > 0, "must be at least 1 ms"));
		Duration phase = shutdownPhase(environment);
		if (properties.getShutdownTimeout().compareTo(phase) >= 0) {
			logger.warn("Some sessions may not be closed when the application shuts down: 'socketio.shutdown-timeout' "
					+ "is not shorter than '" + SHUTDOWN_PHASE + "', which is " + phase.toMillis() + " ms");
		}
		return new SocketIoServerLifecycle(server, properties.getShutdownTimeout());
	}

	private static Duration shutdownPhase(Environment environment) {
		return Binder.get(environment).bind(SHUTDOWN_PHASE, Duration.class).orElse(Duration.ofSeconds(30));
	}

	@Bean
	ProcessMonitor socketIoProcessMonitor(ApplicationContext context, ObjectProvider<EventLoopMonitor> eventLoops,
			SocketIoProperties properties, Environment environment) {
		return new ProcessMonitor(context, eventLoops.getIfAvailable(), properties.isExitOnFatalError(),
				shutdownPhase(environment));
	}

	@Bean
	UnknownProperties socketIoUnknownProperties(ApplicationContext context) {
		return new UnknownProperties(context.getEnvironment(),
				Objects.requireNonNullElse(context.getClassLoader(), getClass().getClassLoader()));
	}

	/**
	 * The endpoint of a reactive application.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	static class ReactiveEndpointConfiguration {

		@Bean
		@ConditionalOnMissingBean
		EngineWebFilter socketIoWebFilter(SocketIoServer server, EngineWebOptions options, ApplicationContext context,
				ObjectProvider<EngineFilter> filters, ObjectProvider<AllowRequest> allowRequests,
				ObjectProvider<InitialHeadersListener> initialHeadersListeners,
				ObjectProvider<HeadersListener> headersListeners, ObjectProvider<WebSessionManager> webSessionManager,
				ObjectProvider<Forwarding> forwarding, SocketIoProperties properties) {
			if (properties.getCluster().isForward() && forwarding.getIfAvailable() == null) {
				throw new InvalidSocketIoPropertyException(ForwardingConfiguration.FORWARD, true,
						"needs Reactor Netty as the web server", null);
			}
			WebSessionManager sessions = webSessionManager.getIfAvailable();
			boolean ownPort = OnServerPortCondition.isSet(context.getEnvironment());
			return EngineWebFilter.builder(server.engine())
				.options(options)
				.webSessionManager((sessions instanceof DefaultWebSessionManager manager) ? manager : null)
				.condition((exchange) -> ownPort ? ServerPortFilter.isMarked(exchange) : isServedBy(context, exchange))
				.filters(filters.orderedStream().toList())
				.allowRequests(allowRequests.orderedStream().toList())
				.initialHeadersListeners(initialHeadersListeners.orderedStream().toList())
				.headersListeners(headersListeners.orderedStream().toList())
				.forwarding(forwarding.getIfAvailable())
				.build();
		}

		@Bean
		WebSessionIdFilter socketIoWebSessionIdFilter(SocketIoServer server) {
			return new WebSessionIdFilter(server);
		}

		/**
		 * Return whether a request arrived at the web server of this context. A
		 * management port has a separate web server with a child context, which inherits
		 * the filters.
		 */
		private static boolean isServedBy(ApplicationContext context, ServerWebExchange exchange) {
			ApplicationContext serving = exchange.getApplicationContext();
			return serving == null || serving == context;
		}

	}

}
