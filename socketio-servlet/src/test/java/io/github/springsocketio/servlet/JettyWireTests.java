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

package io.github.springsocketio.servlet;

import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.testsupport.RawWebSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint in Jetty.
 */
class JettyWireTests extends EndpointWireTests {

	@Override
	WireServer server() {
		return new ContainerWireServer(new JettyContainer());
	}

	/**
	 * Jetty has no way to stop reading.
	 */
	@Test
	@Tag("EIO-50")
	void shouldCloseWebsocketsOfWhichTooMuchWaits() {
		RawWebSocket websocket = openWebsocket();
		EngineSession session = this.handler.awaitSession();
		session.pauseReading(true);
		for (int i = 0; i < 360; i++) {
			websocket.sendText("4" + "x".repeat(1000));
		}
		assertThat(this.handler.awaitClose()).isEqualTo("transport error: message too large");
	}

}
