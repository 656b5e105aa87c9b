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
import java.util.concurrent.atomic.AtomicReference;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.TransportSession;
import io.github.springsocketio.engineio.VirtualTimers;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawConnection;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.Recorder;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Request bodies that arrive slowly, or not at all. The minimum data rate is 240 bytes
 * per second, measured over 20 seconds.
 */
class RequestBodyWireTests {

	private static final Duration GRACE_PERIOD = Duration.ofSeconds(20);

	private static final Duration SECOND = Duration.ofSeconds(1);

	@RegisterExtension
	private final TestServers servers = new TestServers();

	private final VirtualTimers clock = new VirtualTimers();

	@Test
	@Tag("SEC-14")
	void shouldTakeMemoryForWhatHasArrived() {
		TestServer server = start();
		PollingClient client = server.polling();
		BodyBuffer body = beginPost(client, 1000000, "4ab");
		assertThat(body.capacity()).isEqualTo(3);
		send(client, body, "x".repeat(997));
		assertThat(body.capacity()).isLessThanOrEqualTo(2000);
	}

	@Test
	@Tag("SEC-16")
	void shouldReadABodyThatMakesProgressHoweverLongItTakes() {
		TestServer server = start();
		PollingClient client = server.polling();
		int size = 650000;
		BodyBuffer body = beginPost(client, size, "4");
		// as fast as the minimum allows, for a session whose heartbeat is off
		while (body.length() < size - 4800) {
			send(client, body, "x".repeat(4800));
			this.clock.advance(GRACE_PERIOD);
		}
		client.posts().connection().write("x".repeat(size - body.length()));
		assertThat(client.posts().read().text()).isEqualTo("ok");
		assertThat(server.recorder().awaitMessage()).hasSize(size - 1);
	}

	@Test
	@Tag("SEC-16")
	void shouldEndARequestWhoseBodyStops() {
		TestServer server = start();
		PollingClient client = server.polling();
		BodyBuffer body = beginPost(client, 100000, "4");
		send(client, body, "x".repeat(50000));
		this.clock.advance(GRACE_PERIOD);
		assertThat(client.isAlive()).isTrue();
		this.clock.advance(GRACE_PERIOD);
		assertThat(client.posts().read().status()).isEqualTo(408);
		client.posts().connection().awaitEnd();
		expectTooSlow(server, client);
	}

	@Test
	@Tag("SEC-16")
	void shouldEndARequestWhoseBodyTrickles() {
		TestServer server = start();
		PollingClient client = server.polling();
		BodyBuffer body = beginPost(client, 100, "4");
		for (int i = 0; i < 4; i++) {
			this.clock.advance(SECOND.multipliedBy(4));
			send(client, body, "x");
		}
		assertThat(client.isAlive()).isTrue();
		this.clock.advance(SECOND.multipliedBy(4));
		assertThat(client.posts().read().status()).isEqualTo(408);
		expectTooSlow(server, client);
	}

