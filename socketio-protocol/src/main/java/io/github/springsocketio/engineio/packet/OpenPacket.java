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

package io.github.springsocketio.engineio.packet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.github.springsocketio.Internal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The first packet of a session, sent by the server.
 *
 * @param sid the session id
 * @param upgrades the names of the transports to which the session can be upgraded
 * @param pingInterval the time between two pings
 * @param pingTimeout the time to wait for a pong (in protocol 3, after the ping interval,
 * for a ping)
 * @param maxPayload the maximum size of a payload in bytes; 0 if the packet does not
 * state it
 * @since 0.1.0
 */
@Internal
public record OpenPacket(String sid, List<String> upgrades, Duration pingInterval, Duration pingTimeout,
		long maxPayload) {

	private static final JsonFactory JSON = new JsonFactory();

	/**
	 * Create an open packet.
	 */
	public OpenPacket {
		upgrades = List.copyOf(upgrades);
	}

	/**
	 * Encode the packet.
	 * @return the text packet, with its type
	 */
	public EncodedMessage encode() {
		return EnginePacketType.OPEN.packet("{\"sid\":" + JsonEscapes.quote(this.sid) + ",\"upgrades\":"
				+ this.upgrades.stream().map(JsonEscapes::quote).collect(Collectors.joining(",", "[", "]"))
				+ ",\"pingInterval\":" + this.pingInterval.toMillis() + ",\"pingTimeout\":"
				+ this.pingTimeout.toMillis() + ",\"maxPayload\":" + this.maxPayload + "}");
	}

	/**
	 * Decode a packet. Unknown properties are ignored.
	 * @param data contains the text packet in UTF-8
	 * @param offset the position of its type
	 * @param length its length in bytes
	 * @return the packet, or {@code null} if it is not a valid open packet
	 */
	public static @Nullable OpenPacket decode(byte[] data, int offset, int length) {
		if (!EnginePacketType.OPEN.isTypeOf(data, offset, length)) {
			return null;
		}
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), data, offset + 1, length - 1)) {
			return new Reader(parser).read();
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	/**
	 * Reads the properties of the JSON object.
	 */
	private static final class Reader {

		private final JsonParser parser;

		private @Nullable String sid;

		private @Nullable List<String> upgrades;

		private long pingInterval = -1;

		private long pingTimeout = -1;

		private long maxPayload;

		Reader(JsonParser parser) {
			this.parser = parser;
		}

		@Nullable OpenPacket read() {
			if (this.parser.nextToken() != JsonToken.START_OBJECT) {
				return null;
			}
			while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = this.parser.currentName();
				this.parser.nextToken();
				property(name);
				this.parser.skipChildren();
			}
			boolean ended = this.parser.nextToken() == null;
			if (!ended || this.sid == null || this.upgrades == null || this.pingInterval < 0 || this.pingTimeout < 0
					|| this.maxPayload < 0) {
				return null;
			}
			return new OpenPacket(this.sid, this.upgrades, Duration.ofMillis(this.pingInterval),
					Duration.ofMillis(this.pingTimeout), this.maxPayload);
		}

		private void property(String name) {
			switch (name) {
				case "sid" -> {
					this.sid = string();
				}
				case "upgrades" -> {
					this.upgrades = strings();
				}
				case "pingInterval" -> {
					this.pingInterval = number();
				}
				case "pingTimeout" -> {
					this.pingTimeout = number();
				}
				case "maxPayload" -> {
					this.maxPayload = number();
				}
				default -> {
				}
			}
		}

		private @Nullable String string() {
			return this.parser.hasToken(JsonToken.VALUE_STRING) ? this.parser.getString() : null;
		}

		private @Nullable List<String> strings() {
			if (!this.parser.isExpectedStartArrayToken()) {
				return null;
			}
			List<String> values = new ArrayList<>();
			while (this.parser.nextToken() == JsonToken.VALUE_STRING) {
				values.add(this.parser.getString());
			}
			return this.parser.hasToken(JsonToken.END_ARRAY) ? values : null;
		}

		private long number() {
			return this.parser.hasToken(JsonToken.VALUE_NUMBER_INT) ? this.parser.getLongValue() : -1;
		}

	}

}
