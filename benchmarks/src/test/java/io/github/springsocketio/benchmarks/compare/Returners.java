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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Clients that lose their connections and recover. Each exchanges one message with the
 * server before it loses its connection again. There are so many that the server has
 * noticed the loss when one comes back.
 */
final class Returners {

	private static final Pattern JOINED = Pattern.compile("\"sid\":\"([^\"]+)\",\"pid\":\"([^\"]+)\"");

	private static final Pattern OFFSET = Pattern.compile(",\"([^\"]+)\"\\]$");

	private static final byte[] ECHO = Client.ascii("42[\"echo\",1]");

	private static final int SESSIONS = 500;

	private final Deque<Session> gone = new ArrayDeque<>();

	private final ConnectionLoad load;

	Returners(Wire wire) {
		this.load = new ConnectionLoad(() -> new WebSocketClient(wire, this.gone.remove()));
		for (int i = 0; i < SESSIONS; i++) {
			this.gone.add(new Session());
		}
	}

	ConnectionLoad load() {
		return this.load;
	}

	/**
	 * A session that is recovered again and again.
	 */
	private final class Session implements Receiver {

		private byte[] join = Client.JOIN;

		private @Nullable String id;

		private @Nullable String privateId;

		@Override
		public byte[] join() {
			return this.join;
		}

		@Override
		public void onJoined(Client client, byte[] data, int from, int to) throws IOException {
			Matcher joined = JOINED.matcher(new String(data, from, to - from, StandardCharsets.UTF_8));
			if (!joined.find() || (this.id != null && !this.id.equals(joined.group(1)))) {
				throw Client.wrong("Not recovered", data, from, to);
			}
			this.id = joined.group(1);
			this.privateId = joined.group(2);
			onReady(client);
		}

		@Override
		public void onReady(Client client) throws IOException {
			client.text(ECHO, ECHO.length);
			client.flush();
		}

		@Override
		public void onText(Client client, byte[] data, int from, int to) throws IOException {
			Matcher offset = OFFSET.matcher(new String(data, from, to - from, StandardCharsets.UTF_8));
			if (!offset.find()) {
				throw Client.wrong("No offset", data, from, to);
			}
			this.join = Client.ascii("40{\"pid\":\"" + this.privateId + "\",\"offset\":\"" + offset.group(1) + "\"}");
			((WebSocketClient) client).drop();
			Returners.this.gone.add(this);
			Returners.this.load.ended();
		}

	}

}
