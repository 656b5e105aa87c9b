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
 * Connections with one request each, which opens a session that nobody uses.
 */
final class Handshakes {

	private final Wire wire;

	private final ConnectionLoad load = new ConnectionLoad(this::open);

	Handshakes(Wire wire) {
		this.wire = wire;
	}

	ConnectionLoad load() {
		return this.load;
	}

	private void open() throws IOException {
		HttpConnection connection = new HttpConnection(this.wire) {

			@Override
			void body(byte[] data, int from, int to) throws IOException {
				if (data[from] != '0') {
					throw Client.wrong("No session", data, from, to);
				}
				close();
				Handshakes.this.load.ended();
			}

			@Override
			void lost(IOException cause) throws IOException {
				throw cause;
			}

		};
		connection.get(PollingClient.HANDSHAKE);
	}

}
