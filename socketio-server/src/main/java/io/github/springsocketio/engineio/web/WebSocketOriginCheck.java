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
 * Which WebSocket handshakes must come from an allowed origin. Browsers let any page open
 * a WebSocket and send the cookies and other credentials of the user with it, so without
 * a check such a page could act in the user's name (cross-site WebSocket hijacking).
 * Allowed are the origin of the server itself and the origins that the CORS options
 * allow. Requests without an {@code Origin} header are not sent by browsers and are
 * accepted.
 *
 * @since 0.1.0
 */
public enum WebSocketOriginCheck {

	/**
	 * Handshakes whose request has a cookie or other credentials that browsers send
	 * automatically: an {@code Authorization} header with the scheme Basic, Digest,
	 * Negotiate or NTLM, or a TLS client certificate. The default.
	 */
	WITH_COOKIES,

	/**
	 * All handshakes.
	 */
	ALWAYS,

	/**
	 * No handshakes, as in the JavaScript server. Use {@link AllowRequest} to check
	 * origins.
	 */
	OFF

}
