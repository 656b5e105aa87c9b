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
import java.util.Map;

import io.github.springsocketio.engineio.EngineServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.server.ServerWebExchange;

/**
 * Upgrades requests of an {@link EngineServlet} to websockets of the servlet container.
 * It does not change the defaults of the container, which apply to the endpoints of the
 * application: it reads messages in parts, and checks the maximum size of a message when
 * a part arrives.
 *
 * @since 0.1.0
 */
public final class ServletWebSocketService implements WebSocketService {

	private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";

	private final int maxMessageSize;

	private final boolean compression;

	/**
	 * Create a service.
	 * @param engine the engine, whose options contain the maximum size of a message
	 * @param compression whether the container may compress messages; the container
	 * determines the parameters
	 */
	public ServletWebSocketService(EngineServer engine, boolean compression) {
		Assert.notNull(engine, "'engine' must not be null");
		this.maxMessageSize = engine.options().maxHttpBufferSize();
		this.compression = compression;
	}

	@Override
	public Mono<Void> handleRequest(ServerWebExchange exchange, WebSocketHandler handler) {
		ServletExchange current = ServletExchange.of(exchange);
		Assert.state(current != null, "Not a request to the EngineServlet");
		return current.response().upgrade(() -> upgrade(current, handler));
	}

	private void upgrade(ServletExchange exchange, WebSocketHandler handler) throws IOException {
		HttpServletRequest request = exchange.request();
		HttpServletResponse response = exchange.response().getNativeResponse();
		ServerContainer container = (ServerContainer) request.getServletContext().getAttribute(CONTAINER);
		Assert.state(container != null, "The servlet container has no support for websockets");
		try {
			container.upgradeHttpToWebSocket(new UnassociatedRequest(request), response, config(request, handler),
					Map.of());
		}
		catch (DeploymentException ex) {
			throw new IllegalStateException("The upgrade to a websocket has failed", ex);
		}
	}

	private ServerEndpointConfig config(HttpServletRequest request, WebSocketHandler handler) {
		WebSocketEndpoint endpoint = new WebSocketEndpoint(handler, this.maxMessageSize);
		String path = request.getContextPath() + request.getServletPath();
		return ServerEndpointConfig.Builder.create(WebSocketEndpoint.class, path.isEmpty() ? "/" : path)
			.subprotocols(handler.getSubProtocols())
			.configurator(new EndpointConfigurator(endpoint, this.compression))
			.build();
	}

}
