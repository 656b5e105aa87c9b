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

import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.engineio.HandshakeRequest;
import org.jspecify.annotations.Nullable;

/**
 * A handshake that tells nothing.
 */
final class NoRequest implements HandshakeRequest {

	@Override
	public String url() {
		return "/";
	}

	@Override
	public Map<String, String> query() {
		return Map.of();
	}

	@Override
	public Map<String, List<String>> headers() {
		return Map.of();
	}

	@Override
	public @Nullable String header(String name) {
		return null;
	}

	@Override
	public @Nullable InetSocketAddress remoteAddress() {
		return InetSocketAddress.createUnresolved("model", 1);
	}

	@Override
	public boolean secure() {
		return false;
	}

	@Override
	public Instant issued() {
		return Instant.EPOCH;
	}

	@Override
	public @Nullable Principal principal() {
		return null;
	}

	@Override
	public Map<String, Object> attributes() {
		return Map.of();
	}

}
