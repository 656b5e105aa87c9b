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

package io.github.springsocketio.socketio.adapter;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The result of looking up the state of a socket.
 *
 * @since 0.1.0
 */
public final class RestoreResult {

	private final RecoveryOutcome outcome;

	private final @Nullable PersistedSession session;

	private RestoreResult(RecoveryOutcome outcome, @Nullable PersistedSession session) {
		this.outcome = outcome;
		this.session = session;
	}

	/**
	 * Create the result for a state that was found, and removed from the store.
	 * @param session the state
	 * @return the result, with the outcome {@link RecoveryOutcome#RECOVERED}
	 */
	public static RestoreResult recovered(PersistedSession session) {
		Assert.notNull(session, "'session' must not be null");
		return new RestoreResult(RecoveryOutcome.RECOVERED, session);
	}

	/**
	 * Create the result for a client that cannot be recovered.
	 * @param outcome the reason
	 * @return the result, without a state
	 */
	public static RestoreResult failed(RecoveryOutcome outcome) {
		Assert.isTrue(outcome != RecoveryOutcome.RECOVERED, "'outcome' must not be RECOVERED");
		return new RestoreResult(outcome, null);
	}

	/**
	 * Return the outcome.
	 * @return the outcome
	 */
	public RecoveryOutcome outcome() {
		return this.outcome;
	}

	/**
	 * Return the state.
	 * @return the state, or {@code null} unless the outcome is
	 * {@link RecoveryOutcome#RECOVERED}
	 */
	public @Nullable PersistedSession session() {
		return this.session;
	}

	@Override
	public String toString() {
		return "RestoreResult[outcome=" + this.outcome.text() + "]";
	}

}
