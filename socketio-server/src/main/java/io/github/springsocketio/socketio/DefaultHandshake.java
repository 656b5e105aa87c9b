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

import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.springsocketio.engineio.HandshakeRequest;
import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.server.WebSession;

/**
 * The handshake of a socket of this node: a view of the session's first request, and the
 * auth payload, which is decoded when it is requested.
 */
final class DefaultHandshake implements Handshake {

	private static final DateTimeFormatter TIME = DateTimeFormatter
		.ofPattern("EEE MMM dd yyyy HH:mm:ss 'GMT+0000 (Coordinated Universal Time)'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private final HandshakeRequest request;

	/** Smaller payloads are not counted. */
	private static final int MIN_COUNTED = 1024;

	private final Arguments payload;

	private final int payloadBytes;

	private final long issued = System.currentTimeMillis();

	private @Nullable Map<String, @Nullable Object> auth;

	private volatile @Nullable SocketAuthentication authentication;

	/**
	 * Create a handshake.
	 * @param payload the auth payload
	 * @param payloadBytes the result of {@link #retainedBytes(Arguments, int)} for the
	 * payload
	 */
	DefaultHandshake(HandshakeRequest request, Arguments payload, int payloadBytes) {
		this.request = request;
		this.payload = payload;
		this.payloadBytes = payloadBytes;
	}

	/**
	 * Return the memory of an auth payload, in bytes.
	 * @return the size, or 0 if it is small
	 */
	static int retainedBytes(@Nullable Arguments payload, int bytes) {
		return (payload != null && payload.size() != 0 && bytes >= MIN_COUNTED) ? bytes : 0;
	}

	/**
	 * Return the memory of the auth payload of a handshake, in bytes.
	 * @return the size, or 0 if it is small
	 */
	static int retainedBytes(Handshake handshake) {
		return (handshake instanceof DefaultHandshake own) ? own.payloadBytes : 0;
	}

	@Override
	public Map<String, List<String>> headers() {
		return this.request.headers();
	}

	@Override
	public @Nullable String header(String name) {
		return this.request.header(name);
	}

	@Override
	public String address() {
		InetSocketAddress address = this.request.remoteAddress();
		if (address == null) {
			return "";
		}
		return (address.getAddress() != null) ? address.getAddress().getHostAddress() : address.getHostString();
	}

	@Override
	public boolean xdomain() {
		return this.request.header("origin") != null;
	}

	@Override
	public boolean secure() {
		return this.request.secure();
	}

	@Override
	public Instant issued() {
		return Instant.ofEpochMilli(this.issued);
	}

	@Override
	public String url() {
		return this.request.url();
	}

	@Override
	public Map<String, String> query() {
		return this.request.query();
	}

	@Override
	public Map<String, @Nullable Object> auth() {
		Map<String, @Nullable Object> result = this.auth;
		if (result == null) {
			result = authOf(this.payload);
			this.auth = result;
		}
		return result;
	}

	/**
	 * Return an auth payload as a map.
	 */
	static Map<String, @Nullable Object> authOf(@Nullable Arguments payload) {
		if (payload != null && payload.size() != 0 && payload.get(0) instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> copy = new LinkedHashMap<>();
			map.forEach((key, value) -> copy.put(String.valueOf(key), value));
			return Collections.unmodifiableMap(copy);
		}
		return Map.of();
	}

	@Override
	public <T> T auth(Class<T> type) {
		T result = this.payload.get(0, type);
		if (result == null) {
			throw new IllegalStateException("The auth payload was converted to null");
		}
		return result;
	}

	/**
	 * Return the name of a principal, or {@code null} if there is none.
	 */
	static @Nullable String principalName(@Nullable Principal principal) {
		return (principal != null) ? principal.getName() : null;
	}

	/**
	 * Set the result of an authenticator.
	 * @param authentication the authentication, or {@code null} to keep the principal of
	 * the request
	 */
	void authenticated(@Nullable SocketAuthentication authentication) {
		this.authentication = authentication;
	}

	/**
	 * Return the authentication by an authenticator, or {@code null} for none.
	 */
	@Nullable SocketAuthentication authentication() {
		return this.authentication;
	}

	@Override
	public @Nullable Principal principal() {
		SocketAuthentication current = this.authentication;
		return (current != null) ? current.principal() : this.request.principal();
	}

	@Override
	public Mono<WebSession> session() {
		return this.request.webSession().cast(WebSession.class);
	}

	@Override
	public Map<String, Object> attributes() {
		return this.request.attributes();
	}

	@Override
	public Map<String, @Nullable Object> toMap() {
		Map<String, @Nullable Object> result = new LinkedHashMap<>();
		Map<String, String> headers = new LinkedHashMap<>();
		headers().keySet().forEach((name) -> headers.put(name, String.valueOf(header(name))));
		result.put("headers", headers);
		result.put("time", TIME.format(issued()));
		result.put("address", address());
		result.put("xdomain", xdomain());
		result.put("secure", secure());
		result.put("issued", this.issued);
		result.put("url", url());
		result.put("query", query());
		result.put("auth", auth());
		return result;
	}

	@Override
	public String toString() {
		return "Handshake[issued=" + issued() + "]";
	}

}
