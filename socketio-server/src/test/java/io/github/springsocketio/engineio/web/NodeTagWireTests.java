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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.springsocketio.engineio.ConnectionError;
import io.github.springsocketio.engineio.EngineError;
import io.github.springsocketio.engineio.EngineListener;
import io.github.springsocketio.engineio.MisroutedRequest;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Session ids that begin with the tag of their node.
 */
class NodeTagWireTests {

	private static final String UNKNOWN = "{\"code\":1,\"message\":\"Session ID unknown\"}";

	private static final String OTHER_NODE = "{\"code\":1,\"message\":\"Session ID unknown\","
			+ "\"hint\":\"The session is one of another node\"}";

	private static final String RANDOM = "AAAAAAAAAAAAAAAAAAAA";

	@RegisterExtension
	private final TestServers servers = new TestServers();

	private final List<MisroutedRequest> misrouted = new CopyOnWriteArrayList<>();

	@Test
	void shouldBeginIdsWithTheTag() {
		TestServer server = start("node-1");
		PollingClient client = server.polling();
		assertThat(client.sid()).matches("node-1-[A-Za-z0-9_-]{20}");
		assertThat(client.post("4hello").text()).isEqualTo("ok");
		assertThat(client.poll().text()).isEqualTo("4hello");
		client.upgrade();
	}

	@Test
	void shouldLeaveIdsAloneWithoutATag() {
		TestServer server = this.servers.start();
		assertThat(server.polling().sid()).matches("[A-Za-z0-9_-]{20}");
		assertThat(server.http().get(server.target("transport=polling&sid=two-" + RANDOM)).text()).isEqualTo(UNKNOWN);
	}

	@Test
	void shouldTellThatASessionIsOneOfAnotherNode() {
		this.servers.expectErrors();
		TestServer server = start("node-1");
		String target = server.target("transport=polling&sid=node-2-" + RANDOM);
		RawResponse response = server.http().get(target);
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).isEqualTo(OTHER_NODE);
		ConnectionError error = server.recorder().awaitError();
		assertThat(error.error()).isEqualTo(EngineError.UNKNOWN_SID);
		assertThat(error.context()).containsEntry("name", "OTHER_NODE");
		assertThat(server.http().post(target, "4x").text()).isEqualTo(OTHER_NODE);
		response = server.http().upgrade(server.target("transport=websocket&sid=node-2-" + RANDOM));
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).isEqualTo("Session ID unknown");
		assertThat(this.misrouted).containsOnly(MisroutedRequest.REFUSED).hasSize(3);
		assertThat(this.servers.warnings()).singleElement().asString().contains("node 'node-2'", "node 'node-1'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "node-1-" + RANDOM, RANDOM, "-" + RANDOM, "x" + RANDOM, "a%0Ab-" + RANDOM, "a.b-" + RANDOM,
			"aaaaaaaaaaaaaaaaa-" + RANDOM, "two-" + RANDOM + "%20" })
	void shouldNotTakeOtherIdsForThoseOfAnotherNode(String sid) {
		TestServer server = start("node-1");
		assertThat(server.http().get(server.target("transport=polling&sid=" + sid)).text()).isEqualTo(UNKNOWN);
		assertThat(this.misrouted).isEmpty();
	}

	private TestServer start(String tag) {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.nodeTag(tag)));
		server.engine().addListener(new EngineListener() {

			@Override
			public void onMisroutedRequest(MisroutedRequest outcome) {
				NodeTagWireTests.this.misrouted.add(outcome);
			}

		});
		return server;
	}

}
