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
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Many clients that are connected, of which ten exchange messages with the server. All
 * messages are compared byte for byte.
 */
final class Crowd implements Receiver, GrowthLoad {

	/** The number of clients that do something. */
	static final int ACTIVE = 10;

	private static final long LIMIT = 60_000_000_000L;

	private static final int CONNECTING = 50;

	private static final byte[] JOIN_TEN = Client.ascii("423[\"join\",\"ten\"]");

	private static final byte[] TEN_JOINED = Client.ascii("433[]");

	private final Wire wire;

	private final List<Client> clients = new ArrayList<>();

	private GrowthMeasure measure = GrowthMeasure.ECHO;

	private int ready;

	private boolean running;

	private long count;

	private int missing;

	Crowd(Wire wire) {
		this.wire = wire;
	}

	/**
	 * Open or close clients, the newest first, and wait until this is done.
	 * @param size the number of clients, at least those that do something
	 */
	void resize(int size) throws IOException {
		while (this.clients.size() < size) {
			this.clients.add(new WebSocketClient(this.wire, this));
			int open = this.clients.size();
			int wanted = (open <= ACTIVE) ? open : open - CONNECTING;
			await(() -> this.ready >= wanted);
		}
		while (this.clients.size() > size) {
			this.clients.remove(this.clients.size() - 1).close();
			this.ready--;
		}
		await(() -> this.ready == size && this.wire.connections() == size);
	}

	private void await(BooleanSupplier condition) throws IOException {
		if (!this.wire.run(LIMIT, condition)) {
			throw new IOException("Clients could not connect or leave");
		}
	}

	void select(GrowthMeasure measure) {
		this.measure = measure;
	}

	@Override
	public void start() throws IOException {
		this.running = true;
		for (Client client : this.clients) {
			client.sent = 0;
			client.received = 0;
		}
		for (Client client : this.clients.subList(0, this.measure.isShared() ? 1 : ACTIVE)) {
			send(client);
		}
	}

	private void send(Client client) throws IOException {
		byte[] request = this.measure.requests().get(client.sent++ % this.measure.requests().size());
		client.text(request, request.length);
		this.missing += receivers();
		client.flush();
	}

	private int receivers() {
		return switch (this.measure) {
			case BROADCAST -> this.clients.size();
			case ROOM -> ACTIVE;
			default -> 1;
		};
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isQuiet() {
		return this.missing == 0;
	}

	@Override
	public long count() {
		return this.count;
	}

	@Override
	public void onReady(Client client) throws IOException {
		if (this.clients.size() <= ACTIVE) {
			client.text(JOIN_TEN, JOIN_TEN.length);
			client.flush();
			return;
		}
		this.ready++;
	}

	@Override
	public void onText(Client client, byte[] data, int from, int to) throws IOException {
		if (Arrays.equals(data, from, to, TEN_JOINED, 0, TEN_JOINED.length)) {
			this.ready++;
			return;
		}
		byte[] response = this.measure.responses().get(client.received++ % this.measure.responses().size());
		if (!Arrays.equals(data, from, to, response, 0, response.length) || this.missing == 0) {
			throw Client.wrong("Unexpected message", data, from, to);
		}
		this.count++;
		this.missing--;
		if (!this.running) {
			return;
		}
		if (!this.measure.isShared()) {
			send(client);
		}
		else if (this.missing == 0) {
			send(this.clients.get(0));
		}
	}

}
