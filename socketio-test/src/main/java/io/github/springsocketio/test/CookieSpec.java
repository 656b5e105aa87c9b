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

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

import io.github.springsocketio.test.client.SetCookie;
import org.jspecify.annotations.Nullable;

/**
 * A cookie that a response sets.
 *
 * @since 0.1.0
 */
public final class CookieSpec {

	private final HandshakeSpec response;

	private final SetCookie cookie;

	CookieSpec(HandshakeSpec response, SetCookie cookie) {
		this.response = response;
		this.cookie = cookie;
	}

	/**
	 * Expect a value.
	 * @param expected the value
	 * @return this object
	 * @throws AssertionError if it is different
	 */
	public CookieSpec valueEquals(String expected) {
		return expect("the value", expected, this.cookie.value());
	}

	/**
	 * Verify the value with other assertions.
	 * @param requirements called with the value
	 * @return this object
	 * @throws AssertionError if the requirements throw one; its message is extended with
	 * the conversation
	 */
	public CookieSpec value(Consumer<String> requirements) {
		ValueSpec.verify(this.response::failure, "the value of the cookie \"" + this.cookie.name() + "\"",
				this.cookie.value(), requirements);
		return this;
	}

	/**
	 * Expect the attribute {@code HttpOnly}.
	 * @return this object
	 * @throws AssertionError if it is missing
	 */
	public CookieSpec httpOnly() {
		return httpOnly(true);
	}

	/**
	 * Expect that the attribute {@code HttpOnly} is present or missing.
	 * @param expected whether it is expected
	 * @return this object
	 * @throws AssertionError if it is otherwise
	 */
	public CookieSpec httpOnly(boolean expected) {
		return expect("the attribute HttpOnly", expected, this.cookie.httpOnly());
	}

	/**
	 * Expect the attribute {@code Secure}.
	 * @return this object
	 * @throws AssertionError if it is missing
	 */
	public CookieSpec secure() {
		return secure(true);
	}

	/**
	 * Expect that the attribute {@code Secure} is present or missing.
	 * @param expected whether it is expected
	 * @return this object
	 * @throws AssertionError if it is otherwise
	 */
	public CookieSpec secure(boolean expected) {
		return expect("the attribute Secure", expected, this.cookie.secure());
	}

	/**
	 * Expect the attribute {@code SameSite}.
	 * @param expected such as {@code "Lax"}, or {@code null} for none
	 * @return this object
	 * @throws AssertionError if it is different
	 */
	public CookieSpec sameSite(@Nullable String expected) {
		return expect("the attribute SameSite", expected, this.cookie.sameSite());
	}

	/**
	 * Expect the attribute {@code Path}.
	 * @param expected the path, or {@code null} for none
	 * @return this object
	 * @throws AssertionError if it is different
	 */
	public CookieSpec path(@Nullable String expected) {
		return expect("the attribute Path", expected, this.cookie.path());
	}

	/**
	 * Expect the attribute {@code Domain}.
	 * @param expected the domain, or {@code null} for none
	 * @return this object
	 * @throws AssertionError if it is different
	 */
	public CookieSpec domain(@Nullable String expected) {
		return expect("the attribute Domain", expected, this.cookie.domain());
	}

	/**
	 * Expect the attribute {@code Max-Age}.
	 * @param expected the time, or {@code null} for none
	 * @return this object
	 * @throws AssertionError if it is different
	 */
	public CookieSpec maxAge(@Nullable Duration expected) {
		return expect("the attribute Max-Age", expected, this.cookie.maxAge());
	}

	/**
	 * Return the cookie.
	 * @return the cookie
	 */
	public SetCookie cookie() {
		return this.cookie;
	}

	/**
	 * Return to the response.
	 * @return the response
	 */
	public HandshakeSpec and() {
		return this.response;
	}

	private CookieSpec expect(String what, @Nullable Object expected, @Nullable Object actual) {
		if (!Objects.equals(expected, actual)) {
			throw this.response.failure("Expected " + what + " of the cookie \"" + this.cookie.name() + "\" to be "
					+ text(expected) + ", but it is " + text(actual) + ": " + this.cookie);
		}
		return this;
	}

	private static String text(@Nullable Object value) {
		if (value == null) {
			return "missing";
		}
		if (value instanceof Boolean present) {
			return present ? "present" : "missing";
		}
		return (value instanceof Duration duration) ? duration.toSeconds() + " s" : value.toString();
	}

}
