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

package io.github.springsocketio.socketio;

import java.util.ArrayList;
import java.util.List;

import io.github.springsocketio.socketio.adapter.RoomListener;
import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Rooms (section 7).
 */
class RoomTests {

	private final TestServer server = new TestServer((options) -> options.maxRoomsPerSocket(5).maxRoomNameLength(30));

	private final Namespace main = this.server.io.sockets();

	private final TestSession client = this.server.open();

	private final List<String> events = new ArrayList<>();

	private Socket socket;

	@BeforeEach
	void connect() {
		this.socket = this.main.sockets().get(this.client.connect());
	}

	private void watch() {
		this.main.addRoomListener(new RoomListener() {

			@Override
			public void onCreateRoom(String room) {
				RoomTests.this.events.add("create " + room);
			}

			@Override
			public void onJoinRoom(String room, String id) {
				RoomTests.this.events.add("join " + room);
			}

			@Override
			public void onLeaveRoom(String room, String id) {
				RoomTests.this.events.add("leave " + room);
			}

			@Override
			public void onDeleteRoom(String room) {
				RoomTests.this.events.add("delete " + room);
			}

		});
	}

	@Test
	@Tag("SIO-62")
	void roomsAreJoinedAndLeft() {
		this.socket.join("a");
		this.socket.join("b", "c");
		assertThat(this.socket.rooms()).containsExactly(this.socket.id(), "a", "b", "c");
		this.socket.leave("b");
		this.socket.leave("unknown");
		assertThat(this.socket.rooms()).containsExactly(this.socket.id(), "a", "c");
	}

	@Test
	@Tag("CK-106")
	void usersAreDisconnectedInAllNamespaces() {
		Namespace chat = this.server.io.of("/chat");
		TestSession other = this.server.open();
		other.receive("0/chat,");
		assertThat(chat.sockets()).hasSize(1);
		this.server.io.disconnectUser("someone else");
		assertThat(chat.sockets()).hasSize(1);
		assertThat(chat.rooms()).isEqualTo(chat.sockets().keySet());
		this.server.io.disconnectUser("ada");
		assertThat(chat.sockets()).isEmpty();
		assertThat(this.main.sockets()).isEmpty();
		assertThat(this.client.isClosed()).isTrue();
		assertThat(other.isClosed()).isTrue();
	}

	@Test
	@Tag("CK-106")
	void socketsOfASessionAreFoundByItsNewId() {
		Namespace chat = this.server.io.of("/chat");
		TestSession other = this.server.engine.open(4, new TestRequest().webSession("old"));
		other.connect();
		this.server.io.changeSessionId("another", "new");
		this.server.io.changeSessionId("old", "new");
		other.receive("0/chat,");
		this.server.io.disconnectSession("old");
		assertThat(chat.sockets()).hasSize(1);
		assertThat(this.main.sockets()).hasSize(2);
		this.server.io.disconnectSession("new");
		assertThat(chat.sockets()).isEmpty();
		assertThat(this.main.sockets()).hasSize(1);
		assertThat(other.isClosed()).isTrue();
	}

	@Test
	@Tag("CK-106")
	void roomsOfUsersAndSessionsAreHidden() {
		watch();
		TestSession other = this.server.engine.open(4, new TestRequest().webSession("old"));
		String id = other.connect();
		this.server.io.changeSessionId("old", "new");
		assertThat(this.main.sockets().get(id).rooms()).containsExactly(id);
		assertThat(this.main.rooms()).isEqualTo(this.main.sockets().keySet());
		assertThat(this.main.fetchSockets().collectList().block(Await.LIMIT)).hasSize(2)
			.allSatisfy((remote) -> assertThat(remote.rooms()).containsExactly(remote.id()));
		assertThat(this.events).containsExactly("create " + id, "join " + id);
	}

	@Test
	@Tag("SIO-62")
	void ownRoomMayBeLeftAndJoinedAgain() {
		this.server.io.to(this.socket.id()).emit("1");
		this.socket.leave(this.socket.id());
		assertThat(this.socket.rooms()).isEmpty();
		this.server.io.to(this.socket.id()).emit("2");
		this.server.io.emit("3");
		this.socket.join(this.socket.id());
		this.server.io.to(this.socket.id()).emit("4");
		assertThat(this.client.sent()).containsExactly("2[\"1\"]", "2[\"3\"]", "2[\"4\"]");
		assertThat(this.socket.rooms()).containsExactly(this.socket.id());
	}

