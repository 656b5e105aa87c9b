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

package io.github.springsocketio.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the meters show of handlers, acknowledgements and clients, by a clock that the
 * tests advance.
 */
@Timeout(120)
class OperationMetricsApplicationTests {

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

	private static TestApplication application;

	private static MeterRegistry registry;

	private static MockClock clock;

	@BeforeAll
	static void run() {
		application = TestApplication.run(Application.class, "socketio.connection-state-recovery.enabled=true",
				"socketio.limits.max-outbound-bytes=10KB", "socketio.limits.slow-reader-timeout=1ms");
		registry = application.bean(MeterRegistry.class);
		clock = application.bean(MockClock.class);
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@BeforeEach
	void awaitTheEndOfOtherClients() {
		Await.until("no sessions are left", () -> io().engine().sessions().isEmpty());
	}

	@Test
	void durationOfAnEventIsThatOfTheHandlerAndOfWhatItReturns() {
		try (RawWebSocket websocket = connect("40")) {
			websocket.sendText("420[\"listener\"]");
			assertThat(websocket.readText()).isEqualTo("430[]");
			websocket.sendText("421[\"handler\"]");
			assertThat(websocket.readText()).isEqualTo("431[1]");
			websocket.sendText("422[\"failing\"]");
			assertThat(websocket.readText()).startsWith("432[");
			assertDuration(5, "socketio.events", "event", "listener", "outcome", "success");
			assertDuration(3, "socketio.events", "event", "handler", "outcome", "success");
			assertDuration(7, "socketio.events", "event", "failing", "outcome", "error");
		}
	}

	@Test
	void latencyOfAnAcknowledgementIsTheTimeUntilItComes() {
		try (RawWebSocket websocket = connect("40")) {
			websocket.sendText("420[\"ask\",\"question\"]");
			// the ids are those of the namespace
			String question = websocket.readText();
			assertThat(question).matches("42\\d+\\[\"question\"]");
			clock.add(Duration.ofMillis(11));
			websocket.sendText("43" + question.substring(2, question.indexOf('[')) + "[]");
			assertThat(websocket.readText()).isEqualTo("430[]");
			assertDuration(11, "socketio.acks", "event", "question", "outcome", "success");
		}
	}

	@Test
	void acknowledgementsThatDoNotComeAreCountedByTheirOutcome() {
		try (RawWebSocket websocket = connect("40")) {
			websocket.sendText("420[\"askInVain\",\"late\"]");
			assertThat(websocket.readText()).endsWith("[\"late\"]");
			// the handler fails
			assertThat(websocket.readText()).startsWith("430[");
			awaitTimer("socketio.acks", "event", "late", "outcome", "timeout");
			websocket.sendText("421[\"ask\",\"last\"]");
			assertThat(websocket.readText()).endsWith("[\"last\"]");
		}
		awaitTimer("socketio.acks", "event", "last", "outcome", "disconnected");
	}

	@Test
	void outboxShowsWhatAClientHasNotFetched() {
		String sid = poller();
		double before = registry.get("socketio.outbox").gauge().value();
		io().emit("x", "y".repeat(1000));
		assertThat(registry.get("socketio.outbox").gauge().value() - before).isBetween(1000.0, 1200.0);
		assertThat(registry.get("socketio.outbox.largest").gauge().value()).isBetween(1000.0, 1200.0);
		assertThat(application.get(POLLING + "&sid=" + sid).body()).contains("yyy");
		Await.until("the outbox is empty", () -> registry.get("socketio.outbox").gauge().value() == 0);
		application.post(POLLING + "&sid=" + sid, "1");
	}

	@Test
	void clientsThatReadTooSlowlyAreCounted() {
		poller();
		io().emit("x", "y".repeat(20_000));
		awaitCount("socketio.limits.exceeded", "limit", "max-outbound-bytes");
		awaitTheEndOfOtherClients();
	}

	@Test
	void refusalsAreCountedByTheirCode() {
		application.get("/socket.io/?EIO=4&transport=carrier-pigeon");
		application.get(POLLING + "&sid=unknown");
		application.post(POLLING, "");
		application.get(WEBSOCKET);
		application.get(POLLING, "X-Forbidden", "yes");
		application.get("/socket.io/?EIO=3&transport=polling");
		for (int code = 0; code <= 5; code++) {
			awaitCount("socketio.requests.refused", "code", Integer.toString(code));
		}
	}

	@Test
	void recoveredClientsAreCounted() {
		String privateId;
		String offset;
		try (RawWebSocket websocket = application.websocket(WEBSOCKET)) {
			assertThat(websocket.readText()).startsWith("0{");
			websocket.sendText("40");
			privateId = websocket.readText().replaceAll(".*\"pid\":\"([^\"]*)\".*", "$1");
			io().emit("x");
			offset = websocket.readText().replaceAll("42\\[\"x\",\"(.*)\"]", "$1");
		}
		awaitTheEndOfOtherClients();
		connect("40{\"pid\":\"" + privateId + "\",\"offset\":\"" + offset + "\"}").close();
		awaitCount("socketio.recoveries", "outcome", "recovered");
	}

	private static SocketIoServer io() {
		return application.bean(SocketIoServer.class);
	}

	private static RawWebSocket connect(String packet) {
		RawWebSocket websocket = application.websocket(WEBSOCKET);
		assertThat(websocket.readText()).startsWith("0{");
		websocket.sendText(packet);
		assertThat(websocket.readText()).startsWith("40{");
		return websocket;
	}

	/**
	 * Connect a client that polls only when it is told to.
	 * @return its session id
	 */
	private static String poller() {
		String sid = TestApplication.sid(application.get(POLLING).body());
		application.post(POLLING + "&sid=" + sid, "40");
		assertThat(application.get(POLLING + "&sid=" + sid).body()).startsWith("40{");
		return sid;
	}

	private static void assertDuration(long millis, String meter, String... tags) {
		Timer timer = awaitTimer(meter, tags);
		assertThat(timer.count()).isEqualTo(1);
		assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isEqualTo(millis * 1e6);
	}

	private static Timer awaitTimer(String meter, String... tags) {
		// registered and then recorded by another thread
		Await.until(meter + " " + List.of(tags),
				() -> registry.find(meter).tags(tags).timers().stream().anyMatch((timer) -> timer.count() > 0));
		return registry.get(meter).tags(tags).timer();
	}

	private static void awaitCount(String meter, String... tags) {
		Await.until(meter + " " + List.of(tags),
				() -> registry.find(meter).tags(tags).counters().stream().mapToDouble(Counter::count).sum() > 0);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = { ReactiveWebSecurityAutoConfiguration.class,
			ReactiveUserDetailsServiceAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class })
	static class Application {

		@Bean
		MockClock clock() {
			return new MockClock();
		}

		@Bean
		SimpleMeterRegistry meterRegistry(MockClock clock) {
			return new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
		}

		@Bean
		AllowRequest allowRequest() {
			return AllowRequest
				.of((exchange) -> Mono.just(!exchange.getRequest().getHeaders().containsHeader("X-Forbidden")));
		}

		@Bean
		NamespaceConfigurer namespaces(MockClock clock) {
			return (io) -> io.sockets().on("listener", (socket, event) -> {
				clock.add(Duration.ofMillis(5));
				event.ack();
			}).handle("handler", (socket, event) -> {
				clock.add(Duration.ofMillis(1));
				return Mono.fromSupplier(() -> {
					clock.add(Duration.ofMillis(2));
					return 1;
				});
			}).handle("failing", (socket, event) -> Mono.defer(() -> {
				clock.add(Duration.ofMillis(7));
				return Mono.error(new IllegalStateException("failed"));
			}))
				.handle("ask", String.class, (socket, name, event) -> socket.emitWithAck(name).then())
				.handle("askInVain", String.class,
						(socket, name, event) -> socket.timeout(Duration.ofMillis(1)).emitWithAck(name).then());
		}

	}

}
