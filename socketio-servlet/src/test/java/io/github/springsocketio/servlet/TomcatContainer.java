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

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.apache.tomcat.websocket.server.WsSci;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat.
 */
final class TomcatContainer implements ServletContainer {

	private final Tomcat tomcat = new Tomcat();

	private final boolean virtualThreads;

	TomcatContainer() {
		this(false);
	}

	TomcatContainer(boolean virtualThreads) {
		this.virtualThreads = virtualThreads;
	}

	@Override
	public void start(HttpServlet servlet, String contextPath, @Nullable Filter filter, Path directory)
			throws LifecycleException {
		this.tomcat.setBaseDir(directory.toString());
		this.tomcat.setHostname("localhost");
		this.tomcat.setPort(0);
		Context context = this.tomcat.addContext(contextPath, directory.toString());
		context.addServletContainerInitializer(new WsSci(), null);
		if (filter != null) {
			FilterDef definition = new FilterDef();
			definition.setFilterName("filter");
			definition.setFilter(filter);
			definition.setAsyncSupported("true");
			context.addFilterDef(definition);
			FilterMap map = new FilterMap();
			map.setFilterName("filter");
			map.addURLPattern("/*");
			context.addFilterMap(map);
		}
		Tomcat.addServlet(context, "endpoint", servlet).setAsyncSupported(true);
		context.addServletMappingDecoded("/socket.io/*", "endpoint");
		// Otherwise it closes each connection after 100 requests
		this.tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
		if (this.virtualThreads) {
			this.tomcat.getConnector().getProtocolHandler().setExecutor(new VirtualThreadExecutor("tomcat-"));
		}
		this.tomcat.start();
	}

	@Override
	public int port() {
		return this.tomcat.getConnector().getLocalPort();
	}

	@Override
	public void close() throws LifecycleException {
		this.tomcat.stop();
		this.tomcat.destroy();
	}

}
