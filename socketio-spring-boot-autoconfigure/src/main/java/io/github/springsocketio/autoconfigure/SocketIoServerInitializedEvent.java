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

import org.springframework.boot.web.server.WebServer;
import org.springframework.context.ApplicationEvent;

/**
 * Published when the Socket.IO server accepts connections on its own port, which the
 * property {@code socketio.server.port} configures. The environment then contains the
 * port as {@code local.socketio.port}.
 *
 * @since 0.1.0
 */
public final class SocketIoServerInitializedEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	SocketIoServerInitializedEvent(WebServer webServer) {
		super(webServer);
	}

	/**
	 * Return the web server of the port.
	 * @return the web server
	 */
	public WebServer getWebServer() {
		return (WebServer) getSource();
	}

}
