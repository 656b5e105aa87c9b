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

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.testing.RequiresProgram;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes, and an administrator of one of them.
 */
@RequiresProgram("redis-server")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminClusterTests {

	private RedisProcess redis;

	private AdminApplication one;

	private AdminApplication two;

	@BeforeAll
	void start() {
		this.redis = RedisProcess.start();
		this.one = node(this.redis.port(), "one");
		this.two = node(this.redis.port(), "two");
		Await.until("the nodes know one another",
				() -> Integer.valueOf(2).equals(this.one.io().of("/admin").adapter().serverCount().block(Await.LIMIT)));
	}

	private static AdminApplication node(int port, String serverId) {
		return AdminApplication.run("redis.port=" + port, "socketio.adapter.type=redis", "second=1s",
				"socketio.admin.mode=development", "socketio.admin.server-id=" + serverId);
	}

	@AfterAll
	void stop() {
		this.one.close();
		this.two.close();
		this.redis.close();
	}

	@Test
	void oneUiShowsAllNodes() {
		ClientSocket client = this.two.connect("/");
		client.emitWithAck("enter", "lobby");
		ClientSocket admin = this.one.admin();
		Map<?, ?> details = AdminApplication.listed(admin, "/", client.id());
		assertThat(details.get("rooms")).asString().contains("lobby");
		String server = "";
		while (!server.equals("two")) {
			server = String.valueOf(admin.next("server_stats").arguments().require(0, Map.class).get("serverId"));
		}
		ClientSocket another = this.two.connect("/");
		String id = String.valueOf(another.id());
		while (!admin.next().toString().contains("id=" + id)) {
			// connected, or listed if the nodes have not heard of one another for a while
		}
		another.emit("note", "x");
		AdminApplication.next(admin, "event_received", "/", id, List.of("note", "x"));
		admin.emit("_disconnect", "/", true, id);
		AdminApplication.next(admin, "socket_disconnected", "/", id);
		another.awaitDisconnect();
	}

	@Test
	void loginIsKnownToOtherNodes() {
		String session = this.one.admin().next("session").get(0, String.class);
		ClientSocket again = this.two.admin(Map.of("sessionId", String.valueOf(session))).connect();
		assertThat(again.next("config").arguments().size()).isOne();
	}

	@Test
	void commandsReachNamespacesThatOnlyAnotherNodeHas() {
		this.two.io().of("/only-there");
		ClientSocket client = this.two.connect("/only-there");
		ClientSocket admin = this.one.admin();
		admin.emit("emit", "/only-there", null, "hello", 1);
		assertThat(client.next("hello").get(0)).isEqualTo(1);
		admin.emit("join", "/only-there", "room", client.id()).emit("emit", "/only-there", "room", "in room");
		client.next("in room");
		assertThat(this.one.io().namespaces()).extracting((one) -> one.name()).doesNotContain("/only-there");
		admin.emit("_disconnect", "/only-there", true, null);
		client.awaitDisconnect();
	}

}
