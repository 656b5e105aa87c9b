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
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of servlet applications without the module {@code socketio-servlet},
 * which contains the endpoint for them. It logs a warning at startup.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass(SocketIoServer.class)
@ConditionalOnMissingClass("io.github.springsocketio.servlet.EngineServlet")
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnBooleanProperty(name = "socketio.enabled", matchIfMissing = true)
public final class SocketIoServletApplicationAutoConfiguration {

	private static final Log logger = LogFactory.getLog(SocketIoServletApplicationAutoConfiguration.class);

	@Bean
	InitializingBean socketIoServletApplicationWarning() {
		return () -> logger.warn("The Socket.IO server is not available in this servlet application. "
				+ MissingSocketIoServerFailureAnalyzer.APPLICATION_NEEDED
				+ " Set 'socketio.enabled' to false to switch off this warning.");
	}

}
