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

package io.github.springsocketio.autoconfigure.security;

import io.github.springsocketio.autoconfigure.SocketIoAutoConfiguration;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.socketio.SocketIoServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtAuthenticationConverter;
import org.springframework.web.server.WebFilter;

/**
 * Auto-configuration of a Socket.IO server with Spring Security: applies CORS ahead of
 * it, propagates the user to handlers, disconnects sockets on logout, and authenticates
 * sockets by the bearer tokens of their auth payloads.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SocketIoAutoConfiguration.class,
		afterName = "org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration")
@ConditionalOnClass(value = { SocketIoServer.class, WebFilter.class },
		name = "org.springframework.security.web.server.WebFilterChainProxy")
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnBean(EngineWebFilter.class)
public final class SocketIoSecurityAutoConfiguration {

	/** The order of Spring Security's own filter is -100. */
	private static final int BEFORE_SECURITY = -110;

	@Bean
	@Order(BEFORE_SECURITY)
	WebFilter socketIoCorsFilter(EngineWebFilter filter) {
		return filter.corsFilter();
	}

	@Bean
	@ConditionalOnMissingBean
	SocketIoServerLogoutHandler socketIoServerLogoutHandler(SocketIoServer server) {
		return new SocketIoServerLogoutHandler(server);
	}

	@Bean
	@ConditionalOnMissingBean
	SecurityContextCustomizer socketIoSecurityContextCustomizer() {
		return new SecurityContextCustomizer();
	}

	/**
	 * Configuration of the logout of all {@code SecurityWebFilterChain}s.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ServerHttpSecurity.class)
	static class LogoutConfiguration {

		/**
		 * Applied by Spring Security to each {@link ServerHttpSecurity}, before the
		 * application configures it.
		 */
		@Bean
		Customizer<LogoutSpec> socketIoLogoutCustomizer(SocketIoServerLogoutHandler disconnect) {
			return (logout) -> logout.logoutHandler((handlers) -> handlers.add(0, disconnect));
		}

	}

	/**
	 * Configuration of tokens of OAuth 2.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ BearerTokenAuthenticationToken.class, ReactiveJwtDecoder.class })
	static class TokenConfiguration {

		@Bean
		@ConditionalOnBean(ReactiveJwtDecoder.class)
		@ConditionalOnMissingBean
		@ConditionalOnBooleanProperty(name = "socketio.security.bearer-token.enabled", matchIfMissing = true)
		BearerTokenSocketAuthenticator socketIoBearerTokenAuthenticator(ReactiveJwtDecoder decoder,
				ObjectProvider<ReactiveJwtAuthenticationConverter> converter) {
			JwtReactiveAuthenticationManager manager = new JwtReactiveAuthenticationManager(decoder);
			converter.ifAvailable(manager::setJwtAuthenticationConverter);
			return new BearerTokenSocketAuthenticator(manager);
		}

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		RequestTokenAuthenticator socketIoRequestTokenAuthenticator() {
			return new RequestTokenAuthenticator();
		}

	}

}