	private static void expectTooSlow(TestServer server, PollingClient client) {
		assertThat(client.awaitClose())
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "data request timed out"));
		assertThat(server.recorder().awaitLimit()).isEqualTo("min-data-rate");
		assertThat(server.recorder().hasMessages()).isFalse();
	}

	@Test
	@Tag("SEC-16")
	void shouldMeasureEachRequestByItself() {
		TestServer server = start();
		PollingClient client = server.polling();
		for (int i = 0; i < 5; i++) {
			BodyBuffer body = beginPost(client, 3, "4");
			this.clock.advance(SECOND.multipliedBy(15));
			send(client, body, "x");
			client.posts().connection().write("y");
			assertThat(client.posts().read().text()).isEqualTo("ok");
			assertThat(server.recorder().awaitMessage()).isEqualTo("xy");
		}
	}

	@Test
	@Tag("SEC-16")
	void shouldHaveNoLimitWhenThereIsNone() {
		TestServer server = this.servers.start((spec) -> withoutHeartbeat(spec).web((web) -> web.minDataRate(0)));
		PollingClient client = server.polling();
		beginPost(client, 2, "4");
		this.clock.advance(GRACE_PERIOD.multipliedBy(10));
		client.posts().connection().write("x");
		assertThat(client.posts().read().text()).isEqualTo("ok");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 100000", "Transfer-Encoding: chunked" })
	@Tag("SEC-16")
	void shouldEndAConnectionWhoseHandshakeHasABodyThatTrickles(String length) {
		TestServer server = start();
		RawHttp http = server.http();
		http.connection()
			.write("GET " + server.target("transport=polling") + " HTTP/1.1\r\nHost: localhost\r\n" + length
					+ "\r\n\r\n");
		RawResponse response = http.read();
		assertThat(response.status()).isEqualTo(200);
		expectEnd(server, http);
	}

	@ParameterizedTest
	@ValueSource(strings = { "transport=polling&sid=unknown", "transport=unknown", "transport=polling" })
	@Tag("SEC-16")
	void shouldEndAConnectionWhoseRefusedBodyTrickles(String query) {
		TestServer server = start();
		RawHttp http = server.http();
		http.sendHead("POST", server.target(query), 100000);
		assertThat(http.read().status()).isEqualTo(400);
		expectEnd(server, http);
	}

	@Test
	@Tag("SEC-14")
	@Tag("SEC-16")
	void shouldEndAConnectionWhoseTooLargeBodyTrickles() {
		TestServer server = start();
		RawHttp http = server.http();
		http.sendHead("POST", server.polling().target(), 1000001);
		assertThat(http.read().status()).isEqualTo(413);
		assertThat(server.recorder().awaitLimit()).isEqualTo("max-http-buffer-size");
		expectEnd(server, http);
	}

	/**
	 * Send one byte every four seconds.
	 */
	private void expectEnd(TestServer server, RawHttp http) {
		RawConnection connection = http.connection();
		for (int i = 0; i < 5; i++) {
			connection.write("x");
			this.clock.advance(SECOND.multipliedBy(4));
		}
		Await.until("the connection is ended", () -> {
			this.clock.advance(SECOND.multipliedBy(4));
			return server.recorder().hasLimits();
		});
		assertThat(server.recorder().awaitLimit()).isEqualTo("min-data-rate");
		connection.awaitEnd();
	}

	@Test
	@Tag("SEC-16")
	void shouldServeTheConnectionAfterTheRestOfARefusedBody() {
		TestServer server = start();
		RawHttp http = server.http();
		http.sendHead("POST", server.target("transport=unknown"), 500000);
		assertThat(http.read().status()).isEqualTo(400);
		for (int i = 0; i < 100; i++) {
			http.connection().write("x".repeat(5000));
		}
		assertThat(http.get(server.target("transport=unknown")).status()).isEqualTo(400);
		this.clock.advance(GRACE_PERIOD.multipliedBy(3));
		assertThat(http.get(server.target("transport=unknown")).status()).isEqualTo(400);
		assertThat(server.recorder().hasLimits()).isFalse();
	}

	@Test
	@Tag("SEC-16")
	void shouldLeaveConnectionsAloneWhoseBodyHasArrived() {
		TestServer server = start();
		RawHttp http = server.http();
		assertThat(http.post(server.target("transport=unknown"), "x".repeat(1000)).status()).isEqualTo(400);
		this.clock.advance(GRACE_PERIOD.multipliedBy(3));
		assertThat(http.post(server.target("transport=unknown"), "x".repeat(1000)).status()).isEqualTo(400);
		assertThat(server.recorder().hasLimits()).isFalse();
	}

	private TestServer start() {
		return this.servers.start(this::withoutHeartbeat);
	}

	private TestServer.Spec withoutHeartbeat(TestServer.Spec spec) {
		return spec.clock(this.clock).silent().engine((engine) -> engine.pingInterval(Duration.ofDays(1)));
	}

	/**
	 * Send a part of a body, and wait until it has arrived.
	 */
	private static BodyBuffer beginPost(PollingClient client, int announced, String part) {
		client.beginPost(announced, part);
		Object transport = ((TransportSession) client.session()).currentTransport();
		Object post = ((AtomicReference<?>) ReflectionTestUtils.getField(transport, "post")).get();
		BodyBuffer body = ((DataRequest) post).body();
		Await.until("the part has arrived", () -> body.length() == part.length());
		return body;
	}

	private static void send(PollingClient client, BodyBuffer body, String part) {
		int expected = body.length() + part.length();
		client.posts().connection().write(part);
		Await.until("the part has arrived", () -> body.length() == expected);
	}

}
