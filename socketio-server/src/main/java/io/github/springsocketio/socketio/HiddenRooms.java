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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import io.github.springsocketio.engineio.HandshakeRequest;
import io.github.springsocketio.socketio.adapter.LocalSockets;

import org.springframework.util.Assert;

/**
 * Names of the rooms that join the sockets of a {@code WebSession} or of a user. They
 * hold a digest, because the id of a session is a secret.
 */
final class HiddenRooms {

	private HiddenRooms() {
	}

	static String ofSession(String sessionId) {
		Assert.notNull(sessionId, "'sessionId' must not be null");
		return name("session", sessionId);
	}

	static String ofUser(String name) {
		Assert.notNull(name, "'name' must not be null");
		return name("user", name);
	}

	/**
	 * Return the rooms that sockets of a connection join.
	 */
	static List<String> of(HandshakeRequest request, Handshake handshake) {
		String sessionId = request.webSessionId();
		Principal user = handshake.principal();
		String name = (user != null) ? user.getName() : null;
		if (sessionId == null && name == null) {
			return List.of();
		}
		List<String> rooms = new ArrayList<>(2);
		if (sessionId != null) {
			rooms.add(ofSession(sessionId));
		}
		if (name != null) {
			rooms.add(ofUser(name));
		}
		return rooms;
	}

	/**
	 * Change the rooms of a socket whose client has reconnected.
	 * @param previous the previous rooms
	 */
	static void change(DefaultSocket socket, List<String> previous) {
		List<String> rooms = of(socket.conn().request(), socket.handshake());
		LocalSockets local = socket.namespace().localNode();
		previous.stream().filter((room) -> !rooms.contains(room)).forEach((room) -> local.leave(socket, room));
		local.join(socket, rooms);
	}

	private static String name(String kind, String value) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
			return LocalSockets.hiddenRoom(kind + ":" + Base64.getEncoder().withoutPadding().encodeToString(digest));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
