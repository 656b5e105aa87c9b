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

import io.github.springsocketio.servlet.HttpSessions;
import io.github.springsocketio.socketio.SocketIoServer;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Disconnects the sockets of a session that is invalidated, such as by a logout, and
 * handles changes of the session id, such as by a login. Expired sessions are not handled
 * here: the server detects them by its checks, and notifies the clients before it
 * disconnects them. The server is looked up lazily, because the container is started
 * before most beans are created.
 */
final class SocketIoHttpSessionListener implements HttpSessionListener, HttpSessionIdListener {

	private final ObjectProvider<SocketIoServer> server;

	SocketIoHttpSessionListener(ObjectProvider<SocketIoServer> server) {
		this.server = server;
	}

	@Override
	public void sessionDestroyed(HttpSessionEvent event) {
		if (!isExpired(event.getSession())) {
			this.server.ifAvailable((io) -> io.disconnectSession(event.getSession().getId()));
		}
	}

	private static boolean isExpired(HttpSession session) {
		try {
			return HttpSessions.isIdle(session);
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

	@Override
	public void sessionIdChanged(HttpSessionEvent event, String previousId) {
		this.server.ifAvailable((io) -> io.changeSessionId(previousId, event.getSession().getId()));
	}

}
