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
import java.util.List;

/**
 * One client that broadcasts at a steady rate to all others.
 */
final class PacedCasts implements Receiver {

	// not acknowledged: this server would await Redis before, the one in JavaScript would
	// not
	private static final byte[] CAST = Client
		.ascii("42[\"emit\",{\"from\":\"socket\"},\"x\",{\"text\":\"how are you?\",\"ok\":true}]");

	private static final byte[] EVENT = Client.ascii("42[\"x\",{\"text\":\"how are you?\",\"ok\":true}]");

	private final List<Client> clients = new ArrayList<>();

	private long interval;

	private long next;

	private int sent;

	private long received;

	int ready() {
		return this.clients.size();
	}

	/**
	 * Begin to send.
	 * @param perSecond the number of broadcasts
	 */
	void begin(int perSecond) {
		this.interval = 1_000_000_000L / perSecond;
		this.next = System.nanoTime();
	}

	/**
	 * Send what is due.
	 */
	void send() {
		try {
			for (long now = System.nanoTime(); now >= this.next; now = System.nanoTime()) {
				// what was missed in a pause of this process is not made up for
				this.next = Math.max(this.next + this.interval, now - 10 * this.interval);
				// the first one to connect
				Client sender = this.clients.get(0);
				this.sent++;
				sender.text(CAST, CAST.length);
				sender.flush();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return whether everything has arrived.
	 */
	boolean isQuiet() {
		return this.received == (long) this.sent * (this.clients.size() - 1);
	}

	/**
	 * Return the number of deliveries so far.
	 */
	long received() {
		return this.received;
	}

	@Override
	public int window() {
		return 0;
	}

	@Override
	public void onReady(Client client) {
		this.clients.add(client);
	}

	@Override
	public void onText(Client client, byte[] data, int from, int to) throws IOException {
		if (client == this.clients.get(0) || to - from != EVENT.length) {
			throw Client.wrong("Unexpected message", data, from, to);
		}
		this.received++;
	}

}
