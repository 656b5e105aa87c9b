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

import io.github.springsocketio.autoconfigure.SocketIoServletAutoConfiguration;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.engineio.web.EngineWebOptions;
import io.github.springsocketio.servlet.EngineCorsFilter;
import io.github.springsocketio.servlet.EngineServlet;
import io.github.springsocketio.socketio.SocketIoServer;
import jakarta.servlet.Servlet;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.ReactiveAuthenticationManagerAdapter;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/**
 * Auto-configuration of a Socket.IO server with Spring Security in a servlet application:
 * applies CORS ahead of it, propagates the user to handlers, and authenticates sockets by
 * the bearer tokens of their auth payloads.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SocketIoServletAutoConfiguration.class,
		afterName = "org.springframework.boot.security.oauth2.server.resource.autoconfigure.servlet.OAuth2ResourceServerAutoConfiguration")
@ConditionalOnClass(value = { SocketIoServer.class, EngineServlet.class, Servlet.class },
		name = "org.springframework.security.web.FilterChainProxy")
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnBean(EngineWebFilter.class)
public final class SocketIoServletSecurityAutoConfiguration {

	/** The order of Spring Security's own filter is -100. */
	private static final int BEFORE_SECURITY = -110;

	@Bean
	@ConditionalOnBean(name = "socketIoServlet")
	FilterRegistrationBean<EngineCorsFilter> socketIoCorsFilter(EngineWebFilter endpoint, EngineWebOptions options) {
		FilterRegistrationBean<EngineCorsFilter> registration = new FilterRegistrationBean<>(
				new EngineCorsFilter(endpoint));
		registration.setOrder(BEFORE_SECURITY);
		registration.addUrlPatterns(EngineServlet.urlPattern(options));
		registration.setAsyncSupported(true);
		return registration;
	}

	@Bean
	@ConditionalOnMissingBean
	SecurityContextCustomizer socketIoSecurityContextCustomizer() {
		return new SecurityContextCustomizer();
	}

	/**
	 * Configuration of tokens of OAuth 2. They are validated on threads that may block.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ BearerTokenAuthenticationToken.class, JwtDecoder.class })
	static class TokenConfiguration {

		@Bean
		@ConditionalOnBean(JwtDecoder.class)
		@ConditionalOnMissingBean
		@ConditionalOnBooleanProperty(name = "socketio.security.bearer-token.enabled", matchIfMissing = true)
		BearerTokenSocketAuthenticator socketIoBearerTokenAuthenticator(JwtDecoder decoder,
				ObjectProvider<JwtAuthenticationConverter> converter) {
			JwtAuthenticationProvider provider = new JwtAuthenticationProvider(decoder);
			converter.ifAvailable(provider::setJwtAuthenticationConverter);
			return new BearerTokenSocketAuthenticator(
					new ReactiveAuthenticationManagerAdapter(new ProviderManager(provider)));
		}

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		RequestTokenAuthenticator socketIoRequestTokenAuthenticator() {
			return new RequestTokenAuthenticator();
		}

	}

}
