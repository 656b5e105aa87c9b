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

package io.github.springsocketio.test;

import java.util.Map;
import java.util.function.Consumer;

import io.github.springsocketio.test.client.ConnectErrorException;
import org.jspecify.annotations.Nullable;

/**
 * The refusal of a connection to a namespace.
 *
 * @since 0.1.0
 */
public final class ConnectErrorSpec {

	private final ConnectErrorException error;

	ConnectErrorSpec(ConnectErrorException error) {
		this.error = error;
	}

	/**
	 * Expect a message.
	 * @param expected the message of the server
	 * @return this object
	 * @throws AssertionError if it is different
	 */
	public ConnectErrorSpec expectMessage(String expected) {
		if (!expected.equals(this.error.reason())) {
			throw failure("Expected the connection to be refused with the message \"" + expected
					+ "\", but the message is \"" + this.error.reason() + "\"");
		}
		return this;
	}

	/**
	 * Expect a code, {@code {"code":"…"}} in the data that the server sends with the
	 * message.
	 * @param expected the code, such as {@code unauthenticated}
	 * @return this object
	 * @throws AssertionError if it is different
	 */
	public ConnectErrorSpec expectCode(String expected) {
		Object code = (this.error.data() instanceof Map<?, ?> data) ? data.get("code") : null;
		if (!expected.equals(code)) {
			throw failure(
					"Expected the connection to be refused with the code \"" + expected + "\", but the message is \""
							+ this.error.reason() + "\" and the data are " + PlainValues.toString(this.error.data()));
		}
		return this;
	}

	/**
	 * Expect the data that the server sends with the message.
	 * @param expected the data: plain values
	 * @return this object
	 * @throws AssertionError if they are different
	 */
	public ConnectErrorSpec expectData(@Nullable Object expected) {
		if (!PlainValues.equal(expected, this.error.data())) {
			throw failure("Expected the connection to be refused with the data " + PlainValues.toString(expected)
					+ ", but they are " + PlainValues.toString(this.error.data()));
		}
		return this;
	}

	/**
	 * Verify the refusal with other assertions.
	 * @param requirements called with the error
	 * @return this object
	 * @throws AssertionError if the requirements throw one; its message is extended with
	 * the conversation
	 */
	public ConnectErrorSpec satisfies(Consumer<ConnectErrorException> requirements) {
		ValueSpec.verify(this::failure, "the refusal of the connection", this.error, requirements);
		return this;
	}

	private AssertionError failure(String message) {
		return new AssertionError(message + "\n" + this.error.conversation());
	}

}
