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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springsocketio.engineio.EngineOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where clients continue whose state is recovered (section 12).
 */
class RecoveryOffsetTests {

	private static final Pattern CONNECT = Pattern.compile("0\\{\"sid\":\"([\\w-]{20})\",\"pid\":\"([\\w-]{20})\"}");

	private final TestServer server = new TestServer(
			(options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults()));

	private final SocketIoServer io = this.server.io;

	private TestSession client;

	private Socket socket;

	private String sid;

	private String pid;

	@BeforeEach
	void connect() {
		this.client = receive("0");
		connected(this.client.sent().get(0));
	}

	private void connected(String answer) {
		Matcher matcher = CONNECT.matcher(answer);
		assertThat(matcher.matches()).as(answer).isTrue();
		this.sid = matcher.group(1);
		this.pid = matcher.group(2);
		this.socket = this.io.sockets().sockets().get(this.sid);
	}

	private static String offset(String packet) {
		return packet.substring(packet.lastIndexOf(",\"") + 2, packet.length() - 2);
	}

	/**
	 * Emit something to the client, and return its offset.
	 */
	private String lastOffset() {
		this.client.sent();
		this.socket.emit("marker");
		return offset(this.client.sent().get(0));
	}

	private TestSession receive(String packet) {
		return this.server.open().receive(packet);
	}

	private TestSession reconnect(String offset) {
		return receive("0{\"pid\":\"" + this.pid + "\",\"offset\":\"" + offset + "\"}");
	}

	private String answer() {
		return "0{\"sid\":\"" + this.sid + "\",\"pid\":\"" + this.pid + "\"}";
	}

	@Test
	@Tag("SIO-95")
	void clientThatHasReceivedNothingContinuesFromItsStart() {
		this.io.emit("before it was lost");
		this.client.lose();
		this.io.emit("after");
		List<String> sent = receive("0{\"pid\":\"" + this.pid + "\"}").sent();
		assertThat(sent).satisfiesExactly((packet) -> assertThat(packet).startsWith("2[\"before it was lost\","),
				(packet) -> assertThat(packet).startsWith("2[\"after\","),
				(packet) -> assertThat(packet).isEqualTo(answer()));
		List<String> wrong = receive("0{\"pid\":1,\"offset\":{}}").sent();
		assertThat(wrong).singleElement().asString().matches(CONNECT);
	}

	@Test
	@Tag("SIO-95")
	void offsetOfAnEarlierSessionMeansThatNothingOfThisOneWasReceived() {
		String earlier = lastOffset();
		this.socket.disconnect();
		this.client.lose();
		TestSession second = reconnect(earlier);
		connected(second.sent().get(0));
		this.io.emit("x");
		second.lose();
		assertThat(reconnect(earlier).sent()).hasSize(2).last().isEqualTo(answer());
	}

	@Test
	@Tag("SIO-97")
	void clientThatIsQuietForLongerThanTheLimitIsRestored() {
		String offset = lastOffset();
		for (int i = 0; i < 100; i++) {
			this.server.advance(Duration.ofMinutes(1));
		}
		this.client.lose();
		this.io.emit("missed");
		TestSession next = reconnect(offset);
		// the order of the adapter may be busy with what is due
		next.awaitSent(answer());
		assertThat(next.sent()).hasSize(2).last().isEqualTo(answer());
	}

	@Test
	@Tag("SIO-95")
	void lastArgumentOfAVolatileEventIsNoOffset() {
		String first = lastOffset();
		this.socket.asVolatile().emit("tick");
		this.io.asVolatile().emit("cursor", 1, "other");
		this.client.sent();
		this.client.lose();
		this.io.emit("missed");
		TestSession next = reconnect("other");
		assertThat(next.sent()).hasSize(2).last().isEqualTo(answer());
		// nothing of it has arrived
		next.lose();
		next = reconnect("other");
		assertThat(next.sent()).hasSize(2).last().isEqualTo(answer());
		next.lose();
		// as if the volatile events had been lost
		assertThat(reconnect(first).sent()).hasSize(2).last().isEqualTo(answer());
	}

