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

import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.socketio.SocketIoServer;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.WebFilter;

/**
 * Applies CORS ahead of Spring Security, and passes the user on.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.security.web.server.WebFilterChainProxy")
class SecurityConfiguration {

	/** Spring Security's own filter has -100. */
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

}
