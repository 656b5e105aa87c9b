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

package io.github.springsocketio.admin;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.VirtualTimers;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.SocketIoServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the UI gets of a server with 20,000 sockets of which a tenth comes and goes each
 * second: the number of messages and of bytes does not depend on them.
 */
class ManySocketsTests {

	private static final int SOCKETS = 20_000;

	private static final int CHANGES = 2_000;

	private static final int SECONDS = 12;

	private final VirtualTimers timers = new VirtualTimers();

	private final SocketIoServer io = SocketIoServer.create(EngineServer.create(EngineOptions.defaults(), this.timers),
			SocketIoOptions.builder().slowHandlerThreshold(Duration.ZERO).build());

	private final Queue<LoadSession> clients = new ArrayDeque<>();

	private @Nullable AdminServer admin;

	private int opened;

	@BeforeEach
	void startAndConnect() {
		AdminProperties properties = new AdminProperties();
		properties.setAuth(AdminProperties.Auth.NONE);
		this.admin = new AdminServer(this.io, properties, Clock.systemUTC(), Duration.ofSeconds(1));
		this.admin.configure(this.io);
		this.io.onConnection((socket) -> socket.join((this.opened % 2 == 0) ? "even" : "odd"));
		for (int i = 0; i < SOCKETS; i++) {
			connect();
		}
		assertThat(this.io.sockets().sockets()).hasSize(SOCKETS);
	}

	@AfterEach
	void stop() {
		if (this.admin != null) {
			this.admin.close();
		}
		this.timers.stop();
	}

	private void connect() {
		this.clients.add(new LoadSession("client" + ++this.opened, false, Map.of()).open(this.io.connectionHandler())
			.receive("0"));
	}

	private LoadSession administrator(Map<String, String> query) {
		return new LoadSession("admin" + ++this.opened, true, query).open(this.io.connectionHandler())
			.receive("0/admin,");
	}

	/**
	 * Let clients come and go.
	 * @return the events that the administrator gets
	 */
	private List<JsonNode> churn(LoadSession administrator) {
		for (int second = 0; second < SECONDS; second++) {
			for (int i = 0; i < CHANGES; i++) {
				this.clients.remove().lose();
				connect();
			}
			this.timers.advance(Duration.ofSeconds(1));
		}
		return events(administrator);
	}

	private static List<JsonNode> events(LoadSession administrator) {
		List<JsonNode> events = new ArrayList<>();
		for (String packet : administrator.takeSent()) {
			if (packet.startsWith("42/admin,")) {
				events.add(JsonMapper.shared().readTree(packet.substring("42/admin,".length())));
			}
		}
		return events;
	}

	private static String name(JsonNode event) {
		return event.get(0).asString();
	}

	private static List<JsonNode> named(List<JsonNode> events, String name) {
		return events.stream().filter((event) -> name(event).equals(name)).toList();
	}

	@Test
	void sumsAreAllThatIsTold() {
		LoadSession administrator = administrator(Map.of());
		List<JsonNode> first = events(administrator);
		assertThat(first).extracting(ManySocketsTests::name).containsExactly("config", "server_stats");
		assertThat(first.get(0).toString()).contains("AGGREGATED_EVENTS").doesNotContain("ALL_EVENTS");
		List<JsonNode> events = churn(administrator);
		assertThat(events).extracting(ManySocketsTests::name).hasSize(SECONDS / 2).containsOnly("server_stats");
		assertThat(events).allSatisfy((event) -> assertThat(event.toString().length()).isLessThan(5_000));
		assertThat(events.get(0).at("/1/namespaces/0/socketsCount").asInt()).isEqualTo(SOCKETS);
	}

	@Test
	void detailsOnDemandAreBounded() {
		LoadSession administrator = administrator(Map.of("room", "even"));
		List<JsonNode> lists = named(events(administrator), "all_sockets");
		assertThat(lists).hasSize(1);
		assertThat(lists.get(0).get(1)).hasSize(1_000);
		assertThat(lists.get(0).toString().length()).isLessThan(600_000);
		List<JsonNode> events = churn(administrator);
		int told = events.size() - named(events, "server_stats").size() - named(events, "all_sockets").size();
		assertThat(told).isBetween(1, 200 * (SECONDS + 1));
		assertThat(named(events, "all_sockets")).isNotEmpty().hasSizeLessThanOrEqualTo(SECONDS / 10 + 1);
	}

	@Test
	void detailsComeWithFewSocketsAndGoWithMany() {
		LoadSession administrator = administrator(Map.of());
		while (this.clients.size() > 800) {
			this.clients.remove().lose();
		}
		administrator.takeSent();
		this.timers.advance(Duration.ofSeconds(2));
		List<JsonNode> events = events(administrator);
		assertThat(named(events, "config").toString()).contains("ALL_EVENTS");
		this.timers.advance(Duration.ofSeconds(10));
		events = events(administrator);
		// the administrator is a socket, too
		assertThat(named(events, "all_sockets").get(0).get(1)).hasSize(801);
		while (this.clients.size() < 1_001) {
			connect();
		}
		assertThat(named(events(administrator), "socket_connected")).isNotEmpty().hasSizeLessThan(201);
		this.timers.advance(Duration.ofSeconds(2));
		events = events(administrator);
		assertThat(named(events, "config").toString()).doesNotContain("ALL_EVENTS");
		assertThat(named(events, "all_sockets").get(0).get(1)).isEmpty();
	}

	@Test
	void manyAdministratorsCostOneListEachTwoSeconds() {
		while (this.clients.size() > 500) {
			this.clients.remove().lose();
		}
		LoadSession first = administrator(Map.of());
		for (int i = 0; i < 49; i++) {
			administrator(Map.of());
		}
		assertThat(named(events(first), "all_sockets")).hasSize(1);
		LoadSession tooMany = administrator(Map.of());
		assertThat(tooMany.takeSent()).singleElement()
			.satisfies((packet) -> assertThat(packet).startsWith("44/admin,").contains("too many administrators"));
	}

}
