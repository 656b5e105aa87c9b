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

package io.github.springsocketio.testsupport;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.TransportType;

/**
 * A polling session, with one connection for its polls and one for its posts.
 */
public final class PollingClient {

	private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

	private final TestServer server;

	private final RawHttp gets;

	private final RawHttp posts;

	private final AtomicInteger marks = new AtomicInteger();

	private final RawResponse handshake;

	private final String sid;

	PollingClient(TestServer server, String query, String... headers) {
		this.server = server;
		this.gets = server.http();
		this.posts = server.http();
		this.handshake = this.gets.get(server.target("transport=polling" + query), headers);
		if (this.handshake.status() != 200) {
			throw new AssertionError("No session: " + this.handshake);
		}
		this.sid = sid(this.handshake.text());
	}

	/**
	 * Return the session id of an open packet.
	 * @param open the packet
	 * @return the id
	 */
	public static String sid(String open) {
		Matcher matcher = SID.matcher(open);
		if (!matcher.find()) {
			throw new AssertionError("No session id: " + open);
		}
		return matcher.group(1);
	}

	public RawResponse handshake() {
		return this.handshake;
	}

	public String sid() {
		return this.sid;
	}

	/**
	 * Return the session, which must be there.
	 * @return the session
	 */
	public EngineSession session() {
		return this.server.session(this.sid);
	}

	public boolean isAlive() {
		return this.server.isAlive(this.sid);
	}

	/**
	 * Wait until the session is closed.
	 * @return why
	 */
	public Recorder.Closed awaitClose() {
		return this.server.recorder().awaitClose(this.sid);
	}

	/**
	 * Return the request target of this session's polls and posts.
	 * @return path and query
	 */
	public String target() {
		return this.server.target("transport=polling&sid=" + this.sid);
	}

	/**
	 * Return the connection of the polls.
	 * @return the client
	 */
	public RawHttp gets() {
		return this.gets;
	}

	/**
	 * Return the connection of the posts.
	 * @return the client
	 */
	public RawHttp posts() {
		return this.posts;
	}

	public RawResponse poll(String... headers) {
		return this.gets.get(target(), headers);
	}

	/**
	 * Send a poll that finds nothing, and wait until it hangs in the server.
	 * @param headers further headers
	 * @return comes when the poll is answered
	 */
	public CompletableFuture<RawResponse> hang(String... headers) {
		this.gets.send("GET", target(), null, headers);
		Await.until("the poll hangs", () -> session().isWritable());
		return this.gets.pending();
	}

	public RawResponse post(String body, String... headers) {
		return this.posts.post(target(), body, headers);
	}

	/**
	 * Send the head of a post and a part of its body, and wait until the server has begun
	 * to read it.
	 * @param announced the length of the whole body
	 * @param part what is sent of it
	 */
	public void beginPost(int announced, String part) {
		String mark = "mark=" + this.marks.incrementAndGet();
		this.posts.sendHead("POST", target() + "&" + mark, announced);
		this.posts.connection().write(part.getBytes(StandardCharsets.UTF_8));
		this.server.awaitRequest(mark);
	}

	/**
	 * Open the websocket that this session may be upgraded to.
	 * @return the websocket
	 */
	public RawWebSocket candidate() {
		return this.server.websocket("sid=" + this.sid);
	}

	/**
	 * Open the websocket that this session may be upgraded to, once the server has seen
	 * that the last one is gone.
	 * @return the websocket, whose probe was answered
	 */
	public RawWebSocket probedCandidate() {
		long end = System.nanoTime() + Await.LIMIT.toNanos();
		while (System.nanoTime() - end < 0) {
			RawWebSocket websocket = candidate();
			websocket.sendText("2probe");
			RawWebSocket.Frame answer = websocket.read();
			if (answer.text().equals("3probe")) {
				return websocket;
			}
			websocket.close();
		}
		throw new AssertionError("No websocket was let in");
	}

	/**
	 * Upgrade this session.
	 * @return its websocket
	 */
	public RawWebSocket upgrade() {
		RawWebSocket websocket = probedCandidate();
		websocket.sendText("5");
		EngineSession session = session();
		Await.until("the session is upgraded", () -> session.transportType() == TransportType.WEBSOCKET);
		return websocket;
	}

}
