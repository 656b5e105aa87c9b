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

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The attempts of a client to join namespaces that are in progress. Used in the session's
 * turn.
 */
final class ConnectAttempts {

	private final List<ConnectAttempt> attempts = new ArrayList<>(2);

	void add(ConnectAttempt attempt) {
		this.attempts.add(attempt);
	}

	/**
	 * Remove an attempt when it ends.
	 * @return {@code false} if it was already removed
	 */
	boolean remove(ConnectAttempt attempt) {
		boolean removed = this.attempts.remove(attempt);
		if (removed) {
			attempt.removed();
		}
		return removed;
	}

	boolean isEmpty() {
		return this.attempts.isEmpty();
	}

	/**
	 * Return the attempt to join a namespace, or {@code null} if there is none.
	 */
	@Nullable ConnectAttempt find(String nsp) {
		for (ConnectAttempt attempt : this.attempts) {
			if (attempt.name().equals(nsp)) {
				return attempt;
			}
		}
		return null;
	}

	/**
	 * Return the number of attempts that have no socket yet.
	 */
	long countWithoutSocket() {
		return this.attempts.stream().filter((attempt) -> !attempt.hasSocket()).count();
	}

	/**
	 * Cancel all attempts, because the client has disconnected.
	 */
	void cancel() {
		List<ConnectAttempt> canceled = List.copyOf(this.attempts);
		this.attempts.clear();
		canceled.forEach(ConnectAttempt::cancelWaiting);
		canceled.forEach(ConnectAttempt::removed);
	}

}
