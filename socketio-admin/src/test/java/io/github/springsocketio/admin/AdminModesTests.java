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

import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.springsocketio.test.client.ClientEvent;
import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.test.client.ConnectErrorException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The Admin UI in production mode, read only, without authentication, and with too many
 * failed logins.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AdminModesTests {

	@Test
	@Tag("CL-112")
	void productionModeTellsNoPayloads() {
		try (AdminApplication application = AdminApplication.run()) {
			ClientSocket admin = application.admin();
			assertThat(AdminApplication.features(admin)).contains("ALL_EVENTS", "EMIT");
			ClientSocket client = application.connect("/", "secret-query", "secret-value");
			String id = String.valueOf(client.id());
			Map<?, ?> details = Map.of();
			while (!id.equals(details.get("id"))) {
				details = admin.next("socket_connected").arguments().require(0, Map.class);
			}
			assertThat(details.toString()).doesNotContain("secret-");
			assertThat(details.get("data")).isEqualTo(Map.of());
			client.emit("note", "secret-note");
			assertThat(client.next("noted").get(0)).isEqualTo("secret-note");
			client.emitWithAck("enter", "lobby");
			AdminApplication.next(admin, "room_joined", "/", "lobby", id);
			client.disconnect();
			AdminApplication.next(admin, "socket_disconnected", "/", id);
			assertThat(admin.io().conversation().toString()).doesNotContain("secret-").doesNotContain("event_received");
			admin = application.admin();
			assertThat(admin.next("all_sockets").toString()).doesNotContain("secret-");
		}
	}

	@Test
	@Tag("CL-112")
	void readonlyUiHasNoCommands() {
		try (AdminApplication application = AdminApplication.run("socketio.admin.readonly=true")) {
			ClientSocket client = application.connect("/");
			ClientSocket admin = application.admin();
			assertThat(AdminApplication.features(admin)).containsExactly("AGGREGATED_EVENTS", "ALL_EVENTS");
			admin.emit("emit", "/", null, "x").emit("_disconnect", "/", true, null);
			admin.next("server_stats");
			admin.next("server_stats");
			application.io().emit("end");
			assertThat(client.next().name()).isEqualTo("end");
		}
	}

	@Test
	void noCredentialsAreNeededWithoutAuthentication() {
		try (AdminApplication application = AdminApplication.run("socketio.admin.auth=none",
				"socketio.admin.namespace=/ops", "socketio.admin.max-sockets=0")) {
			ClientSocket admin = application.connect("/ops");
			assertThat(AdminApplication.features(admin)).endsWith("AGGREGATED_EVENTS");
			admin.next("server_stats");
			admin.next("server_stats");
			assertThat(admin.unread()).extracting(ClientEvent::name).doesNotContain("all_sockets");
		}
	}

	@Test
	void loginsThatFailTooOftenAreRefused() {
		try (AdminApplication application = AdminApplication.run()) {
			String sessionId = application.admin().next("session").get(0, String.class);
			int failures = 0;
			while (refusal(application, "wrong").equals("invalid credentials")) {
				failures++;
			}
			assertThat(failures).isGreaterThanOrEqualTo(FailedLogins.MAX_FAILURES);
			assertThat(refusal(application, AdminApplication.PASSWORD)).isEqualTo("too many failed logins");
			application.admin(Map.of("sessionId", String.valueOf(sessionId))).connect();
			MeterRegistry registry = new SimpleMeterRegistry();
			application.bean(AdminMetrics.class).bindTo(registry);
			assertThat(logins(registry, "success")).isEqualTo(2);
			assertThat(logins(registry, "failure")).isEqualTo(failures);
			assertThat(logins(registry, "refused")).isEqualTo(2);
		}
	}

	private static double logins(MeterRegistry registry, String outcome) {
		return registry.get("socketio.admin.logins").tag("outcome", outcome).functionCounter().count();
	}

	private static String refusal(AdminApplication application, String password) {
		ClientSocket admin = application.admin(Map.of("username", AdminApplication.USERNAME, "password", password));
		return assertThatExceptionOfType(ConnectErrorException.class).isThrownBy(admin::connect).actual().reason();
	}

}
