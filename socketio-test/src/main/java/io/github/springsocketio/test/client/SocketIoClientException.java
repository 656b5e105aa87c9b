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

package io.github.springsocketio.test.client;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if an operation of a client fails or exceeds its time limit. The message ends
 * with the conversation so far.
 *
 * @since 0.1.0
 */
public class SocketIoClientException extends RuntimeException {

	private final transient Conversation conversation;

	/**
	 * Create an exception.
	 * @param message the description of the failure
	 * @param conversation the conversation so far
	 * @param cause the cause, or {@code null} if there is none
	 */
	protected SocketIoClientException(String message, Conversation conversation, @Nullable Throwable cause) {
		super(message + "\n" + conversation, cause);
		this.conversation = conversation;
	}

	/**
	 * Return the conversation of the client.
	 * @return the conversation, which may have been continued since
	 */
	public Conversation conversation() {
		return this.conversation;
	}

}
