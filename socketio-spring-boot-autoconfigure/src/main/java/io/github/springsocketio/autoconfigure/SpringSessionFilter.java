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

import java.io.IOException;

import io.github.springsocketio.socketio.SocketIoServer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Notifies the server when a request ends a session of Spring Session or changes its id,
 * because listeners of the container are not notified of these sessions. The filter is
 * ordered after the filter of Spring Session, and before all other filters that use
 * sessions.
 */
final class SpringSessionFilter extends OncePerRequestFilter {

	private final ObjectProvider<SocketIoServer> server;

	SpringSessionFilter(ObjectProvider<SocketIoServer> server) {
		this.server = server;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		TrackedRequest tracked = new TrackedRequest(request);
		try {
			chain.doFilter(tracked, response);
		}
		finally {
			tracked.end();
		}
	}

	/**
	 * A request that tracks changes of its session.
	 */
	private final class TrackedRequest extends HttpServletRequestWrapper {

		/** The last known id of the session. */
		private @Nullable String id;

		TrackedRequest(HttpServletRequest request) {
			super(request);
		}

		@Override
		public HttpSession getSession() {
			HttpSession session = super.getSession();
			track(session);
			return session;
		}

		@Override
		public @Nullable HttpSession getSession(boolean create) {
			HttpSession session = super.getSession(create);
			track(session);
			return session;
		}

		private void track(@Nullable HttpSession session) {
			String current = (session != null) ? session.getId() : null;
			String previous = this.id;
			this.id = current;
			if (previous != null && !previous.equals(current)) {
				SpringSessionFilter.this.server.ifAvailable((io) -> io.disconnectSession(previous));
			}
		}

		@Override
		public String changeSessionId() {
			track(super.getSession(false));
			String previous = this.id;
			String changed = super.changeSessionId();
			this.id = changed;
			if (previous != null) {
				SpringSessionFilter.this.server.ifAvailable((io) -> io.changeSessionId(previous, changed));
			}
			return changed;
		}

		/**
		 * Check the session after the following filters have returned.
		 */
		void end() {
			if (this.id != null) {
				track(super.getSession(false));
			}
		}

	}

}
