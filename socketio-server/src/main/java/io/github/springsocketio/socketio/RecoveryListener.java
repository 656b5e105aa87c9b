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

import io.github.springsocketio.socketio.adapter.RecoveryOutcome;

/**
 * Listens to the outcomes of connection state recovery.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RecoveryListener {

	/**
	 * Called when a client has requested to recover its state: with
	 * {@link RecoveryOutcome#RECOVERED} when it has everything that it missed, otherwise
	 * before it connects as a new client. Called on a thread of the I/O layer; must not
	 * block. Exceptions are logged.
	 * @param namespace the namespace
	 * @param outcome the outcome
	 */
	void onRecovery(Namespace namespace, RecoveryOutcome outcome);

}
