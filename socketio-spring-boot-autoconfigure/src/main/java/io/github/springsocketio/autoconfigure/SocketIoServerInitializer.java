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

import java.util.stream.Collectors;

import io.github.springsocketio.engineio.EngineConnectionHandler;
import io.github.springsocketio.engineio.EngineListener;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.engineio.web.EngineWebOptions;
import io.github.springsocketio.engineio.web.SessionCookieOptions;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketIoServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Calls the beans that configure the server, after all singletons have been created and
 * before the web server accepts connections. These beans and their dependencies can
 * therefore inject the server. Then logs the configuration of the server. An
 * {@link EngineConnectionHandler} bean replaces Socket.IO.
 */
final class SocketIoServerInitializer implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(SocketIoServerInitializer.class);

	private final SocketIoServer server;

	private final ObjectProvider<NamespaceConfigurer> configurers;

	private final ObjectProvider<EngineListener> engineListeners;

	private final ObjectProvider<EngineConnectionHandler> connectionHandler;

	private final EngineWebOptions webOptions;

	SocketIoServerInitializer(SocketIoServer server, ObjectProvider<NamespaceConfigurer> configurers,
			ObjectProvider<EngineListener> engineListeners, ObjectProvider<EngineConnectionHandler> connectionHandler,
			EngineWebOptions webOptions) {
		this.server = server;
		this.configurers = configurers;
		this.engineListeners = engineListeners;
		this.connectionHandler = connectionHandler;
		this.webOptions = webOptions;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.connectionHandler.ifAvailable(this.server.engine()::setConnectionHandler);
		this.engineListeners.orderedStream().forEach(this.server.engine()::addListener);
		this.configurers.orderedStream().forEach((configurer) -> configurer.configure(this.server));
		SessionCookieOptions cookie = this.webOptions.cookie();
		logger.info("Socket.IO on path '" + this.webOptions.path() + "', transports " + transports() + ", "
				+ ((cookie != null) ? "cookie '" + cookie.name() + "'" : "no cookie") + ": " + this.server);
	}

	private String transports() {
		return this.server.engine()
			.options()
			.transports()
			.stream()
			.sorted()
			.map(TransportType::text)
			.collect(Collectors.joining(", "));
	}

}
