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

/**
 * The outcome of a client's request to recover the state of an earlier connection.
 *
 * @since 0.1.0
 */
public enum RecoveryOutcome {

	/**
	 * The client has its state and all packets that it missed.
	 */
	RECOVERED("recovered"),

	/**
	 * Packets that the client missed are no longer kept, exceed its outbound buffer, or
	 * cannot be distinguished from those that it received.
	 */
	GAP("gap"),

	/**
	 * The client was disconnected for too long.
	 */
	EXPIRED("expired"),

	/**
	 * The state is not known, such as after a restart of the server.
	 */
	UNKNOWN("unknown"),

	/**
	 * The state belongs to another principal, or another connection claimed it at the
	 * same time.
	 */
	REFUSED("refused");

	private final String text;

	RecoveryOutcome(String text) {
		this.text = text;
	}

	/**
	 * Return the outcome as text, for metrics.
	 * @return such as {@code "recovered"}
	 */
	public String text() {
		return this.text;
	}

}
