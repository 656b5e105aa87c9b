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
import java.util.ArrayList;
import java.util.List;

/**
 * Clients whose events a blocking handler answers, one after the other, after a second of
 * sleep.
 */
final class Sleepers implements Receiver {

	private static final byte[] REQUEST = Client.ascii("421[\"sleep\"]");

	private static final byte[] ANSWER = Client.ascii("431[]");

	private final List<Client> clients = new ArrayList<>();

	private long slept;

	int ready() {
		return this.clients.size();
	}

	/**
	 * Return how many handlers have ended.
	 */
	long slept() {
		return this.slept;
	}

	void start() throws IOException {
		for (Client client : this.clients) {
			send(client);
		}
	}

	void close() throws IOException {
		for (Client client : this.clients) {
			client.close();
		}
	}

	private static void send(Client client) throws IOException {
		client.text(REQUEST, REQUEST.length);
		client.flush();
	}

	@Override
	public void onReady(Client client) {
		this.clients.add(client);
	}

	@Override
	public void onText(Client client, byte[] data, int from, int to) throws IOException {
		if (to - from != ANSWER.length) {
			throw Client.wrong("Unexpected message", data, from, to);
		}
		this.slept++;
		send(client);
	}

}
