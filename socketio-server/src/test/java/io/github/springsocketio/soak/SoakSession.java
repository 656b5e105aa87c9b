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

package io.github.springsocketio.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawConnection;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import org.jspecify.annotations.Nullable;

/**
 * A client with one session.
 */
final class SoakSession {

	private final int port;

	private final List<RawConnection> connections = new ArrayList<>();

	private final String sid;

	private final @Nullable RawHttp gets;

	private final @Nullable RawHttp posts;

	private final @Nullable RawWebSocket websocket;

	private int acks;

	private SoakSession(int port, Kind kind) {
		this.port = port;
		if (kind == Kind.WEBSOCKET) {
			this.gets = null;
			this.posts = null;
			this.websocket = openWebsocket("");
			this.sid = PollingClient.sid(this.websocket.readText());
		}
		else {
			this.gets = http();
			this.posts = http();
			this.sid = PollingClient.sid(this.gets.get(target("")).text());
			this.websocket = (kind == Kind.UPGRADE) ? upgrade() : null;
		}
	}

	static SoakSession open(int port, Kind kind) {
		SoakSession session = new SoakSession(port, kind);
		session.send("40");
		session.await("40{");
		return session;
	}

	int port() {
		return this.port;
	}

	RawHttp http() {
		RawHttp http = new RawHttp(this.port);
		this.connections.add(http.connection());
		return http;
	}

	String target(String more) {
		return "/socket.io/?EIO=4&transport=polling" + more;
	}

	String target() {
		return target("&sid=" + this.sid);
	}

	private RawWebSocket openWebsocket(String more) {
		return RawWebSocket.open(http(), "/socket.io/?EIO=4&transport=websocket" + more);
	}

	RawWebSocket candidate() {
		RawWebSocket candidate = openWebsocket("&sid=" + this.sid);
		candidate.sendText("2probe");
		RawWebSocket.Frame answer = candidate.read();
		if (!answer.text().equals("3probe")) {
			throw new UncheckedIOException(new IOException("Not probed: " + answer));
		}
		return candidate;
	}

	private RawWebSocket upgrade() {
		RawWebSocket candidate = candidate();
		candidate.sendText("5");
		return candidate;
	}

	@Nullable RawWebSocket websocket() {
		return this.websocket;
	}

	List<RawConnection> connections() {
		return this.connections;
	}

	RawHttp posts() {
		return (this.posts != null) ? this.posts : http();
	}

	/**
	 * Send an event and wait for its acknowledgement.
	 * @param event the event with its arguments, without the bracket in front
	 */
	void talk(String event) {
		int id = this.acks++;
		send("42" + id + "[" + event);
		await("43" + id + "[");
	}

	void send(String packet) {
		if (this.websocket != null) {
			this.websocket.sendText(packet);
			return;
		}
		RawResponse response = posts().post(target(), packet);
		if (response.status() != 200) {
			throw new UncheckedIOException(new IOException("Refused: " + response));
		}
	}

	/**
	 * Read until a packet comes that begins in a certain way; answer pings.
	 */
	private void await(String start) {
		while (true) {
			boolean found = false;
			for (String packet : receive()) {
				if (packet.equals("2")) {
					send("3");
				}
				found |= packet.startsWith(start);
			}
			if (found) {
				return;
			}
		}
	}

	private String[] receive() {
		if (this.websocket != null) {
			RawWebSocket.Frame frame = this.websocket.read();
			if (frame.opcode() != RawWebSocket.TEXT) {
				throw new UncheckedIOException(new IOException("Closed: " + frame));
			}
			return new String[] { frame.text() };
		}
		RawResponse response = (this.gets != null) ? this.gets.get(target()) : http().get(target());
		if (response.status() != 200) {
			throw new UncheckedIOException(new IOException("Closed: " + response));
		}
		return response.text().split("\u001e", -1);
	}

	void close() {
		this.connections.forEach(RawConnection::close);
	}

	void reset() {
		this.connections.forEach(RawConnection::reset);
	}

	/**
	 * How a session is opened.
	 */
	enum Kind {

		POLLING, WEBSOCKET, UPGRADE

	}

}
