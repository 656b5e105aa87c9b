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

import io.github.springsocketio.socketio.SocketIoServer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.events.SessionDeletedEvent;
import org.springframework.session.web.server.session.SpringSessionWebSessionStore;
import org.springframework.web.server.session.DefaultWebSessionManager;

/**
 * Auto-configuration of Spring Session for a server with its own port in a servlet
 * application: requests to this port have the sessions and the users of the application.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "org.springframework.boot.session.autoconfigure.SessionAutoConfiguration",
		after = SocketIoAutoConfiguration.class)
@ConditionalOnClass({ SocketIoServer.class, SpringSessionWebSessionStore.class })
@ConditionalOnWebApplication(type = Type.SERVLET)
@Conditional(OnServerPortCondition.class)
@ConditionalOnBooleanProperty(name = "socketio.enabled", matchIfMissing = true)
@ConditionalOnBean(SessionRepository.class)
public final class SocketIoSpringSessionAutoConfiguration {

	@Bean
	<S extends Session> DefaultWebSessionManager socketIoSessionManager(SessionRepository<S> repository,
			SocketIoServerProperties properties, Environment environment) {
		String name = properties.getSessionCookie();
		DefaultWebSessionManager manager = new DefaultWebSessionManager();
		manager.setSessionIdResolver(new SessionCookieIds(
				(name != null) ? name : environment.getProperty("server.servlet.session.cookie.name", "SESSION")));
		manager.setSessionStore(new SpringSessionWebSessionStore<>(new BlockingSessionRepository<>(repository)));
		return manager;
	}

	/**
	 * Not all repositories publish these events. The server also detects deleted sessions
	 * by its checks.
	 */
	@Bean
	ApplicationListener<SessionDeletedEvent> socketIoSessionDeletedListener(SocketIoServer server) {
		return (event) -> server.disconnectSession(event.getSessionId());
	}

	/**
	 * Configuration of the users of Spring Security.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SecurityContext.class)
	static class SecurityConfiguration {

		@Bean
		SessionPrincipalFilter socketIoSessionPrincipalFilter(DefaultWebSessionManager socketIoSessionManager) {
			return new SessionPrincipalFilter(socketIoSessionManager);
		}

	}

}
