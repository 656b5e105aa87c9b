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

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import io.github.springsocketio.engineio.EngineError;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.SessionLocator;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests of sessions that the server does not know, but a {@link SessionLocator} does.
 */
class SessionLocatorWireTests {

	private static final String UNKNOWN = "{\"code\":1,\"message\":\"Session ID unknown\"}";

	@RegisterExtension
	private final TestServers servers = new TestServers();

	private final List<String> located = new CopyOnWriteArrayList<>();

	@Test
	void shouldServeRequestsOfASessionThatIsLocatedLaterOnAnotherThread() {
		TestServer server = start(this::alias);
		PollingClient client = server.polling();
		String target = server.target("transport=polling&sid=alias-" + client.sid());
		assertThat(server.http().post(target, "4hello").text()).isEqualTo("ok");
		assertThat(server.recorder().awaitMessage()).isEqualTo("hello");
		RawHttp polls = server.http();
		assertThat(polls.get(target).text()).isEqualTo("4hello");
		polls.send("GET", target, null);
		Await.until("the poll waits", () -> client.session().isWritable());
		client.session().send("later");
		assertThat(polls.read().text()).isEqualTo("4later");
		assertThat(this.located).hasSize(3).containsOnly("alias-" + client.sid());
	}

	@Test
	void shouldUpgradeASessionThatIsLocatedLater() {
		TestServer server = start(this::alias);
		PollingClient client = server.polling();
		RawWebSocket websocket = server.websocket("sid=alias-" + client.sid());
		websocket.sendText("2probe");
		assertThat(websocket.readText()).isEqualTo("3probe");
		websocket.sendText("5");
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
	}

	@Test
	void shouldNotAskForSessionsOfTheServer() {
		TestServer server = start(this::alias);
		PollingClient client = server.polling();
		client.post("4hello");
		assertThat(client.poll().text()).isEqualTo("4hello");
		client.upgrade();
		assertThat(this.located).isEmpty();
	}

	@Test
	void shouldRefuseAnUnknownSession() {
		TestServer server = start(this::alias);
		RawResponse response = server.http().get(server.target("transport=polling&sid=alias-none"));
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).isEqualTo(UNKNOWN);
		assertThat(server.recorder().awaitError().error()).isEqualTo(EngineError.UNKNOWN_SID);
		assertThat(server.http().post(server.target("transport=polling&sid=alias-none"), "4x").text())
			.isEqualTo(UNKNOWN);
		response = server.http().upgrade(server.target("transport=websocket&sid=alias-none"));
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).isEqualTo("Session ID unknown");
	}

	@Test
	void shouldRefuseASessionThatIsClosed() {
		CompletableFuture<EngineSession> found = new CompletableFuture<>();
		TestServer server = start((sid, local) -> Mono.fromFuture(found));
		PollingClient client = server.polling();
		EngineSession session = client.session();
		session.closeNow();
		RawHttp http = server.http();
		http.send("GET", server.target("transport=polling&sid=" + client.sid()), null);
		found.complete(session);
		assertThat(http.read().text()).isEqualTo(UNKNOWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "throw", "link", "error", "foreign" })
	void shouldTellThatTheLocatorFailed(String how) {
		this.servers.expectErrors();
		TestServer server = start((sid, local) -> switch (how) {
			case "throw" -> throw new IllegalStateException("secret");
			case "link" -> throw new NoClassDefFoundError("secret");
			case "error" -> Mono.error(new IllegalStateException("secret"));
			default -> Mono.just((EngineSession) Proxy.newProxyInstance(getClass().getClassLoader(),
					new Class<?>[] { EngineSession.class }, (proxy, method, arguments) -> null));
		});
		RawResponse response = server.http().get(server.target("transport=polling&sid=x"));
		assertThat(response.status()).isEqualTo(500);
		assertThat(response.body()).isEmpty();
		response = server.http().upgrade(server.target("transport=websocket&sid=x"));
		assertThat(response.status()).isEqualTo(500);
		assertThat(response.header("Connection")).isEqualTo("close");
	}

	@ParameterizedTest
	@ValueSource(strings = { "polling", "websocket" })
	void shouldNotWaitForeverForTheLocator(String transport) {
		this.servers.expectErrors();
		CompletableFuture<Void> cancelled = new CompletableFuture<>();
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> engine
			.sessionLocator((sid, local) -> Mono.<EngineSession>never().doOnCancel(() -> cancelled.complete(null)))
			.sessionLocatorTimeout(Duration.ofMillis(50))));
		String target = server.target("transport=" + transport + "&sid=x");
		RawResponse response = transport.equals("polling") ? server.http().get(target) : server.http().upgrade(target);
		assertThat(response.status()).isEqualTo(503);
		assertThat(response.text()).isEqualTo("{\"message\":\"Session lookup timed out\"}");
		assertThat(server.recorder().awaitLimit()).isEqualTo("session-locator-timeout");
		Await.get("the cancellation", cancelled);
	}

	@Test
	void shouldCancelTheLocatorWhenTheClientDisconnects() {
		CompletableFuture<Void> asked = new CompletableFuture<>();
		CompletableFuture<Void> cancelled = new CompletableFuture<>();
		TestServer server = start((sid, local) -> Mono.<EngineSession>never()
			.doOnSubscribe((subscription) -> asked.complete(null))
			.doOnCancel(() -> cancelled.complete(null)));
		RawHttp http = server.http();
		http.send("GET", server.target("transport=polling&sid=x"), null);
		Await.get("the call of the locator", asked);
		http.close();
		Await.get("the cancellation", cancelled);
	}

	private TestServer start(SessionLocator locator) {
		return this.servers.start((spec) -> spec.engine((engine) -> engine.sessionLocator(locator)));
	}

	/**
	 * Locate the session {@code x} for the id {@code alias-x}.
	 */
	private Mono<EngineSession> alias(String sid, Function<String, @Nullable EngineSession> local) {
		this.located.add(sid);
		return Mono.fromSupplier(() -> local.apply(sid.substring("alias-".length())))
			.subscribeOn(Schedulers.boundedElastic());
	}

}
