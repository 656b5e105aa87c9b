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

/**
 * Upgrades clients that have joined by polling, and hands them on.
 */
final class UpgradedTraffic implements Receiver {

	private final Wire wire;

	private final Receiver next;

	UpgradedTraffic(Wire wire, Receiver next) {
		this.wire = wire;
		this.next = next;
	}

	@Override
	public int window() {
		return this.next.window();
	}

	@Override
	public void onReady(Client client) throws IOException {
		new WebSocketClient(this.wire, this.next, (PollingClient) client);
	}

	@Override
	public void onText(Client client, byte[] data, int from, int to) throws IOException {
		this.next.onText(client, data, from, to);
	}

	@Override
	public void onLost(IOException cause) throws IOException {
		this.next.onLost(cause);
	}

	@Override
	public void onBinary(Client client, byte[] data, int from, int to) throws IOException {
		this.next.onBinary(client, data, from, to);
	}

}
