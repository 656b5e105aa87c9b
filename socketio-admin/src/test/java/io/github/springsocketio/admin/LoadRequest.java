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

package io.github.springsocketio.admin;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.springsocketio.engineio.HandshakeRequest;
import org.jspecify.annotations.Nullable;

/**
 * The handshake of a client without a connection.
 *
 * @param query the query parameters
 * @param attributes the attributes
 */
record LoadRequest(Map<String, String> query, Map<String, Object> attributes) implements HandshakeRequest {

	private static final String AGENT = "a browser with a name of a usual length";

	LoadRequest(Map<String, String> query) {
		this(query, new ConcurrentHashMap<>(1));
	}

	@Override
	public String url() {
		return "/socket.io/?EIO=4&transport=websocket";
	}

	@Override
	public Map<String, List<String>> headers() {
		return Map.of("user-agent", List.of(AGENT));
	}

	@Override
	public @Nullable String header(String name) {
		return name.equalsIgnoreCase("user-agent") ? AGENT : null;
	}

	@Override
	public @Nullable InetSocketAddress remoteAddress() {
		return new InetSocketAddress("127.0.0.1", 4711);
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

}
