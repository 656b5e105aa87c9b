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
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Broadcasts (sections 8 and 11).
 */
class BroadcastTests {

	private final TestServer server = new TestServer();

	private final SocketIoServer io = this.server.io;

	private final List<TestSession> clients = new ArrayList<>();

	private final List<Socket> sockets = new ArrayList<>();

	/**
	 * Three sockets: 0 in a, 1 in a and b, 2 in no room.
	 */
	@BeforeEach
	void connect() {
		for (int i = 0; i < 3; i++) {
			TestSession client = this.server.open();
			this.clients.add(client);
			this.sockets.add(this.io.sockets().sockets().get(client.connect()));
		}
		this.sockets.get(0).join("a");
		this.sockets.get(1).join("a", "b");
	}

	/**
	 * Return which clients got exactly one message each.
	 */
	private List<Integer> receivers() {
		List<Integer> result = new ArrayList<>();
		for (int i = 0; i < this.clients.size(); i++) {
			List<String> sent = this.clients.get(i).sent();
			assertThat(sent).hasSizeLessThan(2);
			if (!sent.isEmpty()) {
				result.add(i);
			}
		}
		return result;
	}

	@Test
	@Tag("SIO-66")
	void everybodyIsReached() {
		this.io.emit("x", 1);
		assertThat(receivers()).containsExactly(0, 1, 2);
		this.io.sockets().emit("x", 1);
		assertThat(receivers()).containsExactly(0, 1, 2);
	}

	@Test
	@Tag("SIO-66")
	void operatorsAreImmutable() {
		BroadcastOperator first = this.io.to("a");
		BroadcastOperator second = first.to("b").except("b");
		first.emit("x");
		assertThat(receivers()).containsExactly(0, 1);
		second.emit("x");
		assertThat(receivers()).containsExactly(0);
	}

	@Test
	@Tag("SIO-67")
	void severalRoomsAreAUnionAndExceptWins() {
		this.io.to("a", "b").emit("x");
		assertThat(receivers()).containsExactly(0, 1);
		this.io.to("a").in("b").in(Set.of("a", "b")).emit("x");
		assertThat(receivers()).containsExactly(0, 1);
		this.io.to("a").except("b").emit("x");
		assertThat(receivers()).containsExactly(0);
		this.io.to("a", "b").except(Set.of("b")).emit("x");
		assertThat(receivers()).containsExactly(0);
	}

	@Test
	@Tag("SIO-68")
	void exceptAloneSelectsTheOthers() {
		this.io.except("a").emit("x");
		assertThat(receivers()).containsExactly(2);
		this.io.except("b", "unknown").emit("x");
		assertThat(receivers()).containsExactly(0, 2);
		this.io.except(this.sockets.get(2).id()).emit("x");
		assertThat(receivers()).containsExactly(0, 1);
	}

	@Test
	@Tag("SIO-68")
	void noRoomIsNobody() {
		this.io.to("unknown").emit("x");
		this.io.to().emit("x");
		this.io.to(List.of()).emit("x");
		this.io.to(List.of()).except("a").local().emit("x");
		this.io.to(List.of()).socketsJoin("z");
		this.io.to(List.of()).socketsLeave("a");
		this.io.to(List.of()).disconnectSockets();
		assertThat(receivers()).isEmpty();
		assertThat(this.io.to(List.of()).fetchSockets().collectList().block(Await.LIMIT)).isEmpty();
		assertThat(this.io.to(List.of()).countSockets().block(Await.LIMIT)).isZero();
		assertThat(this.io.to(List.of()).emitWithAck("x").block(Await.LIMIT)).isEmpty();
		assertThat(this.io.sockets().rooms()).contains("a").doesNotContain("z");
		this.io.to(List.of()).to("b").emit("x");
		assertThat(receivers()).containsExactly(1);
	}

	@Test
	@Tag("SIO-69")
	void operatorsOfASocketLeaveItOut() {
		Socket socket = this.sockets.get(1);
		socket.broadcast().emit("x");
		assertThat(receivers()).containsExactly(0, 2);
		socket.to("a", "b").emit("x");
		assertThat(receivers()).containsExactly(0);
		socket.in("a").emit("x");
		assertThat(receivers()).containsExactly(0);
		socket.except("a").emit("x");
		assertThat(receivers()).containsExactly(2);
		socket.local().emit("x");
		assertThat(receivers()).containsExactly(0, 2);
		socket.to(socket.id()).emit("x");
		assertThat(receivers()).isEmpty();
		socket.leave(socket.id());
		socket.broadcast().emit("x");
		assertThat(receivers()).containsExactly(0, 2);
	}

	@Test
	@Tag("SIO-70")
	@Tag("SEC-80")
	@Tag("CL-04")
	void packetIsEncodedOnceForAll() {
		this.io.emit("x", "shared");
		this.io.compress(false).emit("y", "shared");
		assertThat(this.clients.stream().map((client) -> client.messages().get(1)))
			.allMatch((message) -> message == this.clients.get(0).messages().get(1));
		assertThat(this.clients.stream().map((client) -> client.messages().get(2)))
			.allMatch((message) -> message == this.clients.get(0).messages().get(2) && !message.isCompress());
	}

	@Test
	void argumentThatCannotBeWrittenIsAnErrorOfTheCaller() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.io.emit("x", new AckTests.Unwritable()));
		assertThat(receivers()).isEmpty();
	}

	@Test
	@Tag("SIO-72")
	@Tag("SIO-88")
	@Tag("SIO-89")
	void volatileMessagesAreDroppedWhereTheyCannotBeWritten() {
		this.clients.get(0).writable = false;
		this.io.asVolatile().emit("x");
		assertThat(receivers()).containsExactly(1, 2);
		this.sockets.get(0).asVolatile().emit("x");
		this.sockets.get(1).asVolatile().emit("x");
		assertThat(receivers()).containsExactly(1);
		this.clients.get(0).writable = true;
		assertThat(receivers()).isEmpty();
	}

	@Test
	@Tag("SIO-73")
	void compressionIsSwitchedOffForOneMessage() {
		this.io.to("b").compress(false).emit("x");
		this.io.to("b").compress(false).compress(true).emit("y");
		assertThat(this.clients.get(1).messages().stream().skip(1).map((message) -> message.isCompress()))
			.containsExactly(false, true);
	}

	@Test
	@Tag("SIO-74")
	void localReachesThisNode() {
		this.io.local().to("a").emit("x");
		assertThat(receivers()).containsExactly(0, 1);
	}

	@Test
	@Tag("SIO-68")
	void nullIsNoRoom() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.io.to((String) null));
		assertThatIllegalArgumentException().isThrownBy(() -> this.io.except(Arrays.asList("a", null)));
	}

}
