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

package io.github.springsocketio.socketio;

import java.security.Principal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.springsocketio.socketio.packet.PacketEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The handshake of a socket of another node, with the details that the node has sent
 * (CL-28).
 */
final class RemoteHandshake implements Handshake {

	private final Map<String, @Nullable Object> fields;

	private final PacketEncoder encoder;

	RemoteHandshake(Map<String, @Nullable Object> fields, PacketEncoder encoder) {
		this.fields = fields;
		this.encoder = encoder;
	}

	@Override
	public Map<String, List<String>> headers() {
		Map<String, List<String>> result = new LinkedHashMap<>();
		map("headers").forEach((name, value) -> result.put(name, (value instanceof List<?> list)
				? list.stream().map(String::valueOf).toList() : List.of(String.valueOf(value))));
		return Collections.unmodifiableMap(result);
	}

	@Override
	public @Nullable String header(String name) {
		List<String> values = headers().get(name.toLowerCase(Locale.ROOT));
		return (values != null) ? String.join(", ", values) : null;
	}

	@Override
	public String address() {
		return text("address");
	}

	@Override
	public boolean xdomain() {
		return Boolean.TRUE.equals(this.fields.get("xdomain"));
	}

	@Override
	public boolean secure() {
		return Boolean.TRUE.equals(this.fields.get("secure"));
	}

	@Override
	public Instant issued() {
		return Instant.ofEpochMilli((this.fields.get("issued") instanceof Number number) ? number.longValue() : 0);
	}

	@Override
	public String url() {
		return text("url");
	}

	@Override
	public Map<String, String> query() {
		Map<String, String> result = new LinkedHashMap<>();
		map("query").forEach((name, value) -> result.put(name, String.valueOf(value)));
		return Collections.unmodifiableMap(result);
	}

	@Override
	public Map<String, @Nullable Object> auth() {
		return map("auth");
	}

	@Override
	public <T> T auth(Class<T> type) {
		T result = this.encoder.arguments(auth()).get(0, type);
		if (result == null) {
			throw new IllegalStateException("The auth payload was converted to null");
		}
		return result;
	}

	@Override
	public @Nullable Principal principal() {
		return null;
	}

	@Override
	public Map<String, Object> attributes() {
		return Map.of();
	}

	@Override
	public Map<String, @Nullable Object> toMap() {
		return Collections.unmodifiableMap(this.fields);
	}

	private String text(String name) {
		return (this.fields.get(name) instanceof String text) ? text : "";
	}

	private Map<String, @Nullable Object> map(String name) {
		Map<String, @Nullable Object> result = new LinkedHashMap<>();
		if (this.fields.get(name) instanceof Map<?, ?> map) {
			map.forEach((key, value) -> result.put(String.valueOf(key), value));
		}
		return Collections.unmodifiableMap(result);
	}

}
