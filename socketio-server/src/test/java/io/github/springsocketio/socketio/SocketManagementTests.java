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

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.springsocketio.socketio.adapter.InMemoryAdapter;
import io.github.springsocketio.testsupport.Await;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Management of many sockets, and events of other nodes (section 10).
 */
class SocketManagementTests {

	private final TestServer server = new TestServer((options) -> options.maxRoomsPerSocket(2));

	private final SocketIoServer io = this.server.io;

	private final TestSession one = this.server.open();

	private final TestSession two = this.server.open();

	private final Socket first = this.io.sockets().sockets().get(this.one.connect());

	private final Socket second = this.io.sockets().sockets().get(this.two.connect());

	@Test
	@Tag("SIO-81")
	@Tag("CL-07")
	void socketsOfThisNodeAreTheRealOnes() {
		this.first.join("r");
		assertThat(this.io.fetchSockets().collectList().block(Await.LIMIT)).containsExactlyInAnyOrder(this.first,
				this.second);
		assertThat(this.io.in("r").fetchSockets().collectList().block(Await.LIMIT)).containsExactly(this.first);
		assertThat(this.io.in("r").local().fetchSockets().collectList().block(Await.LIMIT)).containsExactly(this.first);
		assertThat(this.first.to("r").fetchSockets().collectList().block(Await.LIMIT)).isEmpty();
		assertThat(this.io.countSockets().block(Await.LIMIT)).isEqualTo(2);
		assertThat(this.io.in("r").local().countSockets().block(Await.LIMIT)).isEqualTo(1);
	}

	@Test
	@Tag("SIO-82")
	void selectedSocketsJoinAndLeave() {
		this.io.socketsJoin("a", "b");
		assertThat(this.first.rooms()).contains("a", "b");
		assertThat(this.second.rooms()).contains("a", "b");
		this.io.in(this.second.id()).socketsLeave("a", "unknown");
		assertThat(this.first.rooms()).contains("a");
		assertThat(this.second.rooms()).doesNotContain("a").contains("b");
	}

	@Test
	@Tag("SIO-82")
	@Tag("SEC-74")
	void socketInTooManyRoomsDoesNotHinderTheOthers() {
		this.first.join("1", "2");
		this.io.socketsJoin("a");
		assertThat(this.first.rooms()).doesNotContain("a");
		assertThat(this.second.rooms()).contains("a");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@Tag("SIO-82")
	void selectedSocketsAreDisconnected(boolean close) {
		List<String> reasons = this.server.disconnections("/");
		this.first.join("r");
		this.io.in("r").disconnectSockets(close);
		assertThat(reasons).containsExactly("server namespace disconnect");
		assertThat(this.one.sent()).containsExactly("1");
		assertThat(this.one.isClosed()).isEqualTo(close);
		assertThat(this.second.connected()).isTrue();
	}

	@Test
	@Tag("SIO-83")
	@Tag("SIO-84")
	void serverSideEmitReachesNobodyOnASingleNode() {
		this.io.sockets().onServerSide("x", (args, ack) -> {
			throw new IllegalStateException("must not be called");
		});
		Logger logger = (Logger) LoggerFactory.getLogger(InMemoryAdapter.class);
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		logger.addAppender(log);
		this.io.sockets().serverSideEmit("x", 1);
		this.io.sockets().serverSideEmit("x", 1);
		logger.detachAppender(log);
		assertThat(log.list).filteredOn((event) -> event.getLevel() == Level.WARN)
			.singleElement()
			.extracting(ILoggingEvent::getFormattedMessage, InstanceOfAssertFactories.STRING)
			.endsWith("there is no other server");
		StepVerifier.create(this.io.sockets().serverSideEmitWithAck("x", 1))
			.expectNext(List.of())
			.expectComplete()
			.verify(Await.LIMIT);
		assertThat(this.one.sent()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "connect", "connection", "new_namespace" })
	@Tag("SIO-15")
	void someNamesAreReservedForTheServerSide(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.io.sockets().serverSideEmit(name))
			.withMessage("\"" + name + "\" is a reserved event name");
		assertThatIllegalArgumentException().isThrownBy(() -> this.io.sockets().serverSideEmitWithAck(name));
		assertThatIllegalArgumentException().isThrownBy(() -> this.io.sockets().onServerSide(name, (args, ack) -> {
		}));
	}

}
