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

package io.github.springsocketio.engineio.web;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.springsocketio.engineio.ConnectionError;
import io.github.springsocketio.engineio.EngineError;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.HandshakeRequest;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Query parameters and the answers to handshakes (EIO sections 2 and 4).
 */
class HandshakeWireTests {

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@ParameterizedTest
	@ValueSource(strings = { "EIO=4&transport=polling", "EIO=%34&tr%61nsport=p%6Flling",
			"EIO=4&transport=polling&x=1&x=2#&EIO=3", "&&EIO=4&&transport=polling&",
			"EIO=4&transport=polling&t=abc123" })
	@Tag("EIO-06")
	@Tag("EIO-07")
	@Tag("EIO-10")
	void shouldReadTheQueryAsUrlSearchParameters(String query) {
		TestServer server = this.servers.start();
		assertThat(server.http().get("/socket.io/?" + query).status()).isEqualTo(200);
	}

	@Test
	@Tag("EIO-06")
	@Tag("EIO-13")
	void shouldShowAllParametersOfTheQuery() {
		TestServer server = this.servers.start();
		server.http().get(server.target("transport=polling&a=1+2%203&b=first&b=last&c=&d&%C3%A9=%E2%82%AC&t=x"));
		Map<String, String> query = server.recorder().awaitSession().request().query();
		assertThat(query).containsEntry("EIO", "4")
			.containsEntry("transport", "polling")
			.containsEntry("a", "1 2 3")
			.containsEntry("b", "last")
			.containsEntry("c", "")
			.containsEntry("d", "")
			.containsEntry("é", "€");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "EIO=3", "EIO=5", "EIO=2", "EIO=abc", "EIO=4x", "EIO=04", "eio=4" })
	@Tag("EIO-07")
	@Tag("EIO-21")
	@Tag("EIO-109")
	@Tag("SEC-06")
	void shouldReadAnythingButFourAsProtocolThree(String revision) {
		TestServer server = this.servers.start();
		RawResponse response = server.http().get("/socket.io/?transport=polling&" + revision);
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).isEqualTo("{\"code\":5,\"message\":\"Unsupported protocol version\"}");
		ConnectionError error = server.recorder().awaitError();
		assertThat(error.error()).isEqualTo(EngineError.UNSUPPORTED_PROTOCOL_VERSION);
		assertThat(error.context()).isEqualTo(Map.of("protocol", 3));
	}

	@Test
	@Tag("EIO-09")
	void shouldTakeAnEmptySidForNone() {
		TestServer server = this.servers.start();
		RawResponse response = server.http().get(server.target("transport=polling&sid="));
		assertThat(response.status()).isEqualTo(200);
		assertThat(server.isAlive(PollingClient.sid(response.text()))).isTrue();
	}

	@Test
	@Tag("EIO-11")
	void shouldSendBinaryAsBase64OnWebsocketWhenAsked() {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.websocket("b64=1");
		assertThat(websocket.readText()).startsWith("0{");
		websocket.sendBinary(new byte[] { 1, 2, 3, 4 });
		assertThat(websocket.readText()).isEqualTo("bAQIDBA==");
	}

	@Test
	@Tag("EIO-11")
	void shouldSendBinaryAsItIsWhenB64IsEmpty() {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.websocket("b64=");
		assertThat(websocket.readText()).startsWith("0{");
		websocket.sendBinary(new byte[] { 1, 2, 3, 4 });
		assertThat(websocket.readBinary()).containsExactly(1, 2, 3, 4);
	}

	@Test
	@Tag("EIO-29")
	@Tag("EIO-30")
	void shouldAnswerAPollingHandshakeAsTheReferenceDoes() {
		TestServer server = this.servers.start();
		RawResponse response = server.polling().handshake();
		String sid = PollingClient.sid(response.text());
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
		assertThat(response.header("Content-Length")).isEqualTo("118");
		assertThat(response.header("Cache-Control")).isEqualTo("no-store");
		assertThat(response.names()).doesNotContain("transfer-encoding", "vary", "set-cookie", "server",
				"access-control-allow-origin");
		assertThat(response.text()).isEqualTo("0{\"sid\":\"" + sid + "\",\"upgrades\":[\"websocket\"],"
				+ "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
	}

	@Test
	@Tag("EIO-30")
	@Tag("EIO-89")
	void shouldTellTheClientTheOptionsInMilliseconds() {
		TestServer server = this.servers
			.start((spec) -> spec.engine((engine) -> engine.pingInterval(Duration.ofSeconds(7))
				.pingTimeout(Duration.ofMillis(4321))
				.maxHttpBufferSize(1234)));
		assertThat(server.polling().handshake().text())
			.endsWith("\"pingInterval\":7000,\"pingTimeout\":4321,\"maxPayload\":1234}");
	}

	@Test
	@Tag("EIO-31")
	void shouldOfferNoUpgradeOnWebsocket() {
		TestServer server = this.servers.start();
		assertThat(server.websocket("").readText()).contains("\"upgrades\":[],");
	}

	@Test
	@Tag("EIO-31")
	@Tag("SEC-35")
	void shouldOfferNoUpgradeWhenUpgradesAreOff() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.allowUpgrades(false)));
		assertThat(server.polling().handshake().text()).contains("\"upgrades\":[],");
	}

	@Test
	@Tag("EIO-31")
	@Tag("SEC-35")
	void shouldOfferNoUpgradeToATransportThatIsOff() {
		TestServer server = this.servers
			.start((spec) -> spec.engine((engine) -> engine.transports(Set.of(TransportType.POLLING))));
		assertThat(server.polling().handshake().text()).contains("\"upgrades\":[],");
	}

	@Test
	@Tag("EIO-32")
	void shouldSendTheOpenPacketOnAWebsocket() {
		TestServer server = this.servers.start();
		RawHttp http = server.http();
		RawResponse response = http.upgrade(server.target("transport=websocket"));
		assertThat(response.status()).isEqualTo(101);
		assertThat(response.header("Sec-WebSocket-Accept")).isEqualTo(RawWebSocket.ACCEPT);
		assertThat(response.header("Upgrade")).isEqualToIgnoringCase("websocket");
		assertThat(response.header("Connection")).isEqualToIgnoringCase("upgrade");
		assertThat(response.names()).doesNotContain("content-length", "transfer-encoding", "sec-websocket-extensions");
		String open = new RawWebSocket(http.connection()).readText();
		assertThat(open).isEqualTo("0{\"sid\":\"" + PollingClient.sid(open)
				+ "\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
		assertThat(server.session(PollingClient.sid(open)).transportType()).isEqualTo(TransportType.WEBSOCKET);
	}

	@Test
	@Tag("EIO-33")
	void shouldSendTheInitialPacketBehindTheOpenPacket() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.initialPacket("hello")));
		assertThat(server.polling().handshake().text()).startsWith("0{").endsWith("}\u001e4hello");
		RawWebSocket websocket = server.openWebsocket();
		assertThat(websocket.readText()).isEqualTo("4hello");
	}

	@Test
	@Tag("EIO-34")
	@Tag("SEC-01")
	void shouldMakeFreshIdsOfTwentyUrlSafeCharacters() {
		TestServer server = this.servers.start();
		RawHttp http = server.http();
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < 200; i++) {
			ids.add(PollingClient.sid(http.get(server.target("transport=polling")).text()));
		}
		assertThat(ids).hasSize(200).allMatch((id) -> id.matches("[A-Za-z0-9_-]{20}"));
		server.engine().sessions().forEach(EngineSession::closeNow);
	}

	@ParameterizedTest
	@CsvSource({ "polling", "websocket" })
	@Tag("EIO-35")
	void shouldUseTheIdsOfAnAsynchronousGenerator(String transport) {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.idGenerator(
				(request) -> Mono.delay(Duration.ofMillis(10)).map((tick) -> "my-" + request.query().get("n")))));
		String open = transport.equals("polling") ? server.http().get(server.target("transport=polling&n=1")).text()
				: server.websocket("n=1").readText();
		assertThat(PollingClient.sid(open)).isEqualTo("my-1");
		assertThat(server.isAlive("my-1")).isTrue();
	}

	@Test
	@Tag("EIO-35")
	@Tag("EIO-19")
	void shouldRefuseTheHandshakeWhenTheGeneratorFails() {
		this.servers.expectErrors();
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.idGenerator(this::failingId)));
		for (String how : List.of("throw", "link", "error", "empty")) {
			RawResponse response = server.http().get(server.target("transport=polling&how=" + how));
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.text()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
			ConnectionError error = server.recorder().awaitError();
			assertThat(error.error()).isEqualTo(EngineError.BAD_REQUEST);
			assertThat(error.context()).containsEntry("name", "ID_GENERATION_ERROR");
		}
		assertThat(server.recorder().hasSessions()).isFalse();
	}

	private Mono<String> failingId(HandshakeRequest request) {
		return switch (String.valueOf(request.query().get("how"))) {
			case "throw" -> throw new IllegalStateException("secret");
			case "link" -> throw new NoClassDefFoundError("secret");
			case "error" -> Mono.error(new IllegalStateException("secret"));
			default -> Mono.empty();
		};
	}

	@Test
	@Tag("EIO-35")
	void shouldRefuseAnIdThatALiveSessionHas() {
		this.servers.expectErrors();
		TestServer server = this.servers
			.start((spec) -> spec.engine((engine) -> engine.idGenerator((request) -> Mono.just("same"))));
		PollingClient first = server.polling();
		RawResponse second = server.http().get(server.target("transport=polling"));
		assertThat(second.status()).isEqualTo(400);
		assertThat(second.text()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
		assertThat(first.post("4still here").text()).isEqualTo("ok");
		assertThat(first.poll().text()).isEqualTo("4still here");
	}

	@Test
	@Tag("EIO-36")
	void shouldKeepWhatIsKnownOfTheHandshakeAcrossTheUpgrade() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling("Cookie: a=1", "X-Custom: yes");
		EngineSession session = client.session();
		int port = client.gets().connection().localPort();
		client.upgrade();
		assertThat(session.request().remoteAddress()).isNotNull()
			.satisfies((address) -> assertThat(address.getPort()).isEqualTo(port));
		assertThat(session.request().url()).isEqualTo("/socket.io/?EIO=4&transport=polling");
		assertThat(session.request().header("x-custom")).isEqualTo("yes");
		assertThat(session.request().headers()).containsEntry("cookie", List.of("a=1"));
		assertThat(session.request().secure()).isFalse();
		assertThat(session.request().principal()).isNull();
	}

	@Test
	@Tag("SEC-02")
	@Tag("CK-11")
	void shouldNeverTakeAnIdFromThePeer() {
		TestServer server = this.servers
			.start((spec) -> spec.web((web) -> web.cookie(SessionCookieOptions.builder().build())));
		String fixed = "00000000-0000-0000-0000-00000000beef";
		PollingClient first = server.polling("Cookie: io=" + fixed, "io: " + fixed);
		PollingClient second = server.polling("Cookie: io=" + first.sid());
		assertThat(first.sid()).isNotEqualTo(fixed);
		assertThat(second.sid()).isNotEqualTo(first.sid());
		assertThat(first.post("4first").text()).isEqualTo("ok");
		assertThat(second.post("4second").text()).isEqualTo("ok");
		assertThat(first.poll().text()).isEqualTo("4first");
		assertThat(second.poll().text()).isEqualTo("4second");
	}

	@Test
	@Tag("SEC-03")
	void shouldKeepSessionsOfOneCookieJarApart() {
		TestServer server = this.servers.start();
		PollingClient first = server.polling("Cookie: io=jar");
		PollingClient second = server.polling("Cookie: io=jar");
		first.session().send("for the first");
		second.session().send("for the second");
		assertThat(first.poll("Cookie: io=" + second.sid()).text()).isEqualTo("4for the first");
		first.post("1");
		assertThat(second.poll().text()).isEqualTo("4for the second");
	}

}
