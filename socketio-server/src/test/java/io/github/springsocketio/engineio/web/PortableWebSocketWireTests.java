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

package io.github.springsocketio.engineio.web;

import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.TestServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Websockets on WebFlux's own API. Where Reactor Netty itself closes a websocket, only
 * that is tested which it leaves to us.
 */
class PortableWebSocketWireTests extends WebSocketWireTests {

	@Override
	void customize(TestServer.Spec spec) {
		spec.web((web) -> web.nativeWebsocket(false));
	}

	@Override
	@ParameterizedTest(name = "{0}")
	@MethodSource("tooLarge")
	@Tag("EIO-62")
	@Tag("SEC-32")
	void shouldCloseWith1009WhenAMessageIsTooLarge(String name, byte[] frames) {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxHttpBufferSize(100)));
		RawWebSocket websocket = server.openWebsocket();
		String sid = server.recorder().awaitSession().id();
		websocket.send(frames);
		assertThat(websocket.readClose()).isEqualTo(1009);
		server.recorder().awaitClose(sid);
		assertThat(server.recorder().hasMessages()).isFalse();
	}

	@Override
	@ParameterizedTest(name = "{0}")
	@MethodSource("badFrames")
	@Tag("SEC-29")
	void shouldCloseWhenAFrameBreaksTheProtocol(String name, byte[] frames) {
		// Reactor Netty logs the end of a message that has begun
		this.servers.expectErrors();
		TestServer server = this.servers.start();
		RawWebSocket healthy = server.openWebsocket();
		server.recorder().awaitSession();
		RawWebSocket websocket = server.openWebsocket();
		websocket.send(frames);
		websocket.connection().readToEnd();
		server.recorder().awaitClose(server.recorder().awaitSession().id());
		assertThat(server.recorder().hasMessages()).isFalse();
		healthy.sendText("4still here");
		assertThat(healthy.readText()).isEqualTo("4still here");
	}

}
