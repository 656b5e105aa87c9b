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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.test.client.ClientEvent;
import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.test.client.ConnectErrorException;
import io.github.springsocketio.testsupport.Await;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the protocol of the Admin UI, in development mode unless a test sets another
 * one.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminProtocolTests {

	private AdminApplication application;

	@BeforeAll
	void start() {
		this.application = AdminApplication.run("socketio.admin.mode=development", "socketio.admin.server-id=node-1");
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	@AfterEach
	void disconnectAll() {
		this.application.io().engine().sessions().forEach((session) -> session.closeNow());
		Await.until("all are gone", () -> this.application.io().engine().clientsCount() == 0);
	}

	private static List<@Nullable Object> values(List<?> maps, String key) {
		List<@Nullable Object> values = new ArrayList<>();
		maps.forEach((map) -> values.add(((Map<?, ?>) map).get(key)));
		return values;
	}

	@Test
	@Tag("CL-110")
	@Tag("CL-111")
	void loginByPasswordIsRememberedByASessionId() {
		ClientSocket admin = this.application.admin();
		String sessionId = admin.next("session").get(0, String.class);
		assertThat(sessionId).matches("[0-9a-f]{16}");
		ClientSocket again = this.application.admin(Map.of("sessionId", String.valueOf(sessionId))).connect();
		assertThat(again.next("config").arguments().size()).isOne();
	}

	@Test
	@Tag("CL-111")
	void otherCredentialsAreInvalid() {
		for (Map<String, ?> auth : List.<Map<String, ?>>of(Map.of(), Map.of("username", "admin"),
				Map.of("username", "admin", "password", "wrong"), Map.of("username", "root", "password", "changeit"),
				Map.of("username", List.of(), "password", 1), Map.of("sessionId", "0123456789abcdef"),
				Map.of("username", "admin", "password", "x".repeat(10_000)))) {
			assertThatExceptionOfType(ConnectErrorException.class)
				.isThrownBy(() -> this.application.admin(auth).connect())
				.satisfies((error) -> assertThat(error.reason()).isEqualTo("invalid credentials"));
		}
	}

	@Test
	@Tag("CL-112")
	void featuresAreThoseOfTheReference() {
		assertThat(AdminApplication.features(this.application.admin())).containsExactly("EMIT", "JOIN", "LEAVE",
				"DISCONNECT", "MJOIN", "MLEAVE", "MDISCONNECT", "AGGREGATED_EVENTS", "ALL_EVENTS");
	}

	@Test
	@Tag("CL-113")
	@Tag("CL-114")
	void statsTellOfServerNamespacesAndTraffic() {
		this.application.connect("/");
		ClientSocket admin = this.application.admin();
		Map<?, ?> stats = admin.next("server_stats").arguments().require(0, Map.class);
		assertThat(stats.get("serverId")).isEqualTo("node-1");
		assertThat(stats.get("hostname")).isInstanceOf(String.class);
		assertThat(stats.get("pid")).isEqualTo(Math.toIntExact(ProcessHandle.current().pid()));
		assertThat(stats.get("uptime")).isInstanceOf(Number.class);
		assertThat(stats.get("clientsCount")).isEqualTo(2);
		assertThat(stats.get("pollingClientsCount")).isEqualTo(0);
		assertThat((List<?>) stats.get("namespaces")).isEqualTo(List.of(Map.of("name", "/", "socketsCount", 1),
				Map.of("name", "/admin", "socketsCount", 1), Map.of("name", "/chat", "socketsCount", 0)));
		this.application.connect("/").emitWithAck("enter", "room");
		List<Object> events = new ArrayList<>();
		while (!values(events, "type")
			.containsAll(List.of("rawConnection", "packetsIn", "packetsOut", "bytesIn", "bytesOut"))) {
			events
				.addAll((List<?>) admin.next("server_stats").arguments().require(0, Map.class).get("aggregatedEvents"));
		}
		assertThat(events).allSatisfy((event) -> {
			assertThat(((Map<?, ?>) event).get("timestamp")).isInstanceOfSatisfying(Long.class,
					(time) -> assertThat(time % 1000).isZero());
			assertThat(((Map<?, ?>) event).get("count")).isInstanceOf(Integer.class);
		});
	}

	@Test
	@Tag("CL-113")
	@Tag("CL-114")
	void statsTellOfPollingAndOfDisconnections() {
		ClientSocket admin = this.application.admin();
		this.application.poll("/").io().upgrade();
		ClientSocket polling = this.application.poll("/");
		Map<?, ?> stats = Map.of();
		while (!Integer.valueOf(1).equals(stats.get("pollingClientsCount"))) {
			stats = admin.next("server_stats").arguments().require(0, Map.class);
		}
		polling.io().close();
		String events = "";
		while (!Integer.valueOf(0).equals(stats.get("pollingClientsCount")) || !events.contains("rawDisconnection")) {
			stats = admin.next("server_stats").arguments().require(0, Map.class);
			events += stats.get("aggregatedEvents");
		}
	}

	@Test
	@Tag("CL-115")
	@Tag("CL-116")
	void socketsAreListedWithTheirDetails() {
		ClientSocket client = this.application.connect("/", "page", "1", "access_token", "hidden");
		client.emitWithAck("enter", "lobby");
		Map<?, ?> details = AdminApplication.listed(this.application.admin(), "/", client.id());
		assertThat(details.get("transport")).isEqualTo("websocket");
		assertThat(details.get("clientId")).isInstanceOfSatisfying(String.class,
				(id) -> assertThat(id).hasSize(12).isNotEqualTo(String.valueOf(client.io().sid()).substring(0, 12)));
		assertThat(details.get("rooms")).asInstanceOf(InstanceOfAssertFactories.list(Object.class))
			.containsExactlyInAnyOrder(client.id(), "lobby");
		Map<?, ?> handshake = (Map<?, ?>) details.get("handshake");
		assertThat(handshake.keySet()).asInstanceOf(InstanceOfAssertFactories.collection(Object.class))
			.containsExactlyInAnyOrder("address", "headers", "query", "issued", "secure", "time", "url", "xdomain");
		assertThat(handshake.get("query")).isInstanceOfSatisfying(Map.class, (query) -> {
			assertThat(query.get("page")).isEqualTo("1");
			assertThat(query.get("access_token")).isEqualTo("[redacted]");
		});
		assertThat(handshake.toString()).doesNotContain("hidden");
	}

	@Test
	@Tag("CL-115")
	void changesOfSocketsAreTold() {
		ClientSocket admin = this.application.admin();
		admin.next("all_sockets");
		ClientSocket client = this.application.connect("/");
		String id = String.valueOf(client.id());
		ClientEvent connected = admin.next("socket_connected");
		while (!id.equals(connected.arguments().require(0, Map.class).get("id"))) {
			connected = admin.next("socket_connected");
		}
		assertThat(connected.get(1, String.class)).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
		client.emitWithAck("enter", "lobby");
		AdminApplication.next(admin, "event_received", "/", id, List.of("enter", "lobby"));
		AdminApplication.next(admin, "room_joined", "/", "lobby", id);
		client.emit("note", Map.of("a", List.of(1, true, "x")));
		AdminApplication.next(admin, "event_received", "/", id, List.of("note", Map.of("a", List.of(1, true, "x"))));
		AdminApplication.next(admin, "event_sent", "/", id, List.of("noted", Map.of("a", List.of(1, true, "x"))));
		Map<?, ?> updated = admin.next("socket_updated").arguments().require(0, Map.class);
		assertThat(updated)
			.isEqualTo(Map.of("id", id, "nsp", "/", "data", Map.of("note", Map.of("a", List.of(1, true, "x")))));
		client.disconnect();
		AdminApplication.next(admin, "room_left", "/", "lobby", id);
		AdminApplication.next(admin, "socket_disconnected", "/", id, "client namespace disconnect");
		AdminApplication.next(admin, "room_left", "/", id, id);
	}

	@Test
	@Tag("CL-117")
	void commandsAreExecuted() {
		ClientSocket one = this.application.connect("/");
		ClientSocket two = this.application.connect("/");
		ClientSocket admin = this.application.admin();
		Socket socket = this.application.io().sockets().sockets().get(String.valueOf(one.id()));
		admin.emit("emit", "/", null, "news", 1, "x");
		assertThat(one.next("news").arguments().toList()).containsExactly(1, "x");
		assertThat(two.next("news").arguments().toList()).containsExactly(1, "x");
		admin.emit("join", "/", "vip", one.id());
		Await.until("the socket has joined", () -> socket.rooms().contains("vip"));
		admin.emit("emit", "/", "vip", "secret").emit("emit", "/", null, "end");
		assertThat(one.next().name()).isEqualTo("secret");
		assertThat(two.next().name()).isEqualTo("end");
		admin.emit("leave", "/", "vip", "vip");
		Await.until("the socket has left", () -> !socket.rooms().contains("vip"));
		admin.emit("_disconnect", "/", false, one.id());
		assertThat(one.awaitDisconnect()).isEqualTo("io server disconnect");
		admin.emit("_disconnect", "/", true, null);
		two.awaitDisconnect();
		assertThat(admin.connected()).isTrue();
	}

	@Test
	void commandsThatAreNotValidAreIgnored() {
		ClientSocket client = this.application.connect("/");
		ClientSocket admin = this.application.admin();
		String tooLong = "x".repeat(300);
		admin.emit("emit")
			.emit("emit", "/", 1, "x")
			.emit("emit", "/", null, "disconnect")
			.emit("emit", "/", null, tooLong)
			.emit("emit", "/created-by-nobody", null, "x")
			.emit("emit", "/admin", null, "config", Map.of())
			.emit("join", "/", tooLong, null)
			.emit("join", "/", "\u0000user:x", null)
			.emit("join", "/", List.of(), null)
			.emit("join", "/admin", View.ALL.adminRoom(), null)
			.emit("_disconnect", "/", true, tooLong)
			.emit("_disconnect", null, true, null)
			.emit("emit", "/", null, "end");
		assertThat(client.next().name()).isEqualTo("end");
		assertThat(this.application.io().namespaces()).extracting((one) -> one.name())
			.containsExactlyInAnyOrder("/", "/chat", "/admin");
		assertThat(this.application.io().sockets().sockets().get(String.valueOf(client.id())).rooms())
			.containsExactly(String.valueOf(client.id()));
	}

	@Test
	void commandsThatComeTooFastAreIgnored() {
		ClientSocket client = this.application.connect("/");
		ClientSocket admin = this.application.admin();
		for (int i = 0; i < 1_000; i++) {
			admin.emit("emit", "/", null, "flood", i);
		}
		// acknowledged after everything before it
		admin.emitWithAck("sync");
		this.application.io().emit("end");
		assertThat(client.next("flood").get(0)).isEqualTo(0);
		client.next("end");
		assertThat(client.unread()).hasSizeLessThan(900);
		assertThat(admin.connected()).isTrue();
	}

	@Test
	void viewsShowTheSocketsOfARoom() {
		ClientSocket member = this.application.connect("/");
		ClientSocket other = this.application.connect("/");
		member.emitWithAck("enter", "lobby");
		ClientSocket admin = this.application.admin("room", "lobby");
		AdminApplication.features(admin);
		List<?> sockets = admin.next("all_sockets").arguments().require(0, List.class);
		assertThat(values(sockets, "id")).containsExactly(member.id());
		other.emitWithAck("enter", "elsewhere");
		other.emitWithAck("enter", "lobby");
		ClientEvent next = admin.next("socket_connected");
		assertThat(next.arguments().require(0, Map.class).get("id")).isEqualTo(other.id());
		assertThat(admin.unread()).extracting(ClientEvent::name).doesNotContain("room_joined");
		this.application.io().sockets().sockets().get(String.valueOf(other.id())).leave("lobby");
		sockets = admin.next("all_sockets").arguments().require(0, List.class);
		assertThat(values(sockets, "id")).containsExactly(member.id());
	}

}
