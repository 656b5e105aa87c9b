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

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A websocket client that sends the frames it is told, good or bad, and shows those that
 * come. It answers nothing by itself.
 *
 * @since 0.1.0
 */
public final class RawWebSocket implements AutoCloseable {

	/** Opcode of a continuation frame. */
	public static final int CONTINUATION = 0;

	/** Opcode of a text frame. */
	public static final int TEXT = 1;

	/** Opcode of a binary frame. */
	public static final int BINARY = 2;

	/** Opcode of a close frame. */
	public static final int CLOSE = 8;

	/** Opcode of a ping. */
	public static final int PING = 9;

	/** Opcode of a pong. */
	public static final int PONG = 10;

	/**
	 * Stands for a close frame without a code.
	 */
	public static final int NO_CODE = 1005;

	/**
	 * Key and answer are those of RFC 6455, section 1.3.
	 */
	public static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

	private static final byte[] MASK = { 0x12, 0x34, 0x56, 0x78 };

	private final RawConnection connection;

	/**
	 * Use a connection that has been upgraded.
	 * @param connection the connection
	 */
	public RawWebSocket(RawConnection connection) {
		this.connection = connection;
	}

	/**
	 * Open a websocket.
	 * @param port the port
	 * @param target the request target
	 * @param headers further headers, lines such as {@code "Cookie: a=b"}
	 * @return the websocket, before anything was read from it
	 */
	public static RawWebSocket open(int port, String target, String... headers) {
		return open(new RawHttp(port), target, headers);
	}

	/**
	 * Open a websocket.
	 * @param http the connection, which belongs to the websocket afterwards
	 * @param target the request target
	 * @param headers further headers, lines such as {@code "Cookie: a=b"}
	 * @return the websocket, before anything was read from it
	 */
	public static RawWebSocket open(RawHttp http, String target, String... headers) {
		RawResponse response = http.upgrade(target, headers);
		if (response.status() != 101) {
			throw new AssertionError("No websocket: " + response);
		}
		return new RawWebSocket(http.connection());
	}

	/**
	 * Return the headers of an upgrade request.
	 * @return the lines
	 */
	public static List<String> handshakeHeaders() {
		return List.of("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
				"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
	}

	/**
	 * Return the connection.
	 * @return the connection
	 */
	public RawConnection connection() {
		return this.connection;
	}

	/**
	 * Send a text message.
	 * @param text the text
	 */
	public void sendText(String text) {
		this.connection.write(frame(TEXT, text.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Send a binary message.
	 * @param data the data
	 */
	public void sendBinary(byte[] data) {
		this.connection.write(frame(BINARY, data));
	}

	/**
	 * Send a close frame.
	 * @param code the code, or {@link #NO_CODE} for none
	 */
	public void sendClose(int code) {
		byte[] payload = (code != NO_CODE) ? ByteBuffer.allocate(2).putShort((short) code).array() : new byte[0];
		this.connection.write(frame(CLOSE, payload));
	}

	/**
	 * Send frames as they are.
	 * @param frames the bytes of the frames
	 */
	public void send(byte[] frames) {
		this.connection.write(frames);
	}

	/**
	 * Make a whole, masked frame.
	 * @param opcode the opcode
	 * @param payload the payload
	 * @return the bytes of the frame
	 */
	public static byte[] frame(int opcode, byte[] payload) {
		return frame(0x80 | opcode, true, payload);
	}

	/**
	 * Make a frame.
	 * @param first the first byte: FIN, the reserved bits and the opcode
	 * @param masked whether the payload is masked, as a client's has to be
	 * @param payload the payload
	 * @return the bytes of the frame
	 */
	public static byte[] frame(int first, boolean masked, byte[] payload) {
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		frame.writeBytes(header(first, masked, payload.length));
		if (masked) {
			frame.writeBytes(MASK);
		}
		for (int i = 0; i < payload.length; i++) {
			frame.write(masked ? payload[i] ^ MASK[i % 4] : payload[i]);
		}
		return frame.toByteArray();
	}

	/**
	 * Make what stands before the mask of a frame.
	 * @param first the first byte: FIN, the reserved bits and the opcode
	 * @param masked whether the frame says that it is masked
	 * @param length the length that it announces
	 * @return the bytes
	 */
	public static byte[] header(int first, boolean masked, long length) {
		int mask = masked ? 0x80 : 0;
		ByteBuffer header = ByteBuffer.allocate(10).put((byte) first);
		if (length < 126) {
			header.put((byte) (mask | length));
		}
		else if (length < 65536) {
			header.put((byte) (mask | 126)).putShort((short) length);
		}
		else {
			header.put((byte) (mask | 127)).putLong(length);
		}
		byte[] bytes = new byte[header.position()];
		header.flip().get(bytes);
		return bytes;
	}

	/**
	 * Read the next frame.
	 * @return the frame
	 */
	public Frame read() {
		int first = this.connection.readByte();
		int second = this.connection.readByte();
		if ((second & 0x80) != 0) {
			throw new AssertionError("A server must not mask its frames");
		}
		long length = second;
		if (second == 126) {
			length = ByteBuffer.wrap(this.connection.read(2)).getShort() & 0xffff;
		}
		else if (second == 127) {
			length = ByteBuffer.wrap(this.connection.read(8)).getLong();
		}
		return new Frame(first, this.connection.read((int) length));
	}

	/**
	 * Read the next frame, which must be a text.
	 * @return the text
	 */
	public String readText() {
		Frame frame = read();
		if (frame.first() != (0x80 | TEXT)) {
			throw new AssertionError("No text: " + frame);
		}
		return frame.text();
	}

	/**
	 * Read the next frame, which must be a binary one.
	 * @return the bytes
	 */
	public byte[] readBinary() {
		Frame frame = read();
		if (frame.first() != (0x80 | BINARY)) {
			throw new AssertionError("No binary message: " + frame);
		}
		return frame.payload();
	}

	/**
	 * Read the next frame, which must be a close frame, and the end of the connection.
	 * @return the code, {@link #NO_CODE} for none
	 */
	public int readClose() {
		return readClose(read());
	}

	/**
	 * Read until a close frame comes, and the end of the connection.
	 * @return the code, {@link #NO_CODE} for none
	 */
	public int readCloseAfterTexts() {
		Frame frame = read();
		while (frame.opcode() == TEXT) {
			frame = read();
		}
		return readClose(frame);
	}

	private int readClose(Frame frame) {
		if (frame.first() != (0x80 | CLOSE)) {
			throw new AssertionError("No close frame: " + frame);
		}
		int code = (frame.payload().length != 0) ? ByteBuffer.wrap(frame.payload()).getShort() & 0xffff : NO_CODE;
		// the answer, after which the server has to end the connection
		try {
			sendClose((code != NO_CODE) ? code : 1000);
		}
		catch (UncheckedIOException ex) {
			// it has done so already
		}
		this.connection.awaitEnd();
		return code;
	}

	@Override
	public void close() {
		this.connection.close();
	}

	/**
	 * A frame of the server.
	 *
	 * @param first the first byte: FIN, the reserved bits and the opcode
	 * @param payload the payload
	 */
	public record Frame(int first, byte[] payload) {

		/**
		 * Return the opcode.
		 * @return the opcode
		 */
		public int opcode() {
			return this.first & 0xf;
		}

		/**
		 * Return the payload as text.
		 * @return the payload, decoded as UTF-8
		 */
		public String text() {
			return new String(this.payload, StandardCharsets.UTF_8);
		}

		@Override
		public String toString() {
			return "Frame[first=0x" + Integer.toHexString(this.first) + ", " + text() + "]";
		}

	}

}
