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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionDecoder;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of permessage-deflate (RFC 7692, section 7.1) that were negotiated for a
 * websocket.
 */
final class PerMessageDeflate {

	static final String NAME = "permessage-deflate";

	static final int MAX_WINDOW_BITS = 15;

	static final int MIN_WINDOW_BITS = 8;

	/** What a deflater takes, whose window is the largest in any case. */
	private static final int DEFLATER_BYTES = 262144;

	private static final int INFLATER_BYTES = 40960;

	private static final String SERVER_NO_CONTEXT = "server_no_context_takeover";

	private static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";

	private static final String SERVER_WINDOW = "server_max_window_bits";

	private static final String CLIENT_WINDOW = "client_max_window_bits";

	private final Map<String, @Nullable String> parameters;

	private PerMessageDeflate(Map<String, @Nullable String> parameters) {
		this.parameters = parameters;
	}

	/**
	 * Accept the first valid offer of a client. Offers with parameters that are unknown,
	 * invalid or repeated are declined.
	 * @param headers the values of {@code Sec-WebSocket-Extensions}
	 * @return the parameters, or {@code null} if the client offers nothing valid
	 */
	static @Nullable PerMessageDeflate negotiate(List<String> headers, WebSocketCompressionOptions options) {
		for (String header : headers) {
			for (String offer : header.split(",", -1)) {
				Map<String, @Nullable String> parameters = parse(offer);
				if (parameters != null) {
					accept(parameters, options);
					return new PerMessageDeflate(parameters);
				}
			}
		}
		return null;
	}

	private static @Nullable Map<String, @Nullable String> parse(String offer) {
		String[] parts = offer.split(";", -1);
		if (!parts[0].trim().equals(NAME)) {
			return null;
		}
		Map<String, @Nullable String> parameters = new LinkedHashMap<>();
		for (int i = 1; i < parts.length; i++) {
			int equal = parts[i].indexOf('=');
			String name = ((equal < 0) ? parts[i] : parts[i].substring(0, equal)).trim();
			String value = (equal < 0) ? null : unquote(parts[i].substring(equal + 1).trim());
			if (!isValid(name, value) || parameters.containsKey(name)) {
				return null;
			}
			parameters.put(name, value);
		}
		return parameters;
	}

	private static String unquote(String value) {
		int end = value.length() - 1;
		return (end > 0 && value.charAt(0) == '"' && value.charAt(end) == '"') ? value.substring(1, end) : value;
	}

	private static boolean isValid(String name, @Nullable String value) {
		return switch (name) {
			case SERVER_NO_CONTEXT, CLIENT_NO_CONTEXT -> value == null;
			case SERVER_WINDOW -> value != null && isWindow(value);
			case CLIENT_WINDOW -> value == null || isWindow(value);
			default -> false;
		};
	}

	private static boolean isWindow(String value) {
		return value.matches("[89]|1[0-5]");
	}

	/**
	 * Turn an offer into the response: what the options want is told whether the client
	 * has asked for it or not, as far as the RFC allows it.
	 */
	private static void accept(Map<String, @Nullable String> parameters, WebSocketCompressionOptions options) {
		if (options.serverNoContext()) {
			parameters.put(SERVER_NO_CONTEXT, null);
		}
		if (options.preferredClientNoContext()) {
			parameters.put(CLIENT_NO_CONTEXT, null);
		}
		int server = Math.min(window(parameters.get(SERVER_WINDOW)), options.serverMaxWindowBits());
		if (server < MAX_WINDOW_BITS || parameters.containsKey(SERVER_WINDOW)) {
			parameters.put(SERVER_WINDOW, Integer.toString(server));
		}
		if (parameters.containsKey(CLIENT_WINDOW)) {
			String offered = parameters.get(CLIENT_WINDOW);
			int client = Math.min(window(offered), options.clientMaxWindowBits());
			if (client < MAX_WINDOW_BITS || offered != null) {
				parameters.put(CLIENT_WINDOW, Integer.toString(client));
			}
			else {
				parameters.remove(CLIENT_WINDOW);
			}
		}
	}

	private static int window(@Nullable String bits) {
		return (bits != null) ? Integer.parseInt(bits) : MAX_WINDOW_BITS;
	}

	/**
	 * Return the value of the header {@code Sec-WebSocket-Extensions} of the response.
	 */
	String headerValue() {
		List<String> parts = new ArrayList<>();
		parts.add(NAME);
		this.parameters.forEach((name, value) -> parts.add((value != null) ? name + "=" + value : name));
		return String.join("; ", parts);
	}

	/**
	 * Return whether each message of the server is compressed by itself.
	 */
	boolean isServerNoContext() {
		return this.parameters.containsKey(SERVER_NO_CONTEXT);
	}

	/**
	 * Return the number of bits of the window that the server may refer to.
	 */
	int serverWindowBits() {
		return window(this.parameters.get(SERVER_WINDOW));
	}

	/**
	 * Return the memory that is held between messages, outside the heap: what zlib
	 * allocates for each direction that keeps its context.
	 * @return the size in bytes, approximately
	 */
	int contextBytes() {
		int deflater = isServerNoContext() ? 0 : DEFLATER_BYTES;
		return deflater + (this.parameters.containsKey(CLIENT_NO_CONTEXT) ? 0 : INFLATER_BYTES);
	}

	/**
	 * Create the decoder of what the client sends. Whatever window the client uses, it
	 * can be inflated with the largest.
	 * @param maxInflated the maximum number of bytes that a frame may grow to
	 */
	WebSocketExtensionDecoder newDecoder(int maxInflated) {
		Map<String, @Nullable String> client = new HashMap<>();
		if (this.parameters.containsKey(CLIENT_NO_CONTEXT)) {
			client.put(CLIENT_NO_CONTEXT, null);
		}
		WebSocketServerExtension extension = new PerMessageDeflateServerExtensionHandshaker(6, false, MAX_WINDOW_BITS,
				false, true, maxInflated)
			.handshakeExtension(new WebSocketExtensionData(NAME, client));
		if (extension == null) {
			throw new IllegalStateException("No decoder");
		}
		return extension.newExtensionDecoder();
	}

}
