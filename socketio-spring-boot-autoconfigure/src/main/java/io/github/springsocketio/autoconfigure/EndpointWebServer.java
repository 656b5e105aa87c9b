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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * The web server for the separate port of the endpoint. It starts after the web server of
 * the application, and stops after the sessions have been closed. The shutdown is
 * graceful unless {@code server.shutdown} disables this.
 */
final class EndpointWebServer implements SmartLifecycle, DisposableBean {

	private static final String PORTS = "server.ports";

	private final ConfigurableApplicationContext context;

	private final Supplier<WebServer> factory;

	private final AtomicReference<@Nullable WebServer> server = new AtomicReference<>();

	/**
	 * Create an instance.
	 * @param context the context for the events and the environment
	 * @param factory creates the server without starting it
	 */
	EndpointWebServer(ConfigurableApplicationContext context, Supplier<WebServer> factory) {
		this.context = context;
		this.factory = factory;
	}

	@Override
	public void start() {
		WebServer created = this.factory.get();
		created.start();
		this.server.set(created);
		setPort(created.getPort());
		this.context.publishEvent(new SocketIoServerInitializedEvent(created));
	}

	/**
	 * Add the port to the property source in which Spring Boot sets the ports of its
	 * servers.
	 */
	@SuppressWarnings("unchecked")
	private void setPort(int port) {
		MutablePropertySources sources = this.context.getEnvironment().getPropertySources();
		PropertySource<?> source = sources.get(PORTS);
		if (source == null) {
			source = new MapPropertySource(PORTS, new LinkedHashMap<>());
			sources.addFirst(source);
		}
		((Map<String, Object>) source.getSource()).put("local.socketio.port", port);
	}

	@Override
	public void stop() {
		WebServer current = this.server.getAndSet(null);
		if (current != null) {
			current.stop();
		}
	}

	@Override
	public void stop(Runnable callback) {
		WebServer current = this.server.get();
		if (current == null) {
			callback.run();
			return;
		}
		current.shutDownGracefully((result) -> {
			try {
				stop();
			}
			finally {
				callback.run();
			}
		});
	}

	/**
	 * Stop a server whose graceful shutdown has not ended in time.
	 */
	@Override
	public void destroy() {
		stop();
	}

	@Override
	public boolean isRunning() {
		return this.server.get() != null;
	}

	@Override
	public int getPhase() {
		return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

}
