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

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import jakarta.servlet.http.HttpSession;
import reactor.core.publisher.Mono;

import org.springframework.web.server.WebSession;

/**
 * An {@code HttpSession} as a {@code WebSession}. It has the id of the session at the
 * creation of this object. The attributes are those of the {@code HttpSession} itself, so
 * they do not have to be saved.
 */
final class ServletWebSession implements WebSession {

	private final HttpSession session;

	private final String id;

	private final boolean ofContainer;

	private final Map<String, Object> attributes;

	ServletWebSession(HttpSession session) {
		this.session = session;
		this.ofContainer = isOfContainer(session);
		this.id = session.getId();
		this.attributes = new SessionAttributes(session);
	}

	private static boolean isOfContainer(HttpSession session) {
		try {
			session.getAccessor();
			return true;
		}
		catch (UnsupportedOperationException ex) {
			return false;
		}
	}

	/**
	 * Return whether the container manages the session. Other sessions, such as those of
	 * Spring Session, are copies for a single request, which do not reflect later
	 * changes.
	 */
	boolean isOfContainer() {
		return this.ofContainer;
	}

	/**
	 * Return whether the session is neither invalidated nor expired.
	 */
	boolean isValid() {
		try {
			return !HttpSessions.isIdle(this.session);
		}
		catch (IllegalStateException ex) {
			// It was invalidated
			return false;
		}
	}

	/**
	 * Update the time of the last access to the session, as a request does.
	 */
	void access() {
		try {
			this.session.getAccessor().access((current) -> {
			});
		}
		catch (IllegalStateException ex) {
			// The session was invalidated concurrently
		}
	}

	@Override
	public String getId() {
		return this.id;
	}

	@Override
	public Map<String, Object> getAttributes() {
		return this.attributes;
	}

	@Override
	public void start() {
		// A session of the container is always started
	}

	@Override
	public boolean isStarted() {
		return true;
	}

	@Override
	public Mono<Void> changeSessionId() {
		return Mono
			.error(() -> new UnsupportedOperationException("Only a request can change the id of an HttpSession"));
	}

	@Override
	public Mono<Void> invalidate() {
		return Mono.fromRunnable(this.session::invalidate);
	}

	@Override
	public Mono<Void> save() {
		return Mono.empty();
	}

	@Override
	public boolean isExpired() {
		return !isValid();
	}

	@Override
	public Instant getCreationTime() {
		return Instant.ofEpochMilli(this.session.getCreationTime());
	}

	@Override
	public Instant getLastAccessTime() {
		return Instant.ofEpochMilli(this.session.getLastAccessedTime());
	}

	@Override
	public void setMaxIdleTime(Duration maxIdleTime) {
		this.session.setMaxInactiveInterval((int) maxIdleTime.toSeconds());
	}

	@Override
	public Duration getMaxIdleTime() {
		return Duration.ofSeconds(this.session.getMaxInactiveInterval());
	}

}
