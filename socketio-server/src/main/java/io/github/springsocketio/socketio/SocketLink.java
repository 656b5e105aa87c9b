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

package io.github.springsocketio.socketio;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * The link between a socket and its client: the connection, the handshake, and the state
 * that depends on them. Replaced as a whole when the client reconnects.
 */
final class SocketLink {

	private final Client client;

	private final Handshake handshake;

	private volatile @Nullable Context context;

	private volatile @Nullable AuthenticationExpiry expiry;

	private volatile boolean renewing;

	SocketLink(Client client, Handshake handshake) {
		this.client = client;
		this.handshake = handshake;
	}

	Client client() {
		return this.client;
	}

	Handshake handshake() {
		return this.handshake;
	}

	/**
	 * Return the Reactor context for publishers of the application for a socket.
	 */
	Context reactorContext(DefaultSocket socket) {
		Context result = this.context;
		if (result == null) {
			result = socket.namespace().server().reactorContext(socket);
			this.context = result;
		}
		return result;
	}

	/**
	 * Remove the socket from the client. From any thread.
	 */
	void leave(DefaultSocket socket) {
		unwatchExpiry();
		this.client.remove(socket, this.handshake);
	}

	// The authentication, in the turn of the session

	/**
	 * Watch the expiry of the authentication.
	 */
	void watchExpiry(DefaultSocket socket) {
		if (this.handshake instanceof DefaultHandshake own && own.authentication() != null) {
			unwatchExpiry();
			this.expiry = AuthenticationExpiry.watch(socket, own.authentication());
			if (!socket.isActive()) {
				unwatchExpiry();
			}
		}
	}

	private void unwatchExpiry() {
		AuthenticationExpiry current = this.expiry;
		if (current != null) {
			current.cancel();
		}
	}

	/**
	 * Start to renew the authentication.
	 * @return {@code false} if a renewal is in progress
	 */
	boolean tryRenew() {
		boolean result = !this.renewing;
		this.renewing = true;
		return result;
	}

	void endRenewal() {
		this.renewing = false;
	}

	/**
	 * Replace the authentication. Code of the application that is called from now on
	 * receives the new one.
	 */
	void renew(DefaultSocket socket, SocketAuthentication authentication) {
		if (this.handshake instanceof DefaultHandshake own) {
			own.authenticated(authentication);
			this.context = null;
			watchExpiry(socket);
		}
	}

}
