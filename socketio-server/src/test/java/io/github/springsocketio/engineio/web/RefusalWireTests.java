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

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.springsocketio.engineio.ConnectionError;
import io.github.springsocketio.engineio.EngineError;
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
 * The checks of a request, their order, and the answers to what does not pass (EIO
 * section 3).
 */
class RefusalWireTests {

	private static final String UNKNOWN_TRANSPORT = "{\"code\":0,\"message\":\"Transport unknown\"}";

	private static final String UNKNOWN_SID = "{\"code\":1,\"message\":\"Session ID unknown\"}";

	private static final String BAD_METHOD = "{\"code\":2,\"message\":\"Bad handshake method\"}";

	private static final String BAD_REQUEST = "{\"code\":3,\"message\":\"Bad request\"}";

	private static final String FORBIDDEN = "{\"code\":4,\"message\":\"Forbidden\"}";

	private static final String UNSUPPORTED = "{\"code\":5,\"message\":\"Unsupported protocol version\"}";

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "transport=polling&transport=polling|transport", "transport=foo&transport=polling|transport",
					"transport=polling&tr%61nsport=foo|transport", "transport=polling&transport|transport",
					"transport=polling&EIO=4&EIO=3|EIO", "transport=polling&sid=a&sid=b|sid",
					"transport=polling&sid=&sid=b|sid", "transport=polling&j=0&j=1|j",
					"transport=polling&b64=1&b64=|b64" })
	@Tag("EIO-06")
	@Tag("SEC-05")
	void shouldRefuseRepeatedParameters(String query, String parameter) {
		TestServer server = this.servers.start();
		RawResponse response = server.http().get(server.target(query));
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
		ConnectionError error = server.recorder().awaitError();
		assertThat(error.error()).isEqualTo(EngineError.BAD_REQUEST);
		assertThat(error.context()).containsEntry("name", "REPEATED_PARAMETER").containsEntry("parameter", parameter);
		RawResponse upgrade = server.http().upgrade(server.target("transport=websocket&" + query));
		assertThat(upgrade.status()).isEqualTo(400);
		assertThat(upgrade.text()).isEqualTo("Bad request");
		assertThat(server.recorder().hasSessions()).isFalse();
	}

	@Test
	@Tag("SEC-05")
	void shouldRefuseARepeatedSessionIdWhateverItsValues() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		for (String values : List.of(client.sid() + "&sid=" + client.sid(), "a&sid=" + client.sid(),
				client.sid() + "&sid=a", client.sid() + "&s%69d=")) {
			String target = server.target("transport=polling&sid=" + values);
			assertThat(server.http().get(target).text()).contains("\"code\":3");
			assertThat(server.http().post(target, "1").text()).contains("\"code\":3");
		}
		assertThat(client.post("4still here").text()).isEqualTo("ok");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "transport=", "transport=foo", "transport=Polling", "transport=webtransport",
			"transport=__proto__" })
	@Tag("EIO-08")
	@Tag("EIO-15")
	@Tag("EIO-16")
	@Tag("SEC-06")
	void shouldRefuseUnknownTransports(String query) {
		TestServer server = this.servers.start();
		RawHttp http = server.http();
		RawResponse response = http.get(server.target(query));
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.header("Content-Type")).isEqualTo("application/json");
		assertThat(response.header("Content-Length")).isEqualTo("40");
		assertThat(response.text()).isEqualTo(UNKNOWN_TRANSPORT);
		assertThat(server.recorder().awaitError().error()).isEqualTo(EngineError.UNKNOWN_TRANSPORT);
		assertThat(http.get(server.target("transport=polling")).status()).isEqualTo(200);
	}

	@Test
	@Tag("EIO-16")
	@Tag("EIO-24")
	void shouldTellWhichTransportIsUnknown() {
		TestServer server = this.servers.start();
		server.http().get(server.target("transport=foo"));
		ConnectionError error = server.recorder().awaitError();
		assertThat(error.context()).isEqualTo(Map.of("transport", "foo"));
		assertThat(error.request().url()).isEqualTo("/socket.io/?EIO=4&transport=foo");
	}

	@ParameterizedTest
	@CsvSource({ "POLLING,websocket", "WEBSOCKET,polling" })
	@Tag("EIO-16")
	@Tag("SEC-35")
	void shouldRefuseATransportThatIsOff(TransportType on, String off) {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.transports(Set.of(on))));
		RawResponse response = server.http().get(server.target("transport=" + off));
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).isEqualTo(UNKNOWN_TRANSPORT);
		RawResponse upgrade = server.http().upgrade(server.target("transport=" + off));
		assertThat(upgrade.status()).isEqualTo(400);
		assertThat(upgrade.text()).isEqualTo("Transport unknown");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nope", "__proto__", "constructor", "..%2Fx", "null",
			"123e4567-e89b-12d3-a456-426614174000", "%20", "+" })
	@Tag("EIO-17")
	@Tag("SEC-04")
	@Tag("SEC-05")
	void shouldRefuseUnknownSessions(String sid) {
		TestServer server = this.servers.start();
		RawHttp http = server.http();
		for (String method : List.of("GET", "POST", "PUT")) {
			RawResponse response = http.exchange(method, server.target("transport=polling&sid=" + sid), new byte[0]);
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.header("Content-Type")).isEqualTo("application/json");
			assertThat(response.text()).isEqualTo(UNKNOWN_SID);
			ConnectionError error = server.recorder().awaitError();
			assertThat(error.error()).isEqualTo(EngineError.UNKNOWN_SID);
			assertThat(error.context()).containsOnlyKeys("sid");
		}
		assertThat(http.get(server.target("transport=polling")).status()).isEqualTo(200);
	}

	@Test
	@Tag("EIO-24")
	void shouldTellWhichSessionIsUnknown() {
		TestServer server = this.servers.start();
		server.http().get(server.target("transport=polling&sid=nope"));
		assertThat(server.recorder().awaitError().context()).isEqualTo(Map.of("sid", "nope"));
	}

	@Test
	@Tag("SEC-05")
	void shouldSurviveAVeryLongSid() {
		TestServer server = this.servers.start((spec) -> spec
			.http((http) -> http.httpRequestDecoder((decoder) -> decoder.maxInitialLineLength(20000))));
		RawResponse response = server.http().get(server.target("transport=polling&sid=" + "a".repeat(10000)));
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).isEqualTo(UNKNOWN_SID);
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "FOO" })
	@Tag("EIO-18")
	@Tag("CK-120")
	@Tag("SEC-06")
	void shouldRefuseHandshakesThatAreNoGet(String method) {
		TestServer server = this.servers.start();
		RawResponse response = server.http().exchange(method, server.target("transport=polling"), null);
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.header("Content-Type")).isEqualTo("application/json");
		assertThat(response.text()).isEqualTo(method.equals("HEAD") ? "" : BAD_METHOD);
		ConnectionError error = server.recorder().awaitError();
		assertThat(error.error()).isEqualTo(EngineError.BAD_HANDSHAKE_METHOD);
		assertThat(error.context()).isEqualTo(Map.of("method", method));
	}

	@Test
	@Tag("EIO-19")
	@Tag("SEC-06")
	void shouldRefuseAWebsocketHandshakeThatIsNoUpgrade() {
		TestServer server = this.servers.start();
		RawResponse response = server.http().get(server.target("transport=websocket"));
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).isEqualTo(BAD_REQUEST);
		ConnectionError error = server.recorder().awaitError();
		assertThat(error.error()).isEqualTo(EngineError.BAD_REQUEST);
		assertThat(error.context()).isEqualTo(Map.of("name", "TRANSPORT_HANDSHAKE_ERROR"));
	}

	@Test
	@Tag("EIO-20")
	@Tag("EIO-24")
	void shouldAnswerARefusalOfTheApplicationWith403() {
		TestServer server = this.servers.start((spec) -> spec.endpoint((endpoint) -> endpoint
			.allowRequests(List.of((exchange) -> Mono.just(AllowRequest.Decision.reject())))));
		RawResponse response = server.http().get(server.target("transport=polling"));
		assertThat(response.status()).isEqualTo(403);
		assertThat(response.text()).isEqualTo(FORBIDDEN);
		assertThat(server.recorder().awaitError().error()).isEqualTo(EngineError.FORBIDDEN);
	}

	@Test
	@Tag("EIO-14")
	void shouldCheckTheTransportBeforeTheSession() {
		TestServer server = this.servers.start();
		assertThat(server.http().exchange("PUT", "/socket.io/?EIO=3&transport=foo&sid=nope", null).text())
			.isEqualTo(UNKNOWN_TRANSPORT);
	}

	@Test
	@Tag("EIO-14")
	void shouldCheckTheSessionBeforeTransportProtocolAndMethod() {
		TestServer server = this.servers.start();
		assertThat(server.http().exchange("PUT", "/socket.io/?EIO=3&transport=websocket&sid=nope", null).text())
			.isEqualTo(UNKNOWN_SID);
	}

	@Test
	@Tag("EIO-14")
	@Tag("EIO-25")
	void shouldCheckTheTransportOfTheSessionBeforeItsProtocol() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		RawResponse response = server.http().get("/socket.io/?EIO=3&transport=websocket&sid=" + client.sid());
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).isEqualTo(BAD_REQUEST);
		assertThat(server.recorder().awaitError().context())
			.isEqualTo(Map.of("name", "TRANSPORT_MISMATCH", "transport", "websocket", "previousTransport", "polling"));
		assertThat(client.isAlive()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "GET,EIO=3", "POST,EIO=3", "PUT,EIO=3", "GET,EIO=", "POST,x=1" })
	@Tag("EIO-14")
	@Tag("EIO-25")
	@Tag("SEC-07")
	void shouldCheckTheProtocolOfTheSessionBeforeTheMethod(String method, String revision) {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		String target = "/socket.io/?" + revision + "&transport=polling&sid=" + client.sid();
		RawResponse response = server.http().exchange(method, target, new byte[0]);
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).isEqualTo(BAD_REQUEST);
		assertThat(server.recorder().awaitError().context())
			.isEqualTo(Map.of("name", "PROTOCOL_MISMATCH", "protocol", 3, "previousProtocol", 4));
		assertThat(client.post("4still here").text()).isEqualTo("ok");
		assertThat(client.poll().text()).isEqualTo("4still here");
	}

	@Test
	@Tag("EIO-25")
	@Tag("SEC-07")
	void shouldRefuseAnUpgradeOfAnotherProtocol() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		for (String revision : List.of("EIO=3&", "")) {
			RawResponse response = server.http()
				.upgrade("/socket.io/?" + revision + "transport=websocket&sid=" + client.sid());
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.text()).isEqualTo("Bad request");
			assertThat(server.recorder().awaitError().context()).containsEntry("name", "PROTOCOL_MISMATCH");
		}
		RawWebSocket websocket = client.upgrade();
		websocket.sendText("4upgraded");
		assertThat(websocket.readText()).isEqualTo("4upgraded");
		assertThat(client.isAlive()).isTrue();
	}

	@Test
	@Tag("EIO-14")
	void shouldCheckMethodThenUpgradeThenApplicationThenProtocolThenId() {
		this.servers.expectErrors();
		TestServer server = this.servers
			.start((spec) -> spec.engine((engine) -> engine.idGenerator((request) -> Mono.empty()))
				.endpoint((endpoint) -> endpoint.allowRequests(List.of(AllowRequest
					.of((exchange) -> Mono.just(exchange.getRequest().getQueryParams().containsKey("in")))))));
		RawHttp http = server.http();
		assertThat(http.post("/socket.io/?transport=websocket", "").text()).isEqualTo(BAD_METHOD);
		assertThat(http.get("/socket.io/?transport=websocket").text()).isEqualTo(BAD_REQUEST);
		assertThat(http.get("/socket.io/?transport=polling").text()).isEqualTo(FORBIDDEN);
		assertThat(http.get("/socket.io/?transport=polling&in=1").text()).isEqualTo(UNSUPPORTED);
		assertThat(http.get("/socket.io/?transport=polling&in=1&EIO=4").text()).isEqualTo(BAD_REQUEST);
		List<EngineError> errors = List.of(server.recorder().awaitError().error(),
				server.recorder().awaitError().error(), server.recorder().awaitError().error(),
				server.recorder().awaitError().error(), server.recorder().awaitError().error());
		assertThat(errors).containsExactly(EngineError.BAD_HANDSHAKE_METHOD, EngineError.BAD_REQUEST,
				EngineError.FORBIDDEN, EngineError.UNSUPPORTED_PROTOCOL_VERSION, EngineError.BAD_REQUEST);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "EIO=4&transport=foo|Transport unknown", "EIO=4&transport=websocket&sid=nope|Session ID unknown",
					"EIO=3&transport=websocket|Unsupported protocol version" })
	@Tag("EIO-22")
	@Tag("EIO-23")
	@Tag("EIO-71")
	void shouldRefuseAnUpgradeWithTheTextAndCloseTheConnection(String query, String text) {
		TestServer server = this.servers.start();
		assertRefusedUpgrade(server.http(), "/socket.io/?" + query, text);
		assertThat(server.recorder().awaitError().error().message()).isEqualTo(text);
		assertThat(server.recorder().hasSessions()).isFalse();
	}

	@Test
	@Tag("EIO-22")
	void shouldRefuseAnUpgradeOfTheApplicationWith400() {
		TestServer server = this.servers.start((spec) -> spec.endpoint((endpoint) -> endpoint
			.allowRequests(List.of((exchange) -> Mono.just(AllowRequest.Decision.reject())))));
		assertRefusedUpgrade(server.http(), server.target("transport=websocket"), "Forbidden");
	}

	@Test
	@Tag("EIO-23")
	void shouldRefuseAnUpgradeWithoutAnId() {
		this.servers.expectErrors();
		TestServer server = this.servers
			.start((spec) -> spec.engine((engine) -> engine.idGenerator((request) -> Mono.empty())));
		assertRefusedUpgrade(server.http(), server.target("transport=websocket"), "Bad request");
	}

	private static void assertRefusedUpgrade(RawHttp http, String target, String text) {
		RawResponse response = http.upgrade(target);
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.reason()).isEqualTo("Bad Request");
		assertThat(response.header("Connection")).isEqualTo("close");
		assertThat(response.header("Content-Type")).isEqualTo("text/html");
		assertThat(response.header("Content-Length")).isEqualTo(String.valueOf(text.length()));
		assertThat(response.names()).hasSize(3);
		assertThat(response.text()).isEqualTo(text);
		http.connection().awaitEnd();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u0001", "\u007f", "\u0000", "http://a\u0008b" })
	@Tag("EIO-26")
	@Tag("SEC-87")
	void shouldRefuseControlCharactersInTheOrigin(String origin) {
		TestServer server = this.servers.start();
		RawResponse response = server.http().get(server.target("transport=polling"), "Origin: http://x" + origin);
		assertThat(response.status()).isEqualTo(400);
		assertThat(server.recorder().hasSessions()).isFalse();
	}

	@Test
	@Tag("EIO-14")
	@Tag("EIO-26")
	@Tag("SEC-87")
	void shouldCheckTheOriginAfterTheTransportAndBeforeTheSession() {
		TestServer server = this.servers.start();
		String[] origins = { "Origin: http://a", "Origin: http://b" };
		assertThat(server.http().get(server.target("transport=foo&sid=nope"), origins).text())
			.isEqualTo(UNKNOWN_TRANSPORT);
		assertThat(server.http().get(server.target("transport=polling&sid=nope"), origins).text())
			.isEqualTo(BAD_REQUEST);
		server.recorder().awaitError();
		assertThat(server.recorder().awaitError().context()).isEqualTo(Map.of("name", "INVALID_ORIGIN"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH" })
	@Tag("EIO-27")
	@Tag("CK-120")
	void shouldAnswerOtherMethodsOnASessionWith500(String method) {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		RawResponse response = server.http().exchange(method, client.target(), null);
		assertThat(response.status()).isEqualTo(500);
		assertThat(response.text()).isEmpty();
		assertThat(client.post("4still here").text()).isEqualTo("ok");
		assertThat(client.poll().text()).isEqualTo("4still here");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "transport=polling", "transport=polling&sid=nope", "transport=foo", "transport=websocket" })
	@Tag("EIO-28")
	void shouldAnswerPreflightsBeforeAnyCheck(String query) {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.cors(CorsOptions.builder().build())));
		RawResponse response = server.http()
			.exchange("OPTIONS", server.target(query), null, "Origin: http://a", "Access-Control-Request-Method: GET");
		assertThat(response.status()).isEqualTo(204);
		assertThat(server.recorder().hasErrors()).isFalse();
	}

	@Test
	@Tag("EIO-28")
	void shouldAnswerPreflightsForALiveSession() {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.cors(CorsOptions.builder().build())));
		PollingClient client = server.polling();
		assertThat(server.http().exchange("OPTIONS", client.target(), null).status()).isEqualTo(204);
		assertThat(client.isAlive()).isTrue();
	}

	@Test
	@Tag("SEC-04")
	void shouldShowErrorsToPagesOfOtherOrigins() {
		TestServer server = this.servers.start((spec) -> spec.web((web) -> web.cors(CorsOptions.builder().build())));
		RawResponse response = server.http().get(server.target("transport=polling&sid=nope"), "Origin: http://a");
		assertThat(response.text()).isEqualTo(UNKNOWN_SID);
		assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
	}

}
