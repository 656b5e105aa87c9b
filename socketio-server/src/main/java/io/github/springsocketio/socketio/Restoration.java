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

import io.github.springsocketio.socketio.adapter.PersistedSession;
import io.github.springsocketio.socketio.adapter.RecoveryOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The result of looking up the state of a client that requests recovery.
 *
 * @param outcome whether there is a state, or why there is none
 * @param session the state of a disconnected socket, or {@code null}
 * @param living the socket, if it is still connected to the client's old connection
 * @param offset the offset that the client has sent as the last one that it has received,
 * or {@code null} if it has received none
 */
record Restoration(RecoveryOutcome outcome, @Nullable PersistedSession session, @Nullable DefaultSocket living,
		@Nullable String offset) {

	/**
	 * Return the id of the socket, or {@code null} if there is no state.
	 */
	@Nullable String sid() {
		if (this.living != null) {
			return this.living.id();
		}
		return (this.session != null) ? this.session.sid() : null;
	}

	static Restoration of(DefaultSocket living, @Nullable String offset) {
		return new Restoration(RecoveryOutcome.RECOVERED, null, living, offset);
	}

	static Restoration failed(RecoveryOutcome outcome, @Nullable String offset) {
		return new Restoration(outcome, null, null, offset);
	}

}
