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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.ReadyState;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.Recorder;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the server closes sessions, one of them or all (EIO sections 12 and 17).
 */
class CloseWireTests {

	private static final String UNKNOWN_SID = "{\"code\":1,\"message\":\"Session ID unknown\"}";

	private static final Recorder.Closed FORCED = new Recorder.Closed(CloseReason.FORCED_CLOSE, null);

	private static final Executor THREADS = (task) -> new Thread(task, "close-tests").start();

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	@Tag("EIO-96")
	@Tag("EIO-98")
	void shouldEndTheHangingPoll() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		CompletableFuture<RawResponse> hanging = client.hang();
		client.session().close();
		RawResponse response = Await.get("the poll", hanging);
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.text()).isEqualTo("1");
		assertThat(client.awaitClose()).isEqualTo(FORCED);
		assertThat(client.gets().get(client.target()).text()).isEqualTo(UNKNOWN_SID);
	}

	@Test
	@Tag("EIO-98")
	void shouldRefuseNoPostBeforeTheEndIsWritten() {
		Sinks.Empty<Void> gate = Sinks.empty();
		TestServer server = startWithHeldPolls(gate);
		PollingClient client = server.polling();
		CompletableFuture<RawResponse> hanging = client.hang();
		client.session().close();
		assertThat(client.isAlive()).isTrue();
		CompletableFuture<RawResponse> late = CompletableFuture.supplyAsync(() -> client.post("4late"), THREADS);
		gate.tryEmitEmpty();
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("1");
		assertThat(Await.get("the post", late).text()).isEqualTo(UNKNOWN_SID);
		assertThat(client.awaitClose()).isEqualTo(FORCED);
		assertThat(server.recorder().hasMessages()).isFalse();
	}

	@Test
	@Tag("EIO-98")
	@Tag("EIO-102")
	void shouldBreakNoPostBeforeTheEndIsWritten() {
		Sinks.Empty<Void> gate = Sinks.empty();
		TestServer server = startWithHeldPolls(gate);
		PollingClient client = server.polling();
		CompletableFuture<RawResponse> hanging = client.hang();
		client.beginPost(100, "4abc");
		client.session().close();
		assertThat(client.isAlive()).isTrue();
		gate.tryEmitEmpty();
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("1");
		client.posts().connection().awaitEnd();
		assertThat(client.awaitClose()).isEqualTo(FORCED);
	}

	@Test
	@Tag("EIO-98")
	void shouldEndWhenTheClientGoesBeforeTheEndIsWritten() {
		TestServer server = startWithHeldPolls(Sinks.empty());
		PollingClient client = server.polling();
		client.hang();
		client.session().close();
		assertThat(client.isAlive()).isTrue();
		client.gets().close();
		assertThat(client.awaitClose()).isEqualTo(FORCED);
	}

	private TestServer startWithHeldPolls(Sinks.Empty<Void> gate) {
		return this.servers.start((spec) -> spec.endpoint((endpoint) -> endpoint.headersListeners(List.of((headers,
				exchange) -> (exchange.getRequest().getMethod() == HttpMethod.GET
						&& exchange.getRequest().getQueryParams().containsKey("sid")) ? gate.asMono()
								: Mono.empty()))));
	}

	@Test
	@Tag("EIO-97")
	@Tag("EIO-98")
	void shouldSendWhatCameBeforeTheClose() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		EngineSession session = client.session();
		CompletableFuture<RawResponse> hanging = client.hang();
		session.execute(() -> {
			session.send("last words");
			session.close();
		});
		// in one answer, or in two
		String text = Await.get("the poll", hanging).text();
		if (text.equals("4last words")) {
			assertThat(client.poll().text()).isEqualTo("6\u001e1");
		}
		else {
			assertThat(text).isEqualTo("4last words\u001e1");
		}
		assertThat(client.awaitClose()).isEqualTo(FORCED);
	}

	@Test
	@Tag("EIO-97")
	@Tag("EIO-99")
	void shouldWaitForThePollsThatTakeTheRest() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		EngineSession session = client.session();
		session.send("last words");
		session.close();
		assertThat(session.readyState()).isEqualTo(ReadyState.CLOSING);
		assertThat(client.isAlive()).isTrue();
		assertThat(client.poll().text()).isEqualTo("4last words");
		assertThat(client.poll().text()).isEqualTo("6\u001e1");
		assertThat(client.awaitClose()).isEqualTo(FORCED);
		assertThat(client.poll().text()).isEqualTo(UNKNOWN_SID);
	}

	@Test
	@Tag("EIO-99")
	void shouldCloseWithTheNextPollWhenNothingIsBuffered() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.session().close();
		assertThat(client.isAlive()).isTrue();
		assertThat(client.poll().text()).isEqualTo("6\u001e1");
		assertThat(client.awaitClose()).isEqualTo(FORCED);
	}

	@Test
	@Tag("EIO-99")
	void shouldNotHeedGarbageWhileThePollIsAwaited() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.session().close();
		assertThat(client.post("4ignored\u001e").text()).isEqualTo("ok");
		assertThat(client.poll().text()).isEqualTo("6\u001e1");
		assertThat(client.awaitClose()).isEqualTo(FORCED);
	}

	@Test
	@Tag("EIO-99")
	void shouldNotWaitForeverForThePoll() {
		TestServer server = this.servers
			.start((spec) -> spec.engine((engine) -> engine.closeTimeout(Duration.ofMillis(200))));
		PollingClient empty = server.polling();
		PollingClient buffered = server.polling();
		buffered.session().send("never read");
		empty.session().close();
		buffered.session().close();
		assertThat(empty.awaitClose()).isEqualTo(FORCED);
		assertThat(buffered.awaitClose()).isEqualTo(FORCED);
		assertThat(empty.poll().text()).isEqualTo(UNKNOWN_SID);
	}

	@Test
	@Tag("EIO-100")
	void shouldCloseAtOnceWhenTold() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.session().send("dropped");
		client.session().closeNow();
		assertThat(client.poll().text()).isEqualTo(UNKNOWN_SID);
		assertThat(client.awaitClose()).isEqualTo(FORCED);
	}

	@Test
	@Tag("EIO-100")
	void shouldEndTheHangingPollWhenClosedAtOnce() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		CompletableFuture<RawResponse> hanging = client.hang();
		client.session().closeNow();
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("1");
		assertThat(client.awaitClose()).isEqualTo(FORCED);
	}

	@Test
	@Tag("EIO-66")
	@Tag("EIO-101")
	void shouldCloseAWebsocketWithoutWaitingForThePeer() {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.openWebsocket();
		EngineSession session = server.recorder().awaitSession();
		session.close();
		// closed although the client has not answered the close frame
		assertThat(server.recorder().awaitClose(session.id())).isEqualTo(FORCED);
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
	}

	@Test
	@Tag("EIO-97")
	@Tag("EIO-101")
	void shouldSendWhatCameBeforeTheCloseOfAWebsocket() {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.openWebsocket();
		EngineSession session = server.recorder().awaitSession();
		for (int i = 0; i < 100; i++) {
			session.send("x".repeat(10000) + i);
		}
		session.close();
		for (int i = 0; i < 100; i++) {
			assertThat(websocket.readText()).isEqualTo("4" + "x".repeat(10000) + i);
		}
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		assertThat(server.recorder().awaitClose(session.id())).isEqualTo(FORCED);
	}

	@Test
	@Tag("EIO-101")
	void shouldEndTheConnectionOfAPeerThatIgnoresTheCloseFrame() {
		TestServer server = this.servers.start();
		RawWebSocket websocket = server.openWebsocket();
		server.recorder().awaitSession().close();
		assertThat(websocket.read().opcode()).isEqualTo(RawWebSocket.CLOSE);
		websocket.connection().patience(Await.LIMIT.multipliedBy(2));
		websocket.connection().awaitEnd();
	}

	@Test
	@Tag("EIO-102")
	void shouldBreakThePostOfASessionThatIsClosed() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		client.beginPost(100, "4abc");
		client.session().closeNow();
		client.posts().connection().awaitEnd();
		assertThat(client.awaitClose()).isEqualTo(FORCED);
		assertThat(server.recorder().hasMessages()).isFalse();
	}

	@Test
	@Tag("EIO-96")
	void shouldCloseOnceOnly() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		EngineSession session = client.session();
		CompletableFuture<RawResponse> hanging = client.hang();
		session.close();
		session.close();
		session.closeNow();
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("1");
		assertThat(client.awaitClose()).isEqualTo(FORCED);
		assertThat(session.readyState()).isEqualTo(ReadyState.CLOSED);
	}

	@Test
	@Tag("EIO-124")
	@Tag("EIO-126")
	void shouldCloseAllSessions() {
		TestServer server = this.servers.start();
		PollingClient hangingClient = server.polling();
		CompletableFuture<RawResponse> hanging = hangingClient.hang();
		PollingClient idleClient = server.polling();
		idleClient.session().send("dropped");
		RawWebSocket websocket = server.openWebsocket();
		PollingClient upgradingClient = server.polling();
		RawWebSocket candidate = upgradingClient.probedCandidate();
		Await.get("the end", server.engine().close().toFuture());
		assertThat(server.engine().clientsCount()).isZero();
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("1");
		assertThat(websocket.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		assertThat(candidate.readClose()).isEqualTo(RawWebSocket.NO_CODE);
		assertThat(hangingClient.awaitClose()).isEqualTo(FORCED);
		assertThat(idleClient.awaitClose()).isEqualTo(FORCED);
		assertThat(idleClient.poll().text()).isEqualTo(UNKNOWN_SID);
		Await.get("the second end", server.engine().close().toFuture());
	}

	@Test
	@Tag("EIO-125")
	@Tag("EIO-127")
	void shouldRefuseHandshakesWhileShuttingDown() {
		TestServer server = this.servers.start();
		PollingClient client = server.polling();
		server.engine().refuseNewSessions();
		assertThat(server.http().get(server.target("transport=polling")).status()).isEqualTo(503);
		RawHttp http = server.http();
		assertThat(http.upgrade(server.target("transport=websocket")).status()).isEqualTo(503);
		http.connection().awaitEnd();
		assertThat(client.post("4still here").text()).isEqualTo("ok");
		assertThat(client.poll().text()).isEqualTo("4still here");
		Await.get("the end", server.engine().close().toFuture());
		assertThat(server.http().get(server.target("transport=polling")).status()).isEqualTo(503);
	}

}
