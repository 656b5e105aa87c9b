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
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.springsocketio.benchmarks.Histogram;

/**
 * Clients that send at a steady rate, in turn, and wait for an echo.
 */
final class PacedEchoes implements Receiver {

	private static final byte[] MESSAGE = Client.ascii("42[\"echo\",{\"text\":\"how are you?\",\"ok\":true}]");

	private final Histogram times = new Histogram();

	private final List<Client> clients = new ArrayList<>();

	private final long interval;

	private long next = System.nanoTime();

	private int turn;

	private long count;

	PacedEchoes(int perSecond) {
		this.interval = 1_000_000_000L / perSecond;
	}

	Histogram times() {
		return this.times;
	}

	/**
	 * Return the number of messages that were received.
	 */
	long count() {
		return this.count;
	}

	int ready() {
		return this.clients.size();
	}

	/**
	 * Send what is due.
	 */
	void send() {
		try {
			for (long now = System.nanoTime(); now >= this.next; now = System.nanoTime()) {
				// what was missed in a pause of this process is not made up for
				this.next = Math.max(this.next + this.interval, now - 10 * this.interval);
				send(this.clients.get(this.turn++ % this.clients.size()), now);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void send(Client client, long now) throws IOException {
		if (client.sent - client.received == window()) {
			throw new IOException("The server does not answer");
		}
		client.sentAt[client.sent++ % window()] = now;
		client.text(MESSAGE, MESSAGE.length);
		client.flush();
	}

	@Override
	public int window() {
		return 256;
	}

	@Override
	public void onReady(Client client) {
		this.clients.add(client);
	}

	@Override
	public void onText(Client client, byte[] data, int from, int to) throws IOException {
		if (!Arrays.equals(data, from, to, MESSAGE, 0, MESSAGE.length) || client.received == client.sent) {
			throw Client.wrong("Unexpected message", data, from, to);
		}
		this.times.add(System.nanoTime() - client.sentAt[client.received++ % window()]);
		this.count++;
	}

}
