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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.springsocketio.socketio.Handshake;
import io.github.springsocketio.socketio.Socket;
import org.jspecify.annotations.Nullable;

/**
 * Describes sockets to the UI. In production mode, the description contains the address,
 * the browser and the rooms of a client, but no other data from it. In development mode,
 * known secrets are redacted.
 */
final class SocketDetails {

	private static final int MAX_ROOMS = 100;

	private static final int MAX_HEADERS = 40;

	private static final int MAX_VALUE = 300;

	private static final String REDACTED = "[redacted]";

	private static final Set<String> SECRET_HEADERS = Set.of("authorization", "cookie", "proxy-authorization");

	private static final List<String> SECRETS = List.of("token", "secret", "password", "key", "session", "auth");

	private final boolean payloads;

	private final Clock clock;

	SocketDetails(boolean payloads, Clock clock) {
		this.payloads = payloads;
		this.clock = clock;
	}

	/**
	 * Return whether events, data, headers and query parameters are sent to the UI.
	 */
	boolean hasPayloads() {
		return this.payloads;
	}

	/**
	 * Return the current time in the format of a JavaScript date in JSON.
	 */
	String now() {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		String text = now.toString();
		return (now.getNano() != 0) ? text : text.replace("Z", ".000Z");
	}

	Map<String, @Nullable Object> of(Socket socket) {
		Map<String, @Nullable Object> result = new LinkedHashMap<>();
		result.put("id", socket.id());
		result.put("clientId", clientId(socket.conn().id()));
		result.put("transport", socket.conn().transportType().text());
		result.put("nsp", socket.nsp());
		result.put("data", data(socket));
		result.put("handshake", handshake(socket.handshake()));
		result.put("rooms", socket.rooms().stream().filter(SocketDetails::isRoom).limit(MAX_ROOMS).toList());
		return result;
	}

	static boolean isRoom(String room) {
		return Names.isValid(room) && !room.startsWith(View.ROOM_PREFIX);
	}

	@Nullable Object data(Socket socket) {
		return this.payloads ? PlainValue.of(socket.data()) : Map.of();
	}

	private Map<String, @Nullable Object> handshake(Handshake handshake) {
		Map<String, @Nullable Object> result = new LinkedHashMap<>();
		result.put("address", handshake.address());
		result.put("headers", headers(handshake));
		result.put("query", query(handshake));
		result.put("issued", handshake.issued().toEpochMilli());
		result.put("secure", handshake.secure());
		result.put("time", handshake.toMap().get("time"));
		result.put("url", path(handshake.url()));
		result.put("xdomain", handshake.xdomain());
		return result;
	}

	private Map<String, String> headers(Handshake handshake) {
		Map<String, String> result = new TreeMap<>();
		handshake.headers()
			.keySet()
			.stream()
			.filter((name) -> this.payloads || name.equals("user-agent"))
			.limit(MAX_HEADERS)
			.forEach((name) -> result.put(PlainValue.shorten(name, MAX_VALUE),
					SECRET_HEADERS.contains(name) ? REDACTED : value(name, String.valueOf(handshake.header(name)))));
		return result;
	}

	private Map<String, String> query(Handshake handshake) {
		Map<String, String> result = new TreeMap<>();
		if (this.payloads) {
			handshake.query()
				.entrySet()
				.stream()
				.limit(MAX_HEADERS)
				.forEach((entry) -> result.put(PlainValue.shorten(entry.getKey(), MAX_VALUE),
						value(entry.getKey(), entry.getValue())));
		}
		return result;
	}

	private static String value(String name, String value) {
		String lowerCase = name.toLowerCase(Locale.ROOT);
		// the key of a websocket handshake is not a secret
		boolean secret = !lowerCase.startsWith("sec-") && SECRETS.stream().anyMatch(lowerCase::contains);
		return secret ? REDACTED : PlainValue.shorten(value, MAX_VALUE);
	}

	/**
	 * Return the target of a request without its query, which {@link #query} returns.
	 */
	private static String path(String url) {
		int query = url.indexOf('?');
		return PlainValue.shorten((query < 0) ? url : url.substring(0, query), MAX_VALUE);
	}

	/**
	 * Return an id that is the same for all sockets of a client. It is a hash, because
	 * the session id is a secret.
	 */
	private static String clientId(String sessionId) {
		return hash(sessionId).substring(0, 12);
	}

	static String hash(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
