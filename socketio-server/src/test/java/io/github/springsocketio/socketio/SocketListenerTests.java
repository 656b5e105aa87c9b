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
import java.util.Map;
import java.util.Set;

import io.github.springsocketio.engineio.CloseReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners for the sockets of all namespaces.
 */
class SocketListenerTests {

	private final TestServer server = new TestServer();

	private final Namespace main = this.server.io.sockets();

	private final List<String> told = new ArrayList<>();

	private Socket connect() {
		return this.main.sockets().get(this.server.open().connect());
	}

	@Test
	void listenersForSocketsAreToldOfAllNamespaces() {
		this.server.io.addSocketListener(new SocketListener() {

			@Override
			public void onConnected(Socket socket) {
				SocketListenerTests.this.told.add("connected " + socket.nsp());
			}

			@Override
			public void onDisconnected(Socket socket, DisconnectReason reason, @Nullable String detail) {
				SocketListenerTests.this.told.add("disconnected " + socket.nsp() + " " + reason.text() + " " + detail);
			}

		});
		this.server.io.addSocketListener(new SocketRoomListener() {

			@Override
			public void onJoined(Socket socket, String room) {
				SocketListenerTests.this.told.add("joined " + socket.nsp() + " " + room);
			}

			@Override
			public void onLeft(Socket socket, String room) {
				SocketListenerTests.this.told.add("left " + socket.nsp() + " " + room);
			}

		});
		this.server.io.of("/later").onConnection((socket) -> socket.join("b"));
		Socket socket = connect();
		socket.join("a", "a");
		socket.join("a");
		socket.leave("a");
		socket.leave("a");
		TestSession other = this.server.open();
		other.receive("0/later,");
		other.lose(CloseReason.PING_TIMEOUT, "gone");
		assertThat(this.told).containsExactly("connected /", "joined / a", "left / a", "connected /later",
				"joined /later b", "left /later b", "disconnected /later ping timeout gone");
	}

	@Test
	void refusedClientIsNotToldOf() {
		this.server.io.addSocketListener(new SocketListener() {

			@Override
			public void onDisconnected(Socket socket, DisconnectReason reason, @Nullable String detail) {
				SocketListenerTests.this.told.add("disconnected");
			}

		});
		this.main.use((socket) -> Mono.error(new ConnectErrorException("no")));
		this.server.open().receive("0").lose();
		assertThat(this.told).isEmpty();
	}

	@Test
	void socketThatIsTakenOverIsRecoveredOnly() {
		TestServer recovering = new TestServer(
				(options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults()));
		recovering.io.addSocketListener(new SocketListener() {

			@Override
			public void onConnected(Socket socket) {
				SocketListenerTests.this.told.add("connected");
			}

			@Override
			public void onRecovered(Socket socket) {
				SocketListenerTests.this.told.add("recovered");
			}

			@Override
			public void onDisconnected(Socket socket, DisconnectReason reason, @Nullable String detail) {
				SocketListenerTests.this.told.add("disconnected");
			}

		});
		TestSession session = recovering.open();
		RecoveringPeer peer = RecoveringPeer.join(recovering.io, session, "/");
		String offset = peer.lastOffset(session);
		TestSession next = peer.comeBack(recovering.open(), offset);
		assertThat(this.told).containsExactly("connected", "recovered");
		next.lose();
		peer.comeBack(recovering.open(), offset);
		assertThat(this.told).containsExactly("connected", "recovered", "disconnected", "connected", "recovered");
	}

	@Test
	void failingListenerHarmsNobody() {
		this.server.io.addSocketListener(new SocketListener() {

			@Override
			public void onConnected(Socket socket) {
				throw new IllegalStateException("test");
			}

		});
		this.server.io.addSocketListener(new SocketRoomListener() {

			@Override
			public void onJoined(Socket socket, String room) {
				throw new IllegalStateException("test");
			}

		});
		Socket socket = connect();
		socket.join("a");
		assertThat(socket.connected()).isTrue();
		assertThat(socket.rooms()).isEqualTo(Set.of(socket.id(), "a"));
		assertThat(this.main.sockets()).isEqualTo(Map.of(socket.id(), socket));
	}

}
