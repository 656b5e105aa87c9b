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

import io.github.springsocketio.test.client.Conversation;
import io.github.springsocketio.test.client.HandshakeResponse;
import io.github.springsocketio.test.client.SetCookie;

/**
 * The response to a handshake, or to the upgrade request of a WebSocket.
 *
 * @since 0.1.0
 */
public final class HandshakeSpec {

	private final HandshakeResponse response;

	private final Conversation conversation;

	HandshakeSpec(HandshakeResponse response, Conversation conversation) {
		this.response = response;
		this.conversation = conversation;
	}

	/**
	 * Expect a status code.
	 * @param expected the status code: 200 for polling, 101 for a WebSocket
	 * @return this object
	 * @throws AssertionError if it is different
	 */
	public HandshakeSpec expectStatus(int expected) {
		if (this.response.status() != expected) {
			throw failure("Expected the status " + expected + ", but it is " + this.response.status());
		}
		return this;
	}

	/**
	 * Expect a header with values.
	 * @param name the name
	 * @param values all values in order, or none to accept any values
	 * @return this object
	 * @throws AssertionError if there is no such header, or its values are different
	 */
	public HandshakeSpec expectHeader(String name, String... values) {
		List<String> actual = this.response.headers(name);
		if (actual.isEmpty()) {
			throw failure(
					"Expected the header " + name + ", but there is none. The headers are " + this.response.headers());
		}
		if (values.length > 0 && !actual.equals(List.of(values))) {
			throw failure("Expected the header " + name + " to be " + List.of(values) + ", but it is " + actual);
		}
		return this;
	}

	/**
	 * Expect that there is no header of a name.
	 * @param name the name
	 * @return this object
	 * @throws AssertionError if there is one
	 */
	public HandshakeSpec expectNoHeader(String name) {
		List<String> actual = this.response.headers(name);
		if (!actual.isEmpty()) {
			throw failure("Expected no header " + name + ", but it is " + actual);
		}
		return this;
	}

	/**
	 * Expect a cookie.
	 * @param name the name of the cookie
	 * @return the cookie
	 * @throws AssertionError if the response does not set it
	 */
	public CookieSpec expectCookie(String name) {
		SetCookie cookie = this.response.cookie(name);
		if (cookie == null) {
			throw failure("Expected the cookie \"" + name + "\", but the response sets "
					+ (this.response.cookies().isEmpty() ? "none" : this.response.cookies().toString()));
		}
		return new CookieSpec(this, cookie);
	}

	/**
	 * Expect that the response does not set a cookie.
	 * @param name the name of the cookie
	 * @return this object
	 * @throws AssertionError if it does
	 */
	public HandshakeSpec expectNoCookie(String name) {
		SetCookie cookie = this.response.cookie(name);
		if (cookie != null) {
			throw failure("Expected no cookie \"" + name + "\", but the response sets " + cookie);
		}
		return this;
	}

	/**
	 * Expect a body.
	 * @param expected the body
	 * @return this object
	 * @throws AssertionError if it is different
	 */
	public HandshakeSpec expectBody(String expected) {
		if (!this.response.body().equals(expected)) {
			throw failure("Expected the body " + expected + ", but it is " + this.response.body());
		}
		return this;
	}

	/**
	 * Verify the response with other assertions.
	 * @param requirements called with the response
	 * @return this object
	 * @throws AssertionError if the requirements throw one; its message is extended with
	 * the conversation
	 */
	public HandshakeSpec satisfies(Consumer<HandshakeResponse> requirements) {
		ValueSpec.verify(this::failure, "the response", this.response, requirements);
		return this;
	}

	/**
	 * Return the response.
	 * @return the response
	 */
	public HandshakeResponse response() {
		return this.response;
	}

	AssertionError failure(String message) {
		return new AssertionError(message + "\n" + this.conversation);
	}

}
