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

package io.github.springsocketio.servlet;

import java.nio.file.Path;
import java.util.EnumSet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.servlet.SessionHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Jetty.
 */
final class JettyContainer implements ServletContainer {

	private final Server server;

	private final ServerConnector connector;

	JettyContainer() {
		this(false);
	}

	JettyContainer(boolean virtualThreads) {
		QueuedThreadPool threads = new QueuedThreadPool();
		if (virtualThreads) {
			threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
		}
		this.server = new Server(threads);
		this.connector = new ServerConnector(this.server);
	}

	@Override
	public void start(HttpServlet servlet, String contextPath, @Nullable Filter filter, Path directory)
			throws Exception {
		this.server.addConnector(this.connector);
		ServletContextHandler context = new ServletContextHandler(contextPath.isEmpty() ? "/" : contextPath);
		context.setSessionHandler(new SessionHandler());
		JakartaWebSocketServletContainerInitializer.configure(context, null);
		if (filter != null) {
			FilterHolder holder = new FilterHolder(filter);
			holder.setAsyncSupported(true);
			context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
		}
		ServletHolder holder = new ServletHolder(servlet);
		holder.setAsyncSupported(true);
		context.addServlet(holder, "/socket.io/*");
		this.server.setHandler(context);
		this.server.start();
	}

	@Override
	public int port() {
		return this.connector.getLocalPort();
	}

	@Override
	public void close() throws Exception {
		this.server.stop();
	}

}
