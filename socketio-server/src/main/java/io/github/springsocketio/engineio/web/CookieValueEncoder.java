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

package io.github.springsocketio.engineio.web;

/**
 * Encodes a session id as the value of the session cookie. It is the counterpart of the
 * option {@code encode} of the JavaScript server's cookie.
 * <p>
 * Called once for each handshake that sends the cookie, on the event loop of the request:
 * an implementation must not block and must be thread-safe.
 *
 * @since 0.1.0
 * @see SessionCookieOptions.Builder#encoder(CookieValueEncoder)
 */
@FunctionalInterface
public interface CookieValueEncoder {

	/**
	 * Encode a value for a {@code Set-Cookie} line.
	 * @param value the value to encode, never {@code null}
	 * @return the encoded value, made of the characters that RFC 6265 permits in a cookie
	 * value, optionally within one pair of double quotes; may be empty, must not be
	 * {@code null}
	 */
	String encode(String value);

	/**
	 * Return the default encoder, the percent-encoding of ECMAScript's
	 * {@code encodeURIComponent} over UTF-8: all but
	 * {@code A–Z a–z 0–9 - _ . ! ~ * ' ( )} becomes {@code %XX}. It refuses a value that
	 * has an unpaired surrogate with an {@link IllegalArgumentException}.
	 * @return the encoder
	 */
	static CookieValueEncoder uriComponent() {
		return UriComponent::encode;
	}

}
