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

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineSessionListener;
import io.github.springsocketio.engineio.TransportSession;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.Recorder;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Polls and posts (EIO sections 5 and 6).
 */
class PollingWireTests {

	private static final String UNKNOWN_SID = "{\"code\":1,\"message\":\"Session ID unknown\"}";

	/**
	 * The common pool may have one thread only.
	 */
	private static final Executor THREADS = (task) -> new Thread(task, "polling").start();

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	@Tag("EIO-37")
	@Tag("EIO-38")
	@Tag("EIO-90")
	void shouldAnswerWithAllThatIsBuffered() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.session().send("one");
		client.session().send("zwölf €");
		client.session().send(new byte[] { 1, 2, 3, 4 });
		RawResponse response = client.poll();
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
		assertThat(response.header("Cache-Control")).isEqualTo("no-store");
		assertThat(response.header("Content-Length")).isEqualTo(String.valueOf(response.body().length));
		assertThat(response.text()).isEqualTo("4one\u001e4zwölf €\u001ebAQIDBA==");
	}

	@Test
	@Tag("EIO-37")
	void shouldHoldAPollUntilThereIsSomething() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		CompletableFuture<RawResponse> hanging = client.hang();
		assertThat(hanging).isNotDone();
		client.session().send("late");
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("4late");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "Mozilla/4.0 (compatible;MSIE 8.0)", "Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0)" })
	@Tag("EIO-39")
	void shouldSwitchOffTheFilterOfOldBrowsers(String agent) {
		TestServer server = this.servers.start();
		PollingClient client = server.polling("User-Agent: " + agent);
		assertThat(client.handshake().header("X-XSS-Protection")).isEqualTo("0");
		assertThat(client.post("4x", "User-Agent: " + agent).header("X-XSS-Protection")).isEqualTo("0");
		assertThat(client.poll("User-Agent: " + agent).header("X-XSS-Protection")).isEqualTo("0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Mozilla/5.0 (X11) Firefox/140.0", "Mozilla/4.0 (compatible; MSIE 8.0)" })
	@Tag("EIO-39")
	void shouldNotSpeakOfTheFilterToOthers(String agent) {
		TestServer server = this.servers.start();
		assertThat(server.polling("User-Agent: " + agent).handshake().names()).doesNotContain("x-xss-protection");
	}

	@Test
	@Tag("EIO-47")
	@Tag("SEC-75")
	void shouldTakeNoMoreDataWhileReadingIsPaused() {
		TestServer server = this.servers.start();
		server.recorder().silence();
		PollingClient client = server.polling();
		client.session().pauseReading(true);
		assertThat(client.post("4one").text()).isEqualTo("ok");
		assertThat(server.recorder().hasMessages()).isFalse();
		String large = "x".repeat(300000);
		CompletableFuture<RawResponse> first = CompletableFuture.supplyAsync(() -> client.post("4" + large), THREADS);
		Await.until("nothing is read", ((TransportSession) client.session())::isReadingPaused);
		RawResponse second = server.http().post(client.target(), "4two");
		assertThat(second.status()).isEqualTo(400);
		assertThat(client.awaitClose())
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "data request overlap from client"));
		assertThat(Await.get("the answer to the first", first).text()).isEqualTo("ok");
		assertThat(server.recorder().awaitMessage()).isEqualTo("one");
		assertThat(server.recorder().awaitMessage()).isEqualTo(large);
		assertThat(server.recorder().hasMessages()).isFalse();
	}

	@Test
	@Tag("SEC-75")
	void shouldAnswerDataWhenReadingGoesOn() {
		TestServer server = this.servers.start();
		server.recorder().silence();
		PollingClient client = server.polling();
		for (int i = 0; i < 3; i++) {
			client.session().pauseReading(true);
			String large = "x".repeat(300000);
			CompletableFuture<RawResponse> answer = CompletableFuture.supplyAsync(() -> client.post("4" + large),
					THREADS);
			Await.until("nothing is read", ((TransportSession) client.session())::isReadingPaused);
			assertThat(answer).isNotDone();
			assertThat(server.recorder().hasMessages()).isFalse();
			client.session().pauseReading(false);
			assertThat(server.recorder().awaitMessage()).isEqualTo(large);
			assertThat(Await.get("the answer", answer).text()).isEqualTo("ok");
		}
	}

	@Test
	@Tag("EIO-40")
	@Tag("SEC-18")
	void shouldCloseTheSessionWhenTwoPollsOverlap() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		CompletableFuture<RawResponse> hanging = client.hang();
		RawResponse second = server.http().get(client.target());
		assertThat(second.status()).isEqualTo(400);
		assertThat(second.text()).isEmpty();
		RawResponse first = Await.get("the first poll", hanging);
		assertThat(first.status()).isEqualTo(200);
		assertThat(first.text()).isEqualTo("1");
		assertThat(client.awaitClose())
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "overlap from client"));
		assertThat(client.gets().get(client.target()).text()).isEqualTo(UNKNOWN_SID);
	}

	@Test
	@Tag("EIO-41")
	@Tag("SEC-19")
	void shouldCloseTheSessionWhenAPollIsReset() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.hang();
		client.gets().connection().reset();
		assertThat(client.awaitClose())
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "poll connection closed prematurely"));
		assertThat(server.http().get(client.target()).text()).isEqualTo(UNKNOWN_SID);
	}

	@Test
	@Tag("EIO-41")
	@Tag("EIO-130")
	@Tag("SEC-19")
	void shouldCloseTheSessionWhenAPollIsAbandoned() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.hang();
		client.gets().close();
		assertThat(client.awaitClose())
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "poll connection closed prematurely"));
		assertThat(server.http().get(client.target()).status()).isEqualTo(400);
	}

	@Test
	@Tag("EIO-37")
	void shouldKeepTheSessionWhenAnIdleConnectionIsClosed() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.session().send("one");
		client.poll();
		client.gets().close();
		client.session().send("two");
		assertThat(server.http().get(client.target()).text()).isEqualTo("4two");
	}

	@Test
	@Tag("EIO-42")
	void shouldTakeAPostWhileAPollHangs() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		CompletableFuture<RawResponse> hanging = client.hang();
		assertThat(client.post("4hello").text()).isEqualTo("ok");
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("4hello");
	}

	@Test
	@Tag("EIO-44")
	@Tag("SEC-22")
	void shouldAnswerAPostAfterItsPacketsWereHandedOver() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		RawResponse response = client.post("4hello");
		assertThat(server.recorder().hasMessages()).isTrue();
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.header("Content-Type")).isEqualTo("text/html");
		assertThat(response.header("Content-Length")).isEqualTo("2");
		assertThat(response.header("Cache-Control")).isEqualTo("no-store");
		assertThat(response.text()).isEqualTo("ok");
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Nothing: 1", "Content-Type: text/plain;charset=UTF-8", "Content-Type: application/json",
			"Content-Type: application/x-www-form-urlencoded", "Content-Type: application/octet-stream; x=y",
			"Content-Type: text/plain;charset=ISO-8859-1", "Content-Type: nonsense",
			"Content-Type: multipart/form-data" })
	@Tag("EIO-45")
	void shouldReadABodyAsUtf8WhateverItsType(String header) {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		assertThat(client.post("4é€😀=&%20+", header).text()).isEqualTo("ok");
		assertThat(server.recorder().awaitMessage()).isEqualTo("é€😀=&%20+");
	}

	@Test
	@Tag("EIO-46")
	@Tag("SEC-15")
	void shouldRefuseABinaryBody() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		RawResponse response = client.post("4", "Content-Type: application/octet-stream");
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).isEmpty();
		assertThat(client.awaitClose()).isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "invalid content"));
	}

	@Test
	@Tag("EIO-47")
	@Tag("SEC-18")
	void shouldCloseTheSessionWhenTwoPostsOverlap() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.beginPost(100, "4abc");
		RawResponse second = server.http().post(client.target(), "4x");
		assertThat(second.status()).isEqualTo(400);
		assertThat(second.text()).isEmpty();
		client.posts().connection().awaitEnd();
		assertThat(client.awaitClose())
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "data request overlap from client"));
		assertThat(server.recorder().hasMessages()).isFalse();
	}

	@Test
	@Tag("EIO-48")
	void shouldTakeABodyOfExactlyTheLimit() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxHttpBufferSize(100)));
		PollingClient client = server.polling();
		String text = "é".repeat(49) + "x";
		assertThat(client.post("4" + text).status()).isEqualTo(200);
		assertThat(server.recorder().awaitMessage()).isEqualTo(text);
	}

	@Test
	@Tag("EIO-48")
	@Tag("SEC-14")
	void shouldRefuseALargerBodyAndKeepTheSession() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxHttpBufferSize(100)));
		PollingClient client = server.polling();
		RawResponse response = server.http().post(client.target(), "4" + "x".repeat(100));
		assertThat(response.status()).isEqualTo(413);
		assertThat(response.text()).isEmpty();
		assertThat(client.post("4small").text()).isEqualTo("ok");
		assertThat(client.poll().text()).isEqualTo("4small");
		assertThat(server.recorder().awaitMessage()).isEqualTo("small");
	}

	@Test
	@Tag("EIO-48")
	@Tag("SEC-14")
	void shouldCountTheBytesOfAChunkedBody() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine.maxHttpBufferSize(100)));
		PollingClient client = server.polling();
		assertThat(postChunks(server.http(), client.target(), "4" + "x".repeat(49), "y".repeat(50)).status())
			.isEqualTo(200);
		assertThat(server.recorder().awaitMessage()).isEqualTo("x".repeat(49) + "y".repeat(50));
		RawResponse response = postChunks(server.http(), client.target(), "4" + "x".repeat(50), "y".repeat(50));
		assertThat(response.status()).isEqualTo(413);
		assertThat(response.text()).isEmpty();
		assertThat(client.isAlive()).isTrue();
		assertThat(server.recorder().hasMessages()).isFalse();
	}

	@Test
	@Tag("SEC-14")
	void shouldNotWaitForTheRestOfALargeBody() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		RawHttp http = server.http();
		http.sendHead("POST", client.target(), 1000001);
		http.connection().write("4");
		assertThat(http.read().status()).isEqualTo(413);
		assertThat(client.isAlive()).isTrue();
	}

	private static RawResponse postChunks(RawHttp http, String target, String... chunks) {
		http.sendHead("POST", target, -1, "Transfer-Encoding: chunked");
		StringBuilder body = new StringBuilder();
		for (String chunk : chunks) {
			int length = chunk.getBytes(StandardCharsets.UTF_8).length;
			body.append(Integer.toHexString(length)).append("\r\n").append(chunk).append("\r\n");
		}
		http.connection().write(body.append("0\r\n\r\n").toString());
		return http.read();
	}

	@Test
	@Tag("EIO-49")
	void shouldCloseTheSessionWhenAPostIsAborted() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.beginPost(100, "4abc");
		client.posts().connection().reset();
		assertThat(client.awaitClose())
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "data request connection closed prematurely"));
		assertThat(server.recorder().hasMessages()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "7", "", "\u001e", "é", "b!!!!", "\u001e4a", "zzz" })
	@Tag("EIO-50")
	@Tag("EIO-57")
	@Tag("SEC-22")
	@Tag("SEC-38")
	@Tag("SEC-39")
	void shouldCloseTheSessionWhenAPayloadCannotBeDecoded(String body) {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		CompletableFuture<RawResponse> hanging = client.hang();
		RawResponse response = client.post(body);
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).isEmpty();
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.PARSE_ERROR);
		assertThat(Await.get("the poll", hanging).text()).endsWith("1");
		assertThat(server.http().get(client.target()).text()).isEqualTo(UNKNOWN_SID);
	}

	@ParameterizedTest
	@ValueSource(strings = { "4a\u001e", "4a\u001ex\u001e4b", "4a\u001e\u001e4b" })
	@Tag("EIO-50")
	@Tag("EIO-57")
	@Tag("SEC-38")
	void shouldDeliverWhatStandsBeforeABadPacket(String body) {
		TestServer server = this.servers.start((spec) -> spec.silent());
		PollingClient client = server.polling();
		CompletableFuture<RawResponse> hanging = client.hang();
		assertThat(client.post(body).status()).isEqualTo(400);
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.PARSE_ERROR);
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("1");
		assertThat(server.recorder().awaitMessage()).isEqualTo("a");
		assertThat(server.recorder().hasMessages()).isFalse();
	}

	@Test
	@Tag("SEC-22")
	void shouldAnswerAPostThatMakesTheApplicationClose() {
		TestServer server = this.servers.start((spec) -> spec.silent());
		PollingClient client = server.polling();
		EngineSession session = client.session();
		session.addListener(new EngineSessionListener() {

			@Override
			public void onPacket(EngineSession source, String type, @Nullable Object data) {
				source.closeNow();
			}

		});
		assertThat(client.post("4x").text()).isEqualTo("ok");
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.FORCED_CLOSE);
	}

	@Test
	@Tag("EIO-51")
	@Tag("SEC-23")
	void shouldCloseTheSessionWhenTheClientSaysSo() {
		TestServer server = this.servers.start((spec) -> spec.silent());
		PollingClient client = server.polling();
		CompletableFuture<RawResponse> hanging = client.hang();
		RawResponse response = client.post("4before\u001e1\u001e4after");
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.text()).isEqualTo("ok");
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("6");
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
		assertThat(server.recorder().awaitMessage()).isEqualTo("before");
		assertThat(server.recorder().hasMessages()).isFalse();
		assertThat(client.post("4late").text()).isEqualTo(UNKNOWN_SID);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2", "2probe", "4a\u001e2" })
	@Tag("EIO-52")
	@Tag("SEC-12")
	@Tag("SEC-22")
	void shouldCloseTheSessionWhenTheClientPings(String body) {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		assertThat(client.post(body).status()).isEqualTo(400);
		assertThat(client.awaitClose())
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "invalid heartbeat direction"));
	}

	@Test
	@Tag("EIO-53")
	@Tag("SEC-12")
	@Tag("SEC-41")
	void shouldIgnorePacketsThatOnlyAServerSends() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		String body = "0{\"sid\":\"x\"}\u001e5\u001e6\u001e3\u001e3\u001e4after";
		assertThat(client.post(body).text()).isEqualTo("ok");
		assertThat(server.recorder().awaitMessage()).isEqualTo("after");
		assertThat(client.poll().text()).isEqualTo("4after");
		assertThat(client.session().id()).isEqualTo(client.sid());
	}

	/**
	 * A thread that sends has its room in the outbox before its message is there.
	 */
	@Test
	@Tag("EIO-37")
	void shouldNotAnswerAPollBeforeTheMessageIsThere() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		EngineSession session = client.session();
		Object writer = Objects.requireNonNull(ReflectionTestUtils.getField(session, "writer"));
		Object outbox = Objects.requireNonNull(ReflectionTestUtils.getField(writer, "outbox"));
		ReflectionTestUtils.setField(outbox, "size", (1L << 40) + 5);
		assertThat(session.bufferedBytes()).isEqualTo(5);
		client.gets().send("GET", client.target() + "&mark=early", null);
		server.awaitRequest("mark=early");
		session.send("late");
		assertThat(client.gets().read().text()).isEqualTo("4late");
	}

	@Test
	@Tag("EIO-37")
	void shouldServePollsAndPostsOfOneConnection() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		for (int i = 0; i < 20; i++) {
			assertThat(client.gets().post(client.target(), "4" + i).text()).isEqualTo("ok");
			assertThat(client.poll().text()).isEqualTo("4" + i);
		}
	}

}
