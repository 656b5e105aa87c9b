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

package io.github.springsocketio.engineio;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * The only client of an engine of its own, whose timers do not run.
 */
public final class StressPeer {

	private final StressTransport transport = new StressTransport(TransportType.WEBSOCKET);

	private final TransportSession session;

	/**
	 * Connect to a server.
	 * @param server makes a server of the engine
	 */
	public StressPeer(Consumer<EngineServer> server) {
		StressSession engine = new StressSession();
		server.accept(engine.server);
		this.session = engine.open(this.transport);
		send("0");
	}

	/**
	 * Send a packet of Socket.IO.
	 */
	public void send(String packet) {
		byte[] bytes = ("4" + packet).getBytes(StandardCharsets.UTF_8);
		this.session.onText(this.transport, bytes, 0, bytes.length);
	}

	/**
	 * Lose the connection.
	 */
	public void leave() {
		this.session.onClose(this.transport);
	}

}
