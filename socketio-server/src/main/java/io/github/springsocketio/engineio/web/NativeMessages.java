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

import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Accesses the requests and responses of the web server. A {@code WebTestClient} without
 * a server has none: its mocks throw exceptions.
 */
final class NativeMessages {

	private NativeMessages() {
	}

	/**
	 * Return the native request of an undecorated request, or {@code null}.
	 */
	static @Nullable Object of(ServerHttpRequest request) {
		try {
			return (request instanceof AbstractServerHttpRequest plain) ? plain.getNativeRequest() : null;
		}
		catch (IllegalStateException ex) {
			return null;
		}
	}

	/**
	 * Return the native response of an undecorated response, or {@code null}.
	 */
	static @Nullable Object of(ServerHttpResponse response) {
		try {
			return (response instanceof AbstractServerHttpResponse plain) ? plain.getNativeResponse() : null;
		}
		catch (IllegalStateException ex) {
			return null;
		}
	}

}