	@Test
	@Tag("SIO-62")
	@Tag("SEC-74")
	void othersMayBeLetIntoARoomOfASocket() {
		TestSession other = this.server.open();
		Socket guest = this.main.sockets().get(other.connect());
		guest.join(this.socket.id());
		this.server.io.to(this.socket.id()).emit("x");
		assertThat(this.client.sent()).containsExactly("2[\"x\"]");
		assertThat(other.sent()).containsExactly("2[\"x\"]");
		this.client.lose();
		this.server.io.to(this.socket.id()).emit("y");
		assertThat(other.sent()).containsExactly("2[\"y\"]");
	}

	@Test
	@Tag("SIO-63")
	@Tag("CL-03")
	void listenersAreToldOfRooms() {
		watch();
		this.socket.join("a", "b", "a");
		this.socket.join("a");
		this.socket.leave("a");
		this.socket.leave("a");
		assertThat(this.events).containsExactly("create a", "join a", "create b", "join b", "leave a", "delete a");
	}

	@Test
	@Tag("SIO-63")
	void roomIsMadeAndRemovedOnce() {
		TestSession other = this.server.open();
		Socket second = this.main.sockets().get(other.connect());
		watch();
		this.socket.join("a");
		second.join("a");
		this.socket.leave("a");
		other.lose();
		assertThat(this.events).containsExactly("create a", "join a", "join a", "leave a", "leave " + second.id(),
				"delete " + second.id(), "leave a", "delete a");
	}

	@Test
	@Tag("SIO-63")
	void ownRoomIsToldOf() {
		watch();
		TestSession other = this.server.open();
		String id = other.connect();
		this.main.sockets().get(id).join(id);
		this.main.sockets().get(id).leave(id);
		this.main.sockets().get(id).leave(id);
		other.lose();
		assertThat(this.events).containsExactly("create " + id, "join " + id, "leave " + id, "delete " + id);
	}

	@Test
	@Tag("SIO-63")
	void failingListenerDoesNoHarm() {
		this.main.addRoomListener(new RoomListener() {

			@Override
			public void onCreateRoom(String room) {
				throw new IllegalStateException("test");
			}

			@Override
			public void onJoinRoom(String room, String id) {
				throw new AssertionError("test");
			}

		});
		watch();
		this.socket.join("a");
		assertThat(this.socket.rooms()).contains("a");
		assertThat(this.events).containsExactly("create a", "join a");
	}

	@Test
	@Tag("SIO-64")
	void roomsBelongToOneNamespace() {
		Namespace admin = this.server.io.of("/admin");
		this.client.connect("0/admin,");
		this.socket.join("r");
		admin.to("r").emit("x");
		assertThat(this.client.sent()).isEmpty();
		assertThat(admin.rooms()).hasSize(1).doesNotContain("r");
		assertThat(this.main.rooms()).containsExactlyInAnyOrder("r", this.socket.id());
	}

	@Test
	@Tag("SIO-64")
	void roomsAreLeftWithTheDisconnection() {
		this.socket.join("r");
		this.socket.onDisconnecting((self, reason, detail) -> this.events.addAll(self.rooms()));
		this.client.lose();
		assertThat(this.events).containsExactly(this.socket.id(), "r");
		assertThat(this.main.rooms()).isEmpty();
	}

	@Test
	@Tag("SEC-74")
	void roomsAreBounded() {
		this.socket.join("1", "2", "3", "4", "5");
		assertThatIllegalStateException().isThrownBy(() -> this.socket.join("6"))
			.withMessage("A socket must not be in more than 5 rooms");
		assertThat(this.socket.rooms()).hasSize(6).doesNotContain("6");
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.join("x".repeat(31)));
		assertThatIllegalArgumentException().isThrownBy(() -> this.server.io.socketsJoin("x".repeat(31)));
		this.socket.leave("1");
		this.socket.join("x".repeat(30));
		assertThat(this.socket.rooms()).hasSize(6);
	}

	@Test
	@Tag("SEC-74")
	void namesOfRoomsMayHoldAnything() {
		this.socket.join("a,b", "#*", "\r\n");
		this.server.io.to("\r\n").emit("x");
		assertThat(this.client.sent()).containsExactly("2[\"x\"]");
	}

}
