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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The error in an acknowledgement:
 * {@code {"error":{"code":"…","message":"…","fields":[{"path":"…","message":"…"}]}}}.
 *
 * @since 0.1.0
 */
public final class AckErrorSpec {

	private final SocketTester tester;

	private final String subject;

	private final Map<String, Object> error;

	private AckErrorSpec(SocketTester tester, String subject, Map<String, Object> error) {
		this.tester = tester;
		this.subject = subject;
		this.error = error;
	}

	static AckErrorSpec of(SocketTester tester, String subject, List<?> arguments) {
		if (arguments.size() == 1 && arguments.get(0) instanceof Map<?, ?> argument
				&& argument.get("error") instanceof Map<?, ?> error) {
			Map<String, Object> content = new LinkedHashMap<>();
			error.forEach((name, value) -> content.put(String.valueOf(name), value));
			return new AckErrorSpec(tester, subject, content);
		}
		throw tester
			.failure("Expected the " + subject + " to be an error, but it is " + PlainValues.toString(arguments));
	}

	AckErrorSpec expectCode(String expected) {
		return expect("code", expected);
	}

	/**
	 * Expect a message.
	 * @param expected the message of the error
	 * @return this object
	 * @throws AssertionError if it is different
	 */
	public AckErrorSpec expectMessage(String expected) {
		return expect("message", expected);
	}

	/**
	 * Expect that a field is invalid.
	 * @param path the path of the field, such as {@code text}
	 * @return this object
	 * @throws AssertionError if the error does not name the field
	 */
	public AckErrorSpec expectField(String path) {
		Object fields = this.error.get("fields");
		boolean named = fields instanceof List<?> list
				&& list.stream().anyMatch((field) -> field instanceof Map<?, ?> map && path.equals(map.get("path")));
		if (!named) {
			throw failure("name the field \"" + path + "\"");
		}
		return this;
	}

	/**
	 * Verify the error with other assertions.
	 * @param requirements called with the content of {@code error}
	 * @return this object
	 * @throws AssertionError if the requirements throw one; its message is extended with
	 * the conversation
	 */
	public AckErrorSpec satisfies(Consumer<Map<String, Object>> requirements) {
		ValueSpec.verify(this.tester::failure, "the error of the " + this.subject, this.error, requirements);
		return this;
	}

	/**
	 * Return to the socket.
	 * @return the tester of the socket
	 */
	public SocketTester and() {
		return this.tester;
	}

	private AckErrorSpec expect(String name, @Nullable Object expected) {
		if (!Objects.equals(expected, this.error.get(name))) {
			throw failure("have the " + name + " \"" + expected + "\"");
		}
		return this;
	}

	private AssertionError failure(String expectation) {
		return this.tester.failure("Expected the error of the " + this.subject + " to " + expectation + ", but it is "
				+ PlainValues.toString(this.error));
	}

}
