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

package io.github.springsocketio.test.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.engineio.packet.EncodedMessage;

/**
 * A log of the packets and requests of a client, for error messages. It contains the last
 * lines, 300 by default. Long packets are truncated. Safe to use from any thread.
 *
 * @since 0.1.0
 */
public final class Conversation {

	private static final int MAX_LENGTH = 300;

	/** The maximum number of UTF-8 bytes of a {@code char}. */
	private static final int MAX_BYTES = 3;

	private final String title;

	private final int maxLines;

	private final long start = System.nanoTime();

	private final Deque<String> lines = new ConcurrentLinkedDeque<>();

	private final AtomicInteger added = new AtomicInteger();

	Conversation(String title, int maxLines) {
		this.title = title;
		this.maxLines = maxLines;
	}

	/**
	 * Return the lines: the time since the client was created, a direction ({@code ->}
	 * sent, {@code <-} received, {@code --} neither) and a text.
	 * @return an immutable list, the oldest line first
	 */
	public List<String> lines() {
		return List.copyOf(this.lines);
	}

	/**
	 * Add a remark from a test.
	 * @param remark the text
	 */
	public void note(String remark) {
		add("--", shortened(remark));
	}

	private boolean isEmpty() {
		return this.maxLines == 0;
	}

	void sent(Transport transport, EncodedMessage message) {
		if (isEmpty()) {
			return;
		}
		if (message.hasText()) {
			add("->", transport.text() + " " + decoded(message.text(), 0, message.text().length));
		}
		for (byte[] binary : message.binaries()) {
			add("->", transport.text() + " " + bytes(binary));
		}
	}

	void received(Transport transport, byte[] text, int offset, int length) {
		if (!isEmpty()) {
			add("<-", transport.text() + " " + decoded(text, offset, length));
		}
	}

	void received(Transport transport, byte[] binary) {
		if (!isEmpty()) {
			add("<-", transport.text() + " " + bytes(binary));
		}
	}

	void request(String method, URI uri) {
		if (!isEmpty()) {
			add("->", shortened(method + " " + target(uri)));
		}
	}

	void response(String method, URI uri, HandshakeResponse response) {
		if (isEmpty()) {
			return;
		}
		String cookies = response.headers("set-cookie").isEmpty() ? ""
				: ", Set-Cookie: " + String.join(" | ", response.headers("set-cookie"));
		String body = (response.status() != 200 && !response.body().isEmpty()) ? ": " + response.body() : "";
		add("<-", shortened(response.status() + " for " + method + " " + target(uri) + cookies + body));
	}

	private static String target(URI uri) {
		return uri.getRawPath() + ((uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "");
	}

	private static String bytes(byte[] binary) {
		return "<" + binary.length + " bytes>";
	}

	/**
	 * Decode the beginning of a packet.
	 */
	private static String decoded(byte[] text, int offset, int length) {
		int enough = Math.min(length, MAX_LENGTH * MAX_BYTES);
		String decoded = new String(text, offset, enough, StandardCharsets.UTF_8);
		return (decoded.length() <= MAX_LENGTH && enough == length) ? decoded
				: decoded.substring(0, MAX_LENGTH) + "… (" + length + " bytes)";
	}

	private static String shortened(String text) {
		return (text.length() <= MAX_LENGTH) ? text
				: text.substring(0, MAX_LENGTH) + "… (" + text.length() + " characters)";
	}

	private void add(String direction, String text) {
		if (isEmpty()) {
			return;
		}
		long millis = (System.nanoTime() - this.start) / 1_000_000;
		this.lines.add("%7d ms %s %s".formatted(millis, direction, text.replace('\u001e', '|')));
		if (this.added.incrementAndGet() > this.maxLines) {
			this.lines.poll();
		}
	}

	@Override
	public String toString() {
		int omitted = this.added.get() - this.maxLines;
		StringBuilder text = new StringBuilder("Conversation of ").append(this.title).append(':');
		if (omitted > 0) {
			text.append("\n  (").append(omitted).append(" earlier lines left out)");
		}
		this.lines.forEach((line) -> text.append("\n  ").append(line));
		return text.toString();
	}

}
