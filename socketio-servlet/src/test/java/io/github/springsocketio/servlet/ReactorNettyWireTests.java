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

import java.util.List;

import io.github.springsocketio.testsupport.RawWebSocket;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint on Reactor Netty, by the same tests as in containers.
 */
class ReactorNettyWireTests extends EndpointWireTests {

	@Override
	WireServer server() {
		return new ReactorNettyWireServer();
	}

	@Override
	List<String> handshakeCookies(String ofFilter, String ofSession, String ofListener) {
		return List.of(ofSession, ofFilter, ofListener);
	}

	@Override
	void readEmptyBinary(RawWebSocket websocket) {
		assertThat(websocket.readBinary()).isEmpty();
	}

	@Override
	int plainCloseCode() {
		return RawWebSocket.NO_CODE;
	}

}
