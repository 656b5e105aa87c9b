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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.springsocketio.engineio.TransportType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Packets that are none, or that come at the wrong time (section 2).
 */
class InvalidPacketTests {

	private final TestServer server = new TestServer();

	private final List<String> reasons = this.server.disconnections("/");

	@ParameterizedTest
	@ValueSource(strings = { "9", "2{", "2[", "2[{}]", "2[\"connect\"]", "2", "", "451-[\"x\"" })
	@Tag("SIO-16")
	@Tag("SEC-45")
	void invalidPacketClosesTheSessionAndTellsErrorListeners(String packet) {
		List<Throwable> errors = new ArrayList<>();
		this.server.io.sockets().onError((socket, error, event) -> errors.add(error));
		this.server.io.of("/admin").onError((socket, error, event) -> errors.add(error));
		TestSession client = this.server.open();
		client.connect();
		client.connect("0/admin");
		client.receive(packet);
		assertThat(client.isClosed()).isTrue();
		assertThat(this.reasons).containsExactly("forced close");
		assertThat(errors).hasSize(2).allMatch(InvalidPacketException.class::isInstance);
	}

	@Test
	@Tag("SIO-16")
	void binaryWithoutAnnouncementClosesTheSession() {
		TestSession client = this.server.open();
		client.connect();
		client.receive(new byte[] { 1 });
		assertThat(client.isClosed()).isTrue();
		assertThat(this.reasons).containsExactly("forced close");
	}

	@Test
	@Tag("SIO-16")
	void invalidPacketOverPollingDisconnectsWhenTheSessionIsClosed() {
		TestSession client = this.server.open();
		client.connect();
		client.transport = TransportType.POLLING;
		client.writable = false;
		client.receive("nonsense");
		assertThat(this.reasons).isEmpty();
		client.finishClosing();
		assertThat(this.reasons).containsExactly("forced close");
	}

	@Test
	@Tag("SIO-16")
	void textWhileAttachmentsAreAwaitedClosesTheSession() {
		TestSession client = this.server.open();
		client.connect();
		client.receive("51-[\"x\",{\"_placeholder\":true,\"num\":0}]").receive("2[\"y\"]");
		assertThat(client.isClosed()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2/nope,[\"x\"]", "4{\"message\":\"x\"}", "1/nope,", "3/nope,1[]" })
	@Tag("SIO-17")
	@Tag("SEC-49")
	void packetThatDoesNotFitClosesTheSession(String packet) {
		TestSession client = this.server.open();
		client.connect();
		client.receive(packet);
		assertThat(client.isClosed()).isTrue();
		assertThat(this.reasons).containsExactly("forced close");
	}

	@Test
	@Tag("SIO-17")
	@Tag("SIO-45")
	void reasonIsForcedServerCloseOnPollingWithoutPendingPoll() {
		TestSession client = this.server.open();
		client.connect();
		client.transport = TransportType.POLLING;
		client.writable = false;
		client.receive("2/nope,[\"x\"]");
		assertThat(this.reasons).containsExactly("forced server close");
		client.finishClosing();
		assertThat(this.reasons).hasSize(1);
	}

	@Test
	@Tag("SIO-17")
	@Tag("SIO-44")
	void reasonIsForcedCloseOnPollingWithPendingPoll() {
		TestSession client = this.server.open();
		client.connect();
		client.transport = TransportType.POLLING;
		client.receive("2/nope,[\"x\"]");
		assertThat(this.reasons).containsExactly("forced close");
	}

	@Test
	@Tag("SIO-18")
	void eventsBeforeAnInvalidPacketAreDeliveredAndLaterOnesAreNot() {
		List<Object> seen = new ArrayList<>();
		this.server.io.sockets().on("x", (socket, event) -> seen.add(event.get(0)));
		TestSession client = this.server.open();
		client.connect();
		client.execute(() -> client.receive("2[\"x\",1]").receive("nonsense").receive("2[\"x\",2]"));
		assertThat(seen).containsExactly(1);
	}

	@Test
	@Tag("SIO-19")
	@Tag("SEC-47")
	void acknowledgementThatNobodyAskedForIsIgnored() {
		TestSession client = this.server.open();
		TestSession other = this.server.open();
		Socket asked = this.server.io.sockets().sockets().get(other.connect());
		client.connect();
		List<Object> answers = new ArrayList<>();
		asked.emitWithAck("q").subscribe((answer) -> answers.add(answer.get(0)));
		client.receive("3999[1]").receive("30[\"stolen\"]").receive("30[\"stolen\"]");
		assertThat(client.isClosed()).isFalse();
		assertThat(answers).isEmpty();
		other.receive("30[\"mine\"]").receive("30[\"again\"]");
		assertThat(answers).containsExactly("mine");
		assertThat(other.isClosed()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2[\"x\"]", "1", "30[]", "2/nope,[\"x\"]" })
	@Tag("SIO-20")
	@Tag("SEC-49")
	void firstPacketMustBeConnect(String packet) {
		List<String> seen = new ArrayList<>();
		this.server.io.sockets().onAny((socket, event) -> seen.add(event.name()));
		TestSession client = this.server.open();
		client.receive(packet);
		assertThat(client.isClosed()).isTrue();
		assertThat(client.sent()).isEmpty();
		assertThat(seen).isEmpty();
		assertThat(this.reasons).isEmpty();
	}

	@Test
	@Tag("SEC-49")
	void binaryPacketForNamespaceThatIsNotJoinedIsRefusedBeforeItsAttachments() {
		TestSession client = this.server.open();
		client.connect();
		client.receive("51-/admin,[\"x\",{\"_placeholder\":true,\"num\":0}]");
		assertThat(client.isClosed()).isTrue();
	}

	@Test
	@Tag("SEC-65")
	void attachmentsMustComeInTime() {
		TestSession client = this.server.open();
		client.connect();
		client.receive("52-[\"x\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
		client.receive(new byte[] { 1 });
		this.server.advance(Duration.ofSeconds(29));
		assertThat(client.isClosed()).isFalse();
		this.server.advance(Duration.ofSeconds(1));
		assertThat(client.isClosed()).isTrue();
		assertThat(this.reasons).containsExactly("forced close");
		assertThat(this.server.engine.liveTimers()).isZero();
	}

	@Test
	@Tag("SEC-65")
	void eachPacketHasItsOwnTimeForAttachments() {
		List<Object> seen = new ArrayList<>();
		this.server.io.sockets().on("x", (socket, event) -> seen.add(event.get(0, byte[].class)));
		TestSession client = this.server.open();
		client.connect();
		for (int i = 0; i < 5; i++) {
			client.receive("51-[\"x\",{\"_placeholder\":true,\"num\":0}]");
			this.server.advance(Duration.ofSeconds(20));
			client.receive(new byte[] { 7 });
		}
		assertThat(seen).hasSize(5).allMatch((bytes) -> ((byte[]) bytes)[0] == 7);
		assertThat(client.isClosed()).isFalse();
		client.lose();
		assertThat(this.server.engine.liveTimers()).isZero();
	}

}
