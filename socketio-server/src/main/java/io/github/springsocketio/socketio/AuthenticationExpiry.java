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

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.github.springsocketio.engineio.Timers;
import org.jspecify.annotations.Nullable;

/**
 * The expiry of the authentication of a socket. The client is notified before, and the
 * socket is disconnected afterwards, unless the client renews its authentication.
 */
final class AuthenticationExpiry {

	/** The event that notifies a client of the expiry. */
	static final String EVENT = "auth:expiring";

	/**
	 * The maximum delay of the timer, so that changes of the system clock take effect.
	 */
	private static final Duration MAX_DELAY = Duration.ofHours(1);

	private final DefaultSocket socket;

	private final Instant expiresAt;

	private final Duration grace;

	private volatile boolean canceled;

	private volatile Timers.@Nullable Timeout timeout;

	private AuthenticationExpiry(DefaultSocket socket, Instant expiresAt) {
		this.socket = socket;
		this.expiresAt = expiresAt;
		this.grace = options().expiryGrace();
	}

	/**
	 * Watch the expiry of an authentication.
	 * @return the watch, or {@code null} if the authentication does not expire
	 */
	static @Nullable AuthenticationExpiry watch(DefaultSocket socket, @Nullable SocketAuthentication authentication) {
		Instant expiresAt = (authentication != null) ? authentication.expiresAt() : null;
		if (expiresAt == null || expiresAt.isAfter(Instant.now().plus(Duration.ofDays(36_500)))) {
			return null;
		}
		AuthenticationExpiry expiry = new AuthenticationExpiry(socket, expiresAt);
		expiry.schedule(expiresAt.minus(expiry.options().expiryNotice()), expiry::notifyClient);
		return expiry;
	}

	private SecurityOptions options() {
		return this.socket.namespace().server().options().security();
	}

	private void schedule(Instant time, Runnable step) {
		Duration delay = Duration.between(Instant.now(), time);
		boolean isLast = delay.compareTo(MAX_DELAY) <= 0;
		Runnable task = isLast ? () -> this.socket.execute(step) : () -> schedule(time, step);
		this.timeout = this.socket.namespace().server().schedule(isLast ? delay : MAX_DELAY, task);
		if (this.canceled) {
			cancel();
		}
	}

	private void notifyClient() {
		if (this.canceled) {
			return;
		}
		Instant end = this.expiresAt.plus(this.grace);
		schedule(end, this::disconnect);
		this.socket.emit(EVENT, payload(this.expiresAt, Duration.between(Instant.now(), end)));
	}

	/**
	 * Return the argument of the event that notifies a client of the expiry.
	 */
	static Map<String, Object> payload(Instant expiresAt, Duration disconnectIn) {
		return Map.of("expiresAt", expiresAt.toEpochMilli(), "disconnectIn", Math.max(0, disconnectIn.toMillis()));
	}

	private void disconnect() {
		if (!this.canceled) {
			this.socket.end(DisconnectReason.SERVER_NAMESPACE_DISCONNECT, "authentication expired", true);
		}
	}

	void cancel() {
		this.canceled = true;
		Timers.Timeout current = this.timeout;
		if (current != null) {
			current.cancel();
		}
	}

}
