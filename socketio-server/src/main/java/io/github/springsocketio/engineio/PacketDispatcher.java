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

package io.github.springsocketio.engineio;

import java.util.Arrays;

import io.github.springsocketio.engineio.packet.ControlPackets;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import io.github.springsocketio.engineio.packet.LenientBase64;

/**
 * Does what the packets of an open session ask for: messages go to its handler, pings and
 * pongs to its heartbeat, and what the protocol does not allow ends it. Keeps no state of
 * its own. All methods are called in the session's turn.
 */
final class PacketDispatcher {

	private PacketDispatcher() {
	}

	/**
	 * A text packet came.
	 * @param offset where it begins, with its type character
	 * @param length its length, at least 1
	 */
	static void onText(DefaultEngineSession session, byte[] data, int offset, int length) {
		if (data[offset] == EnginePacketType.BASE64) {
			onBase64(session, data, offset + 1, length - 1);
			return;
		}
		EnginePacketType type = EnginePacketType.of(data[offset]);
		if (session.listeners().any()) {
			session.listeners().onPacket(session, type, data, offset, length);
		}
		if (type == null) {
			session.closed(CloseReason.PARSE_ERROR, null);
			return;
		}
		switch (type) {
			case MESSAGE -> {
				session.heartbeat().onOther();
				session.handler().onText(data, offset + 1, length - 1);
			}
			case PING -> onPing(session);
			case PONG -> onPong(session);
			default -> session.heartbeat().onOther();
		}
	}

	private static void onBase64(DefaultEngineSession session, byte[] data, int offset, int length) {
		int type = (session.protocol() == 3) ? 1 : 0;
		boolean message = type == 0 || EnginePacketType.MESSAGE.isTypeOf(data, offset, length);
		byte[] decoded = message ? LenientBase64.decode(data, offset + type, length - type) : null;
		if (decoded == null) {
			session.closed(CloseReason.PARSE_ERROR, null);
			return;
		}
		if (session.listeners().any()) {
			session.listeners().onBinaryPacket(session, decoded);
		}
		session.heartbeat().onOther();
		session.handler().onBinary(decoded);
	}

	/**
	 * A binary packet came.
	 * @param data the message, with the type byte in front on protocol 3 (EIO-114)
	 */
	static void onBinary(DefaultEngineSession session, byte[] data) {
		if (session.listeners().any()) {
			session.listeners().onBinaryPacket(session, data);
		}
		session.heartbeat().onOther();
		if (session.protocol() == 4) {
			session.handler().onBinary(data);
		}
		else if (data.length > 0 && data[0] == EnginePacketType.MESSAGE.number()) {
			session.handler().onBinary(Arrays.copyOfRange(data, 1, data.length));
		}
		else {
			session.closed(CloseReason.PARSE_ERROR, null);
		}
	}

	private static void onPing(DefaultEngineSession session) {
		if (session.protocol() == 4) {
			session.closed(CloseReason.TRANSPORT_ERROR, "invalid heartbeat direction");
			return;
		}
		session.heartbeat().onPing();
		session.send(ControlPackets.PONG);
		session.listeners().onHeartbeat(session);
	}

	private static void onPong(DefaultEngineSession session) {
		if (session.protocol() == 3) {
			session.closed(CloseReason.TRANSPORT_ERROR, "invalid heartbeat direction");
			return;
		}
		session.heartbeat().onPong();
		session.listeners().onHeartbeat(session);
	}

}
