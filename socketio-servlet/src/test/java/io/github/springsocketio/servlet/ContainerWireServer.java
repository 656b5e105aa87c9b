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

import java.io.IOException;
import java.nio.file.Path;
import java.security.Principal;

import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint in a servlet container.
 */
final class ContainerWireServer implements WireServer {

	private final ServletContainer container;

	ContainerWireServer(ServletContainer container) {
		this.container = container;
	}

	@Override
	public void start(EngineServer engine, EngineWebFilter.Builder endpoint, String contextPath, Path directory)
			throws Exception {
		endpoint.webSocketService(new ServletWebSocketService(engine, false));
		this.container.start(new EngineServlet(endpoint.build()), contextPath, new FilterAhead(), directory);
	}

	@Override
	public int port() {
		return this.container.port();
	}

	@Override
	public void close() throws Exception {
		this.container.close();
	}

	private static final class FilterAhead extends HttpFilter {

		private static final long serialVersionUID = 1L;

		@Override
		protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			response.addHeader("Set-Cookie", "filter=1");
			response.setHeader("Cache-Control", "private");
			String user = request.getHeader("X-User");
			chain.doFilter((user != null) ? new UserRequest(request, user) : request, response);
		}

	}

	private static final class UserRequest extends HttpServletRequestWrapper {

		private final String user;

		UserRequest(HttpServletRequest request, String user) {
			super(request);
			this.user = user;
		}

		@Override
		public @Nullable Principal getUserPrincipal() {
			return () -> this.user;
		}

	}

}
