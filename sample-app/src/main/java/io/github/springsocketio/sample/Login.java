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

package io.github.springsocketio.sample;

import io.github.springsocketio.socketio.RemoteSocket;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.web.server.WebSession;

/**
 * What {@link HandshakeConfiguration#members} has learned from the session cookie. It is
 * left on the exchange of the handshake, where the handlers of the sockets find it.
 *
 * @param member who is logged in
 * @param session the session that was found
 */
record Login(Member member, WebSession session) {

	/**
	 * Name of the session's attribute that holds the {@link Member}.
	 */
	static final String MEMBER = "member";

	/**
	 * Name of the exchange's attribute that holds the {@link Login}.
	 */
	static final String ATTRIBUTE = Login.class.getName();

	static @Nullable Login of(WebSession session) {
		Member member = session.getAttribute(MEMBER);
		return (member != null) ? new Login(member, session) : null;
	}

	static @Nullable Login of(RemoteSocket socket) {
		return (Login) socket.handshake().attributes().get(ATTRIBUTE);
	}

	/**
	 * Return who is behind a socket that was let into the chat.
	 * @param socket the socket
	 * @return the member
	 */
	static Member member(RemoteSocket socket) {
		Login login = of(socket);
		Assert.state(login != null, "Not logged in");
		return login.member();
	}

	/**
	 * Return whether the user of a socket has logged out while it was being connected,
	 * when the logout did not find it.
	 * @param socket the socket
	 * @return whether the session of the handshake is gone
	 */
	static boolean isLoggedOut(RemoteSocket socket) {
		Login login = of(socket);
		return login != null && !login.isLive();
	}

	/**
	 * Whether the user has not logged out since the handshake.
	 * @return whether the session still is that of the member
	 */
	boolean isLive() {
		return !this.session.isExpired() && this.member.equals(this.session.getAttribute(MEMBER));
	}

}
