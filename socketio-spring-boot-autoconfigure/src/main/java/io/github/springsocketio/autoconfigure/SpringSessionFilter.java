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
 * Tells the server what requests do to sessions of Spring Session, of which the container
 * knows nothing: the end of a session, and a change of its id. Behind the filter of
 * Spring Session, ahead of all others that have to do with sessions.
 */
final class SpringSessionFilter extends OncePerRequestFilter {

	private final ObjectProvider<SocketIoServer> server;

	SpringSessionFilter(ObjectProvider<SocketIoServer> server) {
		this.server = server;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		FollowedRequest followed = new FollowedRequest(request);
		try {
			chain.doFilter(followed, response);
		}
		finally {
			followed.end();
		}
	}

	/**
	 * A request whose session is followed.
	 */
	private final class FollowedRequest extends HttpServletRequestWrapper {

		/** The id of the session that the request was seen to have. */
		private @Nullable String id;

		FollowedRequest(HttpServletRequest request) {
			super(request);
		}

		@Override
		public HttpSession getSession() {
			HttpSession session = super.getSession();
			follow(session);
			return session;
		}

		@Override
		public @Nullable HttpSession getSession(boolean create) {
			HttpSession session = super.getSession(create);
			follow(session);
			return session;
		}

		private void follow(@Nullable HttpSession session) {
			String current = (session != null) ? session.getId() : null;
			String previous = this.id;
			this.id = current;
			if (previous != null && !previous.equals(current)) {
				SpringSessionFilter.this.server.ifAvailable((io) -> io.disconnectSession(previous));
			}
		}

		@Override
		public String changeSessionId() {
			follow(super.getSession(false));
			String previous = this.id;
			String changed = super.changeSessionId();
			this.id = changed;
			if (previous != null) {
				SpringSessionFilter.this.server.ifAvailable((io) -> io.changeSessionId(previous, changed));
			}
			return changed;
		}

		/**
		 * The filters behind have returned.
		 */
		void end() {
			if (this.id != null) {
				follow(super.getSession(false));
			}
		}

	}

}
