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

package io.github.springsocketio.benchmarks.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * A client on a websocket.
 */
final class WebSocketClient extends Client implements Wire.Reader {

	private static final String TARGET = "GET /socket.io/?EIO=4&transport=websocket";

	private static final byte[] REQUEST = ascii(
			" HTTP/1.1\r\nHost: localhost\r\nUser-Agent: benchmark\r\nOrigin: http://localhost\r\n"
					+ "Connection: Upgrade\r\nUpgrade: websocket\r\n"
					+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");

	private static final byte[] COMPRESSING = ascii("Sec-WebSocket-Extensions: permessage-deflate; "
			+ "server_no_context_takeover; client_no_context_takeover\r\n\r\n");

	private static final byte[] NOT_COMPRESSING = ascii("\r\n");

	/** For all clients, as one thread serves them and they receive the same. */
	private static final LastInflated INFLATED = new LastInflated();

	private static final byte[] PROBE = ascii("2probe");

	private static final byte[] UPGRADE = ascii("5");

	private static final byte[] MASK = { 0x5a, 0x3c, (byte) 0x96, (byte) 0xe1 };

	private final Wire.Link link;

	private final boolean compressing;

	/** What is upgraded, if not a session of its own. */
	private final @Nullable PollingClient upgraded;

	private byte[] frame = new byte[512];

	private boolean open;

	private boolean closing;

	WebSocketClient(Wire wire, Receiver receiver) throws IOException {
		this(wire, receiver, null);
	}

	/**
	 * Create a client.
	 * @param upgraded the client whose session goes on on the websocket, or {@code null}
	 */
	WebSocketClient(Wire wire, Receiver receiver, @Nullable PollingClient upgraded) throws IOException {
		super(receiver);
		this.upgraded = upgraded;
		this.link = wire.new Link(this);
		byte[] target = ascii((upgraded != null) ? TARGET + upgraded.session() : TARGET);
		this.link.write(target, 0, target.length);
		this.link.write(REQUEST, 0, REQUEST.length);
		this.compressing = receiver.isCompressing();
		byte[] end = this.compressing ? COMPRESSING : NOT_COMPRESSING;
		this.link.write(end, 0, end.length);
		this.link.flush();
	}

	@Override
	void onProbed() throws IOException {
		PollingClient polling = this.upgraded;
		if (polling == null) {
			super.onProbed();
			return;
		}
		polling.upgrade(() -> {
			text(UPGRADE, UPGRADE.length);
			flush();
			receiver().onReady(this);
		});
	}

	@Override
	void text(byte[] packet, int length) {
		write(0x81, packet, length);
	}

	@Override
	void binary(byte[] data) {
		write(0x82, data, data.length);
	}

	private void write(int first, byte[] data, int length) {
		if (this.frame.length < length + 14) {
			this.frame = new byte[2 * length + 14];
		}
		byte[] out = this.frame;
		int at = 0;
		out[at++] = (byte) first;
		if (length < 126) {
			out[at++] = (byte) (0x80 | length);
		}
		else {
			out[at++] = (byte) (0x80 | 126);
			out[at++] = (byte) (length >> 8);
			out[at++] = (byte) length;
		}
		System.arraycopy(MASK, 0, out, at, 4);
		at += 4;
		for (int i = 0; i < length; i++) {
			out[at + i] = (byte) (data[i] ^ MASK[i & 3]);
		}
		this.link.write(out, 0, at + length);
	}

	@Override
	void flush() throws IOException {
		this.link.flush();
	}

	@Override
	void close() throws IOException {
		this.closing = true;
		text(ascii("41"), 2);
		write(0x88, new byte[0], 0);
		flush();
	}

	/**
	 * End the connection without a word.
	 */
	void drop() throws IOException {
		this.closing = true;
		this.link.close();
	}

	@Override
	public int read(byte[] data, int from, int to) throws IOException {
		return this.open ? frame(data, from, to) : handshake(data, from, to);
	}

	private int handshake(byte[] data, int from, int to) throws IOException {
		String head = new String(data, from, to - from, StandardCharsets.ISO_8859_1);
		int end = head.indexOf("\r\n\r\n");
		if (end >= 0 && !head.startsWith("HTTP/1.1 101")) {
			throw wrong("No websocket", data, from, to);
		}
		if (end >= 0 && this.compressing && !head.contains("permessage-deflate")) {
			throw new DeclinedException("No compression");
		}
		this.open = end >= 0;
		if (this.open && this.upgraded != null) {
			text(PROBE, PROBE.length);
			flush();
		}
		return (end >= 0) ? end + 4 : 0;
	}

	private int frame(byte[] data, int from, int to) throws IOException {
		if (to - from < 2) {
			return 0;
		}
		int length = data[from + 1] & 0xff;
		int start = from + 2;
		if (length == 126 && to - from >= 4) {
			length = (data[from + 2] & 0xff) << 8 | data[from + 3] & 0xff;
			start += 2;
		}
		else if (length >= 126) {
			if (length == 126) {
				return 0;
			}
			throw wrong("Unexpected frame", data, from, to);
		}
		if (to - start < length) {
			return 0;
		}
		switch (data[from] & 0xff) {
			case 0x81 -> {
				if (!this.closing) {
					onText(data, start, start + length);
				}
			}
			case 0xc1 -> {
				byte[] text = INFLATED.inflate(data, start, start + length);
				onText(text, 0, text.length);
			}
			case 0x82 -> onBinary(data, start, start + length);
			case 0x88 -> onClose(data, start, start + length);
			default -> throw wrong("Unexpected frame", data, from, to);
		}
		return start + length - from;
	}

	private void onClose(byte[] data, int from, int to) throws IOException {
		if (!this.closing) {
			throw wrong("The server closed the websocket", data, from, to);
		}
		this.link.close();
	}

	@Override
	public void closed() throws IOException {
		if (!this.closing) {
			receiver().onLost(new IOException("The server closed the connection"));
		}
	}

}
