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

package io.github.springsocketio.attack;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.github.springsocketio.testsupport.RawWebSocket;

/**
 * A connection of the attacker, which costs the attacker little.
 */
final class Peer implements AutoCloseable {

	private static final int READ_TIMEOUT = 20_000;

	/** How long the server may take nothing before the rest is not sent. */
	private static final long GIVE_UP = 300_000_000;

	private static final long PAUSE = 500_000;

	private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
			+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

	private final SocketChannel channel;

	private final AtomicLong sent;

	private final long deadline;

	/**
	 * Connect.
	 * @param port the port
	 * @param sent counts the bytes that are sent
	 * @param deadline when the attack ends, as by {@link System#nanoTime()}
	 */
	Peer(int port, AtomicLong sent, long deadline) throws IOException {
		this.sent = sent;
		this.deadline = deadline;
		this.channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		this.channel.socket().setSoTimeout(READ_TIMEOUT);
		this.channel.socket().setTcpNoDelay(true);
		// leaves no port behind that cannot be used again for a minute
		this.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
	}

	/**
	 * Send bytes.
	 * @throws IOException if the server takes nothing for a while
	 */
	void send(byte[] bytes) throws IOException {
		if (System.nanoTime() - this.deadline > 0) {
			throw new IOException("The attack is over");
		}
		this.channel.configureBlocking(false);
		try {
			ByteBuffer rest = ByteBuffer.wrap(bytes);
			long progress = System.nanoTime();
			while (rest.hasRemaining()) {
				int chunk = Math.min(rest.remaining(), 65_536);
				int written = this.channel.write(rest.slice().limit(chunk));
				this.sent.addAndGet(written);
				rest.position(rest.position() + written);
				if (written > 0) {
					progress = System.nanoTime();
				}
				else if (System.nanoTime() - progress > GIVE_UP) {
					throw new IOException("The server reads nothing");
				}
				else {
					LockSupport.parkNanos(PAUSE);
				}
			}
		}
		finally {
			this.channel.configureBlocking(true);
		}
	}

	void send(String text) throws IOException {
		send(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	// HTTP

	void get(String target, String... headers) throws IOException {
		send(head("GET", target, headers) + "\r\n");
	}

	/**
	 * Send the head of a {@code POST}.
	 * @param length the length that it announces
	 */
	void post(String target, int length) throws IOException {
		send(head("POST", target, "Content-Type: text/plain;charset=UTF-8", "Content-Length: " + length) + "\r\n");
	}

	static String head(String method, String target, String... headers) {
		StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
		for (String header : headers) {
			head.append(header).append("\r\n");
		}
		return head.toString();
	}

	/**
	 * Read a response with a {@code Content-Length}.
	 * @return the status, a blank and the body
	 */
	String response() throws IOException {
		String status = line().split(" ")[1];
		int length = 0;
		for (String line = line(); !line.isEmpty(); line = line()) {
			if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
				length = Integer.parseInt(line.substring(15).strip());
			}
		}
		return status + " " + new String(read(length), StandardCharsets.UTF_8);
	}

	/**
	 * Make an Engine.IO handshake.
	 * @return the target of further requests of the session
	 */
	String handshake(String... headers) throws IOException {
		String target = "/socket.io/?EIO=4&transport=polling";
		get(target, headers);
		String response = response();
		int sid = response.indexOf("\"sid\":\"");
		if (!response.startsWith("200") || sid < 0) {
			throw new IOException("Refused: " + response);
		}
		return target + "&sid=" + response.substring(sid + 7, response.indexOf('"', sid + 7));
	}

	// WebSocket

	/**
	 * Open a session with a websocket.
	 */
	void websocket(String... headers) throws IOException {
		send(head("GET", "/socket.io/?EIO=4&transport=websocket", headers) + UPGRADE + "\r\n");
		String status = line();
		for (String line = line(); !line.isEmpty(); line = line()) {
			// headers
		}
		if (!status.contains(" 101 ")) {
			throw new IOException("Refused: " + status);
		}
		frame();
	}

	/**
	 * Open a session with a websocket and join the main namespace.
	 */
	void join(String... headers) throws IOException {
		websocket(headers);
		text("40");
		frame();
	}

	void text(String text) throws IOException {
		send(RawWebSocket.frame(RawWebSocket.TEXT, text.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Read a frame, whatever it is.
	 * @return its payload
	 */
	String frame() throws IOException {
		byte[] head = read(2);
		int length = head[1];
		if (length == 126) {
			length = ByteBuffer.wrap(read(2)).getShort() & 0xffff;
		}
		else if (length == 127) {
			length = (int) ByteBuffer.wrap(read(8)).getLong();
		}
		return new String(read(length), StandardCharsets.UTF_8);
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		InputStream in = this.channel.socket().getInputStream();
		for (int next = in.read(); next != '\n'; next = in.read()) {
			if (next < 0) {
				throw new EOFException();
			}
			if (next != '\r') {
				line.append((char) next);
			}
		}
		return line.toString();
	}

	private byte[] read(int length) throws IOException {
		byte[] bytes = this.channel.socket().getInputStream().readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException();
		}
		return bytes;
	}

	/**
	 * Read until the server ends the connection or sends nothing for a while.
	 */
	void drain(int millis) throws IOException {
		this.channel.socket().setSoTimeout(millis);
		byte[] buffer = new byte[8192];
		InputStream in = this.channel.socket().getInputStream();
		try {
			while (in.read(buffer) >= 0) {
				// forgotten
			}
		}
		catch (SocketTimeoutException ex) {
			// nothing comes for a while
		}
	}

	@Override
	public void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			// It is gone
		}
	}

}
