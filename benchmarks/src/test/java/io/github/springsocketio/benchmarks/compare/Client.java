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

/**
 * One Socket.IO client of the namespace {@code "/"}: answers pings, joins and hands all
 * else to the {@link Receiver}.
 */
abstract class Client {

	static final byte[] JOIN = ascii("40");

	private static final byte[] PONG = ascii("3");

	private final Receiver receiver;

	/** What the receiver keeps for this client. */
	final long[] sentAt;

	int sent;

	int received;

	boolean attachmentDue;

	Client(Receiver receiver) {
		this.receiver = receiver;
		this.sentAt = new long[receiver.window()];
	}

	static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	final Receiver receiver() {
		return this.receiver;
	}

	static IOException wrong(String what, byte[] data, int from, int to) {
		return new IOException(what + ": " + new String(data, from, Math.min(to - from, 200), StandardCharsets.UTF_8));
	}

	/**
	 * Send a text packet with its Engine.IO type.
	 */
	abstract void text(byte[] packet, int length) throws IOException;

	/**
	 * Send an attachment.
	 */
	abstract void binary(byte[] data) throws IOException;

	abstract void flush() throws IOException;

	/**
	 * Leave, and close the connection.
	 */
	abstract void close() throws IOException;

	protected final void onText(byte[] data, int from, int to) throws IOException {
		byte second = (to - from > 1) ? data[from + 1] : 0;
		switch (data[from]) {
			case '0' -> {
				byte[] join = this.receiver.join();
				text(join, join.length);
			}
			case '2' -> text(PONG, PONG.length);
			case '4' -> {
				if (second == '0') {
					this.receiver.onJoined(this, data, from, to);
				}
				else {
					this.receiver.onText(this, data, from, to);
				}
			}
			case '3' -> onProbed();
			case '6' -> {
				// nothing to do
			}
			default -> throw wrong("Unexpected packet", data, from, to);
		}
	}

	/**
	 * The probe of an upgrade was answered.
	 */
	void onProbed() throws IOException {
		throw new IOException("Unexpected pong");
	}

	protected final void onBinary(byte[] data, int from, int to) throws IOException {
		this.receiver.onBinary(this, data, from, to);
	}

}
