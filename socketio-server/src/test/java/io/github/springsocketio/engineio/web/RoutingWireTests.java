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

import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which requests reach the engine (EIO section 1).
 */
class RoutingWireTests {

	private static final String HANDSHAKE = "?EIO=4&transport=polling";

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@ParameterizedTest
	@ValueSource(strings = { "/ws", "/ws/" })
	@Tag("EIO-01")
	void shouldEndThePathWithOneSlash(String path) {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.path(path)));
		assertThat(server.http().get("/ws/" + HANDSHAKE).status()).isEqualTo(200);
		assertThat(server.http().get("/ws" + HANDSHAKE).status()).isEqualTo(404);
		assertThat(server.http().get("/ws//" + HANDSHAKE).status()).isEqualTo(200);
	}

	@Test
	@Tag("EIO-01")
	void shouldListenOnThePathOfTheReferenceByDefault() {
		TestServer server = this.servers.start();
		assertThat(server.http().get("/socket.io/" + HANDSHAKE).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/socket.io/", "/socket.io//", "/socket.io/foo/bar", "/socket.io/%2e%2e/x" })
	@Tag("EIO-02")
	void shouldTakeRequestsWhoseTargetBeginsWithThePath(String path) {
		TestServer server = this.servers.start();
		assertThat(server.http().get(path + HANDSHAKE).status()).isEqualTo(200);
		assertThat(server.passedOn()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/socket.io", "/Socket.IO/", "//socket.io/", "/socket%2Eio/", "/a/../socket.io/",
			"http://localhost/socket.io/", "/other/socket.io/", "/" })
	@Tag("EIO-02")
	@Tag("SEC-25")
	void shouldLeaveOtherTargetsToTheNextHandler(String path) {
		TestServer server = this.servers.start();
		assertThat(server.http().get(path + HANDSHAKE).status()).isEqualTo(404);
		assertThat(server.passedOn()).isEqualTo(1);
		assertThat(server.engine().clientsCount()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/socket.io", "/socket.io/", "/socket.io/x", "/socket.iox" })
	@Tag("EIO-03")
	void shouldMatchThePrefixAloneWithoutTrailingSlash(String path) {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.addTrailingSlash(false)));
		assertThat(server.http().get(path + HANDSHAKE).status()).isEqualTo(200);
	}

	@Test
	@Tag("EIO-03")
	void shouldLeaveOtherTargetsWithoutTrailingSlash() {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.addTrailingSlash(false)));
		assertThat(server.http().get("/socket.i" + HANDSHAKE).status()).isEqualTo(404);
	}

	@Test
	@Tag("EIO-04")
	void shouldNeverPassOnRequestsThatMatch() {
		TestServer server = this.servers.start();
		assertThat(server.http().get("/socket.io/").status()).isEqualTo(400);
		assertThat(server.http().get("/socket.io/nothing.html").status()).isEqualTo(400);
		assertThat(server.http().exchange("DELETE", "/socket.io/" + HANDSHAKE, null).status()).isEqualTo(400);
		assertThat(server.http().upgrade("/socket.io/?EIO=4&transport=none").status()).isEqualTo(400);
		assertThat(server.passedOn()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/socket.io/?EIO=4&transport=polling&x=%zz", "/socket.io/%?EIO=4&transport=polling",
			"/socket.io/?EIO=4&transport=polling&sid=%ff%fe", "/socket.io/?EIO=4&transport=polling&sid=%00" })
	@Tag("SEC-05")
	@Tag("SEC-25")
	void shouldAnswerMalformedTargetsWith400(String target) {
		TestServer server = this.servers.start();
		assertThat(server.http().get(target).status()).isEqualTo(400);
		assertThat(server.engine().clientsCount()).isZero();
	}

	@Test
	@Tag("EIO-05")
	void shouldLeaveUpgradesOnOtherPathsToTheNextHandler() {
		TestServer server = this.servers.start();
		RawResponse response = server.http().upgrade("/other/?EIO=4&transport=websocket");
		assertThat(response.status()).isEqualTo(404);
		assertThat(server.passedOn()).isEqualTo(1);
	}

}
