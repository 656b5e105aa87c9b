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

import java.util.List;
import java.util.function.Consumer;

import io.github.springsocketio.socketio.packet.ArgumentConversionException;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.JsonPacketParser;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

/**
 * The arguments of an acknowledgement.
 *
 * @since 0.1.0
 */
public final class ArgumentsSpec {

	private static final JsonPacketParser PARSER = JsonPacketParser.create();

	private final SocketTester tester;

	private final String subject;

	private final Arguments arguments;

	ArgumentsSpec(SocketTester tester, String subject, Arguments arguments) {
		this.tester = tester;
		this.subject = subject;
		this.arguments = arguments;
	}

	/**
	 * Expect all arguments to equal values, as a client in JavaScript would see them: a
	 * record equals an object with its fields, and 1 equals 1.0.
	 * @param expected the arguments
	 * @return this object
	 * @throws AssertionError if the arguments are different
	 */
	public ArgumentsSpec isEqualTo(@Nullable Object... expected) {
		expectEqual(false, expected);
		return this;
	}

	/**
	 * Expect the arguments to equal values.
	 * @param optionalLast whether the last argument may be omitted
	 */
	void expectEqual(boolean optionalLast, @Nullable Object... expected) {
		List<@Nullable Object> plain = PARSER.encoder().arguments(expected).toList();
		List<@Nullable Object> actual = this.arguments.toList();
		if (!PlainValues.equal(plain, actual)
				&& !(optionalLast && PlainValues.equal(plain, actual.subList(0, actual.size() - 1)))) {
			throw failure("to have the arguments " + PlainValues.toString(plain) + ", but they are "
					+ PlainValues.toString(actual));
		}
	}

	/**
	 * Return an argument converted to a type.
	 * @param <T> the type
	 * @param index the position, from 0
	 * @param type the type
	 * @return the argument
	 * @throws AssertionError if the argument cannot be converted
	 */
	public <T> ValueSpec<T> argument(int index, Class<T> type) {
		try {
			return new ValueSpec<>(this.tester, subject(index), this.arguments.get(index, type));
		}
		catch (ArgumentConversionException ex) {
			throw conversionFailure(index, type.getName(), ex);
		}
	}

	/**
	 * Return an argument converted to a generic type.
	 * @param <T> the type
	 * @param index the position, from 0
	 * @param type the type
	 * @return the argument
	 * @throws AssertionError if the argument cannot be converted
	 */
	public <T> ValueSpec<T> argument(int index, ParameterizedTypeReference<T> type) {
		try {
			return new ValueSpec<>(this.tester, subject(index), this.arguments.get(index, type));
		}
		catch (ArgumentConversionException ex) {
			throw conversionFailure(index, type.getType().getTypeName(), ex);
		}
	}

	private String subject(int index) {
		return "argument " + index + " of the " + this.subject;
	}

	private AssertionError conversionFailure(int index, String type, ArgumentConversionException ex) {
		AssertionError error = failure(index, "to be of the type " + type + ", but it is "
				+ PlainValues.toString(this.arguments.get(index)) + ": " + ex.getMessage());
		error.initCause(ex);
		return error;
	}

	private AssertionError failure(int index, String expectation) {
		return this.tester.failure("Expected " + subject(index) + " " + expectation);
	}

	/**
	 * Verify the arguments with other assertions.
	 * @param requirements called with the arguments
	 * @return this object
	 * @throws AssertionError if the requirements throw one; its message is extended with
	 * the conversation
	 */
	public ArgumentsSpec satisfies(Consumer<Arguments> requirements) {
		ValueSpec.verify(this.tester::failure, "the arguments of the " + this.subject, this.arguments, requirements);
		return this;
	}

	/**
	 * Return the arguments.
	 * @return the arguments
	 */
	public Arguments arguments() {
		return this.arguments;
	}

	/**
	 * Return to the socket.
	 * @return the tester of the socket
	 */
	public SocketTester and() {
		return this.tester;
	}

	AssertionError failure(String expectation) {
		return this.tester.failure("Expected the " + this.subject + " " + expectation);
	}

}
