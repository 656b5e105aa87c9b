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
import io.github.springsocketio.socketio.SocketIoServer;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;

/**
 * Auto-configuration of Spring Security for annotated handlers: arguments, the security
 * context of threads for blocking code, and method security for methods that do not
 * return a publisher.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = SocketIoAutoConfiguration.class)
@ConditionalOnClass({ SocketIoServer.class, ReactiveSecurityContextHolder.class })
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty(name = "socketio.enabled", matchIfMissing = true)
@ImportRuntimeHints(HandlerSecurityRuntimeHints.class)
public final class HandlerSecurityAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SecurityThreadContext socketIoSecurityThreadContext() {
		return new SecurityThreadContext();
	}

	@Bean
	AuthenticationArgumentResolver socketIoAuthenticationArgumentResolver(BeanFactory beanFactory) {
		return new AuthenticationArgumentResolver(beanFactory);
	}

	@Bean
	@ConditionalOnMissingBean
	MethodSecurityInterceptorFactory socketIoMethodSecurityInterceptorFactory(SecurityThreadContext threadContext) {
		return new MethodSecurityInterceptorFactory(threadContext);
	}

}