	@Test
	@Tag("SIO-95")
	void lastArgumentThatMayStandForSeveralOffsetsIsUnknown() {
		this.socket.asVolatile().emit("tick");
		lastOffset();
		this.socket.asVolatile().emit("tick");
		this.client.lose();
		assertThat(reconnect("tick").sent()).singleElement().asString().doesNotContain(this.sid);
	}

	@Test
	@Tag("SIO-95")
	void lastArgumentIsUnambiguousOnceTheClientHasReceivedMore() {
		this.socket.asVolatile().emit("tick");
		lastOffset();
		lastOffset();
		this.client.pong();
		this.socket.emit("x");
		this.socket.asVolatile().emit("tick");
		this.socket.emit("missed");
		this.client.sent();
		this.client.lose();
		assertThat(reconnect("tick").sent()).satisfiesExactly(
				(packet) -> assertThat(packet).startsWith("2[\"missed\","),
				(packet) -> assertThat(packet).isEqualTo(answer()));
	}

	@Test
	@Tag("SIO-98")
	void whatWasSentBeforeARoomWasJoinedIsNotMissed() {
		String offset = lastOffset();
		this.io.to("r").emit("before");
		this.socket.join("r");
		this.io.to("r").emit("joined");
		this.socket.leave("r");
		this.io.to("r").emit("left");
		this.client.sent();
		this.client.lose();
		assertThat(reconnect(offset).sent()).satisfiesExactly(
				(packet) -> assertThat(packet).startsWith("2[\"joined\","),
				(packet) -> assertThat(packet).isEqualTo(answer()));
	}

	@Test
	@Tag("SIO-98")
	void whatTheClientHasReceivedIsNotSentAgainHoweverMuchWasSent() {
		String[] offsets = new String[300];
		for (int i = 0; i < offsets.length; i++) {
			this.io.to((i % 3 == 0) ? "other" : this.sid).except("none").emit("n", i);
			List<String> sent = this.client.sent();
			offsets[i] = sent.isEmpty() ? "" : offset(sent.get(0));
		}
		this.client.lose();
		TestSession next = reconnect(offsets[10]);
		assertThat(next.sent()).hasSize(194);
		next.lose();
		assertThat(reconnect(offsets[299]).sent()).containsExactly(answer());
	}

	@ParameterizedTest
	@CsvSource({ "8, 4096, 6, 1, true", "8, 4096, 7, 1, false", "100, 4096, 3, 1000, true",
			"100, 4096, 4, 1000, false" })
	@Tag("SIO-98")
	@Tag("SEC-77")
	void clientThatHasMissedMoreThanMayWaitForItBeginsAnew(int packets, int bytes, int missed, int size,
			boolean recovered) {
		TestServer small = new TestServer(
				EngineOptions.builder().maxOutboundPackets(packets).maxOutboundBytes(bytes).build(),
				(options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults()));
		TestSession first = small.open();
		first.receive("0");
		String connected = first.sent().get(0);
		Matcher matcher = CONNECT.matcher(connected);
		assertThat(matcher.matches()).isTrue();
		small.io.emit("marker");
		String offset = offset(first.sent().get(0));
		first.lose();
		for (int i = 0; i < missed; i++) {
			small.io.to("other").emit("not for it", "x".repeat(size));
			small.io.emit("x", "x".repeat(size));
		}
		String auth = "0{\"pid\":\"" + matcher.group(2) + "\",\"offset\":\"" + offset + "\"}";
		List<String> sent = small.open().receive(auth).sent();
		if (recovered) {
			assertThat(sent).hasSize(missed + 1).endsWith(connected);
		}
		else {
			assertThat(sent).singleElement().asString().matches(CONNECT).isNotEqualTo(connected);
		}
	}

}
