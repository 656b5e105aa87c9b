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

import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * An argument that was received.
 *
 * @param <T> the type of the argument
 * @since 0.1.0
 */
public final class ValueSpec<T> {

	private final SocketTester tester;

	private final String subject;

	private final @Nullable T value;

	ValueSpec(SocketTester tester, String subject, @Nullable T value) {
		this.tester = tester;
		this.subject = subject;
		this.value = value;
	}

	/**
	 * Expect the argument to equal a value. Arrays are compared by their elements.
	 * @param expected the value
	 * @return this object
	 * @throws AssertionError if it is different
	 */
	public ValueSpec<T> isEqualTo(@Nullable T expected) {
		if (!PlainValues.equal(expected, this.value)) {
			throw this.tester.failure("Expected " + this.subject + " to be " + PlainValues.toString(expected)
					+ ", but it is " + PlainValues.toString(this.value));
		}
		return this;
	}

	/**
	 * Expect the argument to be {@code null} or missing.
	 * @return the tester of the socket
	 * @throws AssertionError if there is a value
	 */
	public SocketTester isNull() {
		return isEqualTo(null).and();
	}

	/**
	 * Verify the argument with other assertions.
	 * @param requirements called with the argument, which is not {@code null}
	 * @return this object
	 * @throws AssertionError if there is no value, or the requirements throw one; its
	 * message is extended with the conversation
	 */
	public ValueSpec<T> satisfies(Consumer<T> requirements) {
		verify(this.tester::failure, this.subject, value(), requirements);
		return this;
	}

	/**
	 * Verify a value with the assertions of a test.
	 * @param failure creates the error with the conversation from a message
	 */
	static <T> void verify(Function<String, AssertionError> failure, String subject, T value,
			Consumer<T> requirements) {
		try {
			requirements.accept(value);
		}
		catch (AssertionError ex) {
			AssertionError error = failure
				.apply("Expected " + subject + " to satisfy the requirements: " + ex.getMessage());
			error.initCause(ex);
			throw error;
		}
	}

	/**
	 * Return the argument.
	 * @return the value
	 * @throws AssertionError if it is {@code null} or missing
	 */
	public T value() {
		if (this.value == null) {
			throw this.tester.failure("Expected " + this.subject + ", but it is null or missing");
		}
		return this.value;
	}

	/**
	 * Return to the socket.
	 * @return the tester of the socket
	 */
	public SocketTester and() {
		return this.tester;
	}

}
