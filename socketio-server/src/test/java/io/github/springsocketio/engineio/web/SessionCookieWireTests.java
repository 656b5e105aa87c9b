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
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import io.github.springsocketio.InvalidOptionException;
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
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The cookie with the session id, on the wire (CK sections 1 and 2).
 */
class SessionCookieWireTests {

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	@Tag("CK-01")
	void shouldSendNoCookieByDefault() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		assertThat(client.handshake().cookies()).isEmpty();
		assertThat(client.post("4x").cookies()).isEmpty();
		assertThat(client.poll().cookies()).isEmpty();
	}

	@Test
	@Tag("CK-02")
	@Tag("CK-05")
	@Tag("CK-06")
	void shouldSendTheLineOfTheReference() {
		TestServer server = start((cookie) -> {
		});
		PollingClient client = server.polling();
		assertThat(client.handshake().cookies())
			.containsExactly("io=" + client.sid() + "; Path=/; HttpOnly; SameSite=Lax");
		assertThat(client.handshake().headers()).anyMatch((header) -> header.getKey().equals("Set-Cookie"));
	}

	@Test
	@Tag("CK-13")
	void shouldSendTheHeadersInTheOrderOfTheReference() {
		TestServer server = start((cookie) -> {
		});
		List<String> ours = List.of("content-type", "content-length", "cache-control", "set-cookie");
		RawResponse response = server.polling().handshake();
		assertThat(response.names()).filteredOn(ours::contains).containsExactlyElementsOf(ours);
		assertThat(response.header("Cache-Control")).isEqualTo("no-store");
	}

	@Test
	@Tag("CK-07")
	void shouldSendTheCookieOnThePollingHandshakeOnly() {
		TestServer server = start((cookie) -> {
		});
		PollingClient client = server.polling();
		assertThat(client.handshake().cookies()).hasSize(1);
		assertThat(client.post("4x").cookies()).isEmpty();
		assertThat(client.poll().cookies()).isEmpty();
		RawResponse upgrade = server.http().upgrade(server.target("transport=websocket&sid=" + client.sid()));
		assertThat(upgrade.status()).isEqualTo(101);
		assertThat(upgrade.cookies()).isEmpty();
	}

	@Test
	@Tag("CK-08")
	@Tag("CK-144")
	void shouldNotSendTheCookieOnAWebsocketHandshake() {
		TestServer server = start((cookie) -> {
		});
		RawResponse response = server.http().upgrade(server.target("transport=websocket"));
		assertThat(response.status()).isEqualTo(101);
		assertThat(response.cookies()).isEmpty();
	}

	@Test
	@Tag("CK-08")
	void shouldSendTheCookieOnAWebsocketHandshakeByChoice() {
		TestServer server = start((cookie) -> cookie.sendOnWebSocket(true));
		RawHttp http = server.http();
		RawResponse response = http.upgrade(server.target("transport=websocket"));
		assertThat(response.status()).isEqualTo(101);
		String sid = PollingClient.sid(new RawWebSocket(http.connection()).readText());
		assertThat(response.cookies()).containsExactly("io=" + sid + "; Path=/; HttpOnly; SameSite=Lax");
		PollingClient client = server.polling();
		RawResponse upgrade = server.http().upgrade(server.target("transport=websocket&sid=" + client.sid()));
		assertThat(upgrade.status()).isEqualTo(101);
		assertThat(upgrade.cookies()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "EIO=3&transport=polling", "transport=polling", "EIO=4&transport=polling&j=0",
			"EIO=3&transport=polling&j=0", "EIO=3&transport=polling&b64=1" })
	@Tag("CK-09")
	void shouldSendTheCookieToOldClientsToo(String query) {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.allowEio3(true))
			.web((web) -> web.cookie(SessionCookieOptions.builder().build()).jsonp(true)));
		RawResponse response = server.http().get("/socket.io/?" + query);
		assertThat(response.status()).isEqualTo(200);
		String sid = server.recorder().awaitSession().id();
		assertThat(response.cookies()).containsExactly("io=" + sid + "; Path=/; HttpOnly; SameSite=Lax");
		server.session(sid).closeNow();
	}

	@Test
	@Tag("CK-10")
	@Tag("CK-143")
	void shouldSendNoCookieWithAnError() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxHttpBufferSize(10))
			.web((web) -> web.cookie(SessionCookieOptions.builder().build()).cors(CorsOptions.builder().build()))
			.endpoint((endpoint) -> endpoint.allowRequests(List.of(AllowRequest
				.of((exchange) -> Mono.just(!exchange.getRequest().getQueryParams().containsKey("deny")))))));
		PollingClient client = server.polling();
		RawHttp http = server.http();
		assertThat(List.of(http.get(server.target("transport=foo")),
				http.get(server.target("transport=polling&sid=nope")),
				http.post(server.target("transport=polling"), ""), http.get(server.target("transport=websocket")),
				http.get(server.target("transport=polling&deny=1")), http.get("/socket.io/?transport=polling"),
				http.exchange("PUT", client.target(), null),
				http.exchange("OPTIONS", server.target("transport=polling"), null),
				server.http().post(client.target(), "4" + "x".repeat(10)),
				server.http().upgrade(server.target("transport=websocket&deny=1"))))
			.allSatisfy((response) -> {
				assertThat(response.status()).isNotIn(101, 200);
				assertThat(response.cookies()).isEmpty();
			});
	}

	@Test
	@Tag("CK-11")
	void shouldMakeANewSessionWhateverCookieComes() {
		TestServer server = start((cookie) -> {
		});
		PollingClient first = server.polling();
		PollingClient second = server.polling("Cookie: io=" + first.sid());
		assertThat(second.handshake().cookies())
			.containsExactly("io=" + second.sid() + "; Path=/; HttpOnly; SameSite=Lax");
		RawResponse response = server.http()
			.get(server.target("transport=polling&sid=nope"), "Cookie: io=" + first.sid());
		assertThat(response.status()).isEqualTo(400);
		// a stale or foreign cookie does not matter where there is a sid
		assertThat(first.post("4x", "Cookie: io=stale; io=" + second.sid()).text()).isEqualTo("ok");
		assertThat(first.poll("Cookie: mine=1; io=old; io=new").text()).isEqualTo("4x");
	}

	@Test
	@Tag("CK-14")
	void shouldRefuseBadOptionsBeforeTheServerStarts() {
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(() -> start((cookie) -> cookie.name("a b")));
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(() -> start((cookie) -> cookie.path("/;x")));
	}

	@Test
	@Tag("CK-12")
	void shouldNotDeleteTheCookieWhenTheSessionEnds() {
		TestServer server = start((cookie) -> {
		});
		PollingClient client = server.polling();
		assertThat(client.post("1").cookies()).isEmpty();
		assertThat(client.poll().cookies()).isEmpty();
	}

	@Test
	@Tag("CK-03")
	void shouldLeaveOutWhatIsSwitchedOff() {
		TestServer server = start(
				(cookie) -> cookie.path(null).httpOnly(false).sameSite(SessionCookieOptions.SameSite.OMITTED));
		PollingClient client = server.polling();
		assertThat(client.handshake().cookies()).containsExactly("io=" + client.sid());
	}

	@Test
	@Tag("CK-15")
	@Tag("CK-17")
	@Tag("CK-18")
	@Tag("CK-19")
	@Tag("CK-20")
	@Tag("CK-21")
	@Tag("CK-22")
	@Tag("CK-23")
	@Tag("CK-24")
	@Tag("CK-25")
	void shouldSendAllAttributesInTheirOrder() {
		TestServer server = start((cookie) -> cookie.name("srv")
			.maxAge(Duration.ofSeconds(3600))
			.domain("ex.com")
			.path("/a")
			.expires(Instant.EPOCH)
			.secure(true)
			.partitioned(true)
			.priority(SessionCookieOptions.Priority.HIGH)
			.sameSite(SessionCookieOptions.SameSite.NONE));
		PollingClient client = server.polling();
		assertThat(client.handshake().cookies()).containsExactly("srv=" + client.sid()
				+ "; Max-Age=3600; Domain=ex.com; Path=/a; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure;"
				+ " Partitioned; Priority=High; SameSite=None");
	}

	@Test
	@Tag("CK-16")
	void shouldEncodeTheValue() {
		TestServer server = this.servers
			.start((spec) -> spec.engine((engine) -> engine.idGenerator((request) -> Mono.just("a b;c=é/+==")))
				.web((web) -> web.cookie(SessionCookieOptions.builder().build())));
		RawResponse response = server.http().get(server.target("transport=polling"));
		assertThat(response.cookies())
			.containsExactly("io=a%20b%3Bc%3D%C3%A9%2F%2B%3D%3D; Path=/; HttpOnly; SameSite=Lax");
		assertThat(response.text()).startsWith("0{\"sid\":\"a b;c=é/+==\",");
		server.session("a b;c=é/+==").closeNow();
	}

	@Test
	@Tag("CK-16")
	@Tag("CK-31")
	void shouldRefuseTheHandshakeWhenTheEncoderFails() {
		this.servers.expectErrors();
		TestServer server = start((cookie) -> cookie.encoder((sid) -> sid + "; Domain=evil"));
		RawResponse response = server.http().get(server.target("transport=polling"));
		assertThat(response.status()).isEqualTo(500);
		assertThat(response.cookies()).isEmpty();
		assertThat(server.engine().clientsCount()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a=1; io=x; b=2", "=x; ;; a", "io", "a=%zz; b=\"q\"" })
	@Tag("CK-38")
	@Tag("CK-157")
	void shouldServeRequestsWithAnyCookies(String header) {
		TestServer server = start((cookie) -> {
		});
		PollingClient client = server.polling("Cookie: " + header);
		assertThat(client.post("4x", "Cookie: " + header).text()).isEqualTo("ok");
		assertThat(client.poll("Cookie: " + header).text()).isEqualTo("4x");
	}

	@ParameterizedTest
	@CsvSource({ "a=1,1", "b=%20+,' +'", "c=first; c=second,first", "d=\"quoted\",quoted", "e=%zz,%zz" })
	@Tag("CK-38")
	void shouldReadCookiesInListeners(String header, String value) {
		String name = header.substring(0, 1);
		TestServer server = this.servers
			.start((spec) -> spec.endpoint((endpoint) -> endpoint.headersListeners(List.of((headers, exchange) -> Mono
				.fromRunnable(() -> headers.set("X-Cookie", "<" + Cookies.value(exchange, name) + ">"))))));
		assertThat(server.polling("Cookie: " + header).handshake().header("X-Cookie")).isEqualTo("<" + value + ">");
	}

	private TestServer start(Consumer<SessionCookieOptions.Builder> customizer) {
		SessionCookieOptions.Builder cookie = SessionCookieOptions.builder();
		customizer.accept(cookie);
		return this.servers.start((spec) -> spec.web((web) -> web.cookie(cookie.build())));
	}

}
