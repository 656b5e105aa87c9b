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
 * Clients that connect, join and leave again.
 */
final class Passers implements Receiver {

	private final ConnectionLoad load;

	/**
	 * Create clients.
	 * @param upgrading whether they connect by polling and then upgrade
	 */
	Passers(Wire wire, boolean upgrading) {
		this.load = new ConnectionLoad(upgrading ? () -> new PollingClient(wire, new UpgradedTraffic(wire, this))
				: () -> new WebSocketClient(wire, this));
	}

	ConnectionLoad load() {
		return this.load;
	}

	@Override
	public void onReady(Client client) throws IOException {
		client.close();
		this.load.ended();
	}

}
