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

package io.github.springsocketio.autoconfigure;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A websocket client that shows the answer to its handshake and every message, and
 * answers nothing by itself.
 */
final class WireWebSocket implements AutoCloseable {

	private static final int READ_TIMEOUT = 30_000;

	private final Socket socket;

	private final DataInputStream in;

	private final List<String> head = new ArrayList<>();

	WireWebSocket(int port, String target, String... headers) {
		StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: localhost:" + port
				+ "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
				+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
		for (int i = 0; i < headers.length; i += 2) {
			request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
		}
		try {
			this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
			this.socket.setSoTimeout(READ_TIMEOUT);
			this.in = new DataInputStream(this.socket.getInputStream());
			this.socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.UTF_8));
			for (String line = line(); !line.isEmpty(); line = line()) {
				this.head.add(line);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int b = this.in.readUnsignedByte(); b != '\n'; b = this.in.readUnsignedByte()) {
			line.write(b);
		}
		return line.toString(StandardCharsets.UTF_8).stripTrailing();
	}

	int status() {
		return Integer.parseInt(this.head.get(0).split(" ")[1]);
	}

	List<String> cookies() {
		return this.head.stream()
			.filter((line) -> line.regionMatches(true, 0, "set-cookie:", 0, 11))
			.map((line) -> line.substring(11).strip())
			.toList();
	}

	void send(String text) {
		byte[] payload = text.getBytes(StandardCharsets.UTF_8);
		if (payload.length > 125) {
			throw new IllegalArgumentException("Too long");
		}
		byte[] frame = new byte[6 + payload.length];
		// masked with zeros
		frame[0] = (byte) 0x81;
		frame[1] = (byte) (0x80 | payload.length);
		System.arraycopy(payload, 0, frame, 6, payload.length);
		try {
			this.socket.getOutputStream().write(frame);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read a message.
	 * @return the text; or {@code null} if the server closes the websocket with a close
	 * frame
	 */
	@Nullable String receive() {
		try {
			int opcode = this.in.readUnsignedByte() & 0xf;
			int length = this.in.readUnsignedByte();
			if (length == 126) {
				length = this.in.readUnsignedShort();
			}
			else if (length == 127) {
				length = Math.toIntExact(this.in.readLong());
			}
			byte[] payload = this.in.readNBytes(length);
			return (opcode != 8) ? new String(payload, StandardCharsets.UTF_8) : null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
