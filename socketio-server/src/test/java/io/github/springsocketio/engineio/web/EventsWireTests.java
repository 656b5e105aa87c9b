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

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineListener;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineSessionListener;
import io.github.springsocketio.engineio.ReadyState;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What listeners hear of the server and its sessions (EIO section 18).
 */
class EventsWireTests {

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	@Tag("EIO-128")
	void shouldTellOfConnectionsAndCountThem() {
		TestServer server = this.servers.start();
		List<EngineSession> connected = new CopyOnWriteArrayList<>();
		server.engine().addListener(new EngineListener() {

			@Override
			public void onConnection(EngineSession session) {
				connected.add(session);
			}

		});
		assertThat(server.engine().clientsCount()).isZero();
		PollingClient client = server.polling();
		RawWebSocket websocket = server.openWebsocket();
		assertThat(server.engine().clientsCount()).isEqualTo(2);
		assertThat(connected).hasSize(2);
		assertThat(connected.get(0).id()).isEqualTo(client.sid());
		assertThat(server.engine().sessions()).hasSize(2);
		client.post("1");
		websocket.close();
		Await.until("both are gone", () -> server.engine().clientsCount() == 0);
	}

	@Test
	@Tag("EIO-129")
	@Tag("EIO-72")
	@Tag("EIO-74")
	@Tag("EIO-87")
	@Tag("EIO-92")
	void shouldTellOfTheLifeOfASession() {
		TestServer server = this.servers.start((spec) -> spec.silent());
		PollingClient client = server.polling();
		EngineSession session = client.session();
		List<String> events = new CopyOnWriteArrayList<>();
		session.addListener(new Log(events));
		assertThat(session.protocol()).isEqualTo(4);
		assertThat(session.readyState()).isEqualTo(ReadyState.OPEN);
		assertThat(session.transportType()).isEqualTo(TransportType.POLLING);
		client.post("3\u001e4hello\u001ebAQ==");
		RawWebSocket websocket = client.upgrade();
		Await.until("the upgrade is told", () -> events.contains("upgrade websocket"));
		session.send("back");
		assertThat(websocket.readText()).isEqualTo("4back");
		websocket.close();
		client.awaitClose();
		Await.until("the close is told", () -> events.contains("close transport close"));
		assertThat(session.readyState()).isEqualTo(ReadyState.CLOSED);
		assertThat(events).containsExactly("packet pong null", "heartbeat", "packet message hello",
				"packet message bytes", "upgrading websocket", "upgrade websocket", "packetCreate message back",
				"close transport close");
	}

	@Test
	@Tag("EIO-24")
	@Tag("EIO-128")
	void shouldTellOfErrorsOnUpgradesToo() {
		TestServer server = this.servers.start();
		server.http().upgrade(server.target("transport=websocket&sid=nope"));
		assertThat(server.recorder().awaitError().context()).containsEntry("sid", "nope");
	}

	@Test
	@Tag("EIO-96")
	void shouldTellTheReasonOnce() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		List<String> events = new CopyOnWriteArrayList<>();
		client.session().addListener(new Log(events));
		EngineSession session = client.session();
		client.post("x");
		session.closeNow();
		session.close();
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.PARSE_ERROR);
		Await.until("the close is told", () -> events.contains("close parse error"));
		assertThat(events).filteredOn((event) -> event.startsWith("close")).hasSize(1);
	}

	private record Log(List<String> events) implements EngineSessionListener {

		@Override
		public void onPacket(EngineSession session, String type, @Nullable Object data) {
			this.events.add("packet " + type + " " + ((data instanceof byte[]) ? "bytes" : data));
		}

		@Override
		public void onPacketCreate(EngineSession session, String type, @Nullable Object data) {
			this.events.add("packetCreate " + type + " " + data);
		}

		@Override
		public void onHeartbeat(EngineSession session) {
			this.events.add("heartbeat");
		}

		@Override
		public void onUpgrading(EngineSession session, TransportType transport) {
			this.events.add("upgrading " + transport.text());
		}

		@Override
		public void onUpgrade(EngineSession session, TransportType transport) {
			this.events.add("upgrade " + transport.text());
		}

		@Override
		public void onClose(EngineSession session, CloseReason reason, @Nullable String detail) {
			this.events.add("close " + reason.text());
		}

	}

}
