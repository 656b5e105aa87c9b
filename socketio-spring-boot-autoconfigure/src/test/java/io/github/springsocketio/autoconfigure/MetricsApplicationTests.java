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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.adapter.AdapterFactory;
import io.github.springsocketio.test.AckSpec;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RawConnection;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application with Micrometer is told of the server, and that none of it is up to
 * a client.
 */
@Timeout(120)
class MetricsApplicationTests {

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

	@Test
	void sessionsAndSocketsAreCounted() {
		try (TestApplication application = TestApplication.run(Application.class, "socketio.limits.max-sessions=2",
				"socketio.cluster.node-tag=one")) {
			try (RawWebSocket websocket = application.websocket(WEBSOCKET)) {
				assertThat(websocket.readText()).startsWith("0{");
				websocket.sendText("40");
				assertThat(websocket.readText()).startsWith("40{");
				websocket.sendText("40/chat,");
				assertThat(websocket.readText()).startsWith("40/chat,{");
				application.get(POLLING);
				assertThat(application.get(POLLING).statusCode()).isEqualTo(503);
				application.get(POLLING + "&sid=unknown");
				application.get(POLLING + "&sid=two-AAAAAAAAAAAAAAAAAAAA");
				application.get("/socket.io/?EIO=4&transport=carrier-pigeon");
				assertThat(meters(application)).containsEntry("socketio.sessions{transport=websocket}", 1.0)
					.containsEntry("socketio.sessions{transport=polling}", 1.0)
					.containsEntry("socketio.sessions.opened{transport=websocket}", 1.0)
					.containsEntry("socketio.sessions.opened{transport=polling}", 1.0)
					.containsEntry("socketio.sockets{namespace=/}", 1.0)
					.containsEntry("socketio.sockets{namespace=/chat}", 1.0)
					.containsEntry("socketio.sockets{namespace=_OTHER}", 0.0)
					.containsEntry("socketio.requests.refused{code=0}", 1.0)
					.containsEntry("socketio.requests.refused{code=1}", 2.0)
					.containsEntry("socketio.requests.misrouted{outcome=refused}", 1.0)
					.containsEntry("socketio.limits.exceeded{limit=max-sessions}", 1.0);
				websocket.sendText("41/chat,");
				websocket.sendText("4not a packet");
				assertThat(websocket.read().opcode()).isEqualTo(RawWebSocket.CLOSE);
			}
			Await.until("the end of the session is counted",
					() -> meters(application).get("socketio.sessions.closed{reason=forced close}") == 1);
			assertThat(meters(application)).containsEntry("socketio.sessions{transport=websocket}", 0.0)
				.containsEntry("socketio.sockets{namespace=/chat}", 0.0)
				.containsEntry("socketio.sessions.closed{reason=ping timeout}", 0.0);
		}
	}

	@Test
	void recoveriesAreCountedByTheirOutcome() {
		try (TestApplication application = TestApplication.run(Application.class,
				"socketio.connection-state-recovery.enabled=true")) {
			assertThat(meters(application)).containsEntry("socketio.recoveries{outcome=recovered}", 0.0)
				.containsEntry("socketio.recoveries{outcome=gap}", 0.0)
				.containsEntry("socketio.recoveries{outcome=expired}", 0.0)
				.containsEntry("socketio.recoveries{outcome=refused}", 0.0);
			application.tester().auth(Map.of("pid", "nobody")).connect().expectNotRecovered();
			assertThat(meters(application)).containsEntry("socketio.recoveries{outcome=unknown}", 1.0);
		}
	}

	@Test
	void failuresOfTheAdapterAreCounted() {
		try (TestApplication application = TestApplication.run(FailingAdapterApplication.class)) {
			SocketIoServer io = application.bean(SocketIoServer.class);
			io.emit("x");
			io.emit("x");
			io.socketsJoin("room");
			assertThat(meters(application)).containsEntry("socketio.adapter.failures{operation=broadcast}", 2.0)
				.containsEntry("socketio.adapter.failures{operation=socketsJoin}", 1.0)
				.containsEntry("socketio.adapter.operations{operation=broadcast,outcome=error}", 2.0)
				.containsEntry("socketio.adapter.operations{operation=socketsJoin,outcome=error}", 1.0);
		}
	}

	@Test
	void operationsAreMeasured() {
		try (TestApplication application = TestApplication.run(OperationsApplication.class)) {
			SocketIoServer io = application.bean(SocketIoServer.class);
			SocketTester socket = application.tester().connect();
			socket.emitWithAck("fine").expectEmptyAck();
			socket.emitWithAck("failing").expectError("internal");
			application.tester().namespace("/unknown").expectConnectError().expectMessage("Invalid namespace");
			socket.emit("waiting");
			AckSpec ask = socket.emitWithAck("ask");
			socket.expectEvent("question").ack();
			ask.expectEmptyAck();
			io.emit("x");
			socket.expectEvent("x").isEqualTo();
			application.bean(OperationMetrics.class).threadHeld(io.sockets().sockets().values().iterator().next());
			assertThat(meters(application)).containsEntry("socketio.connects{namespace=/,outcome=success}", 1.0)
				.containsEntry("socketio.connects{namespace=_OTHER,outcome=refused}", 1.0)
				.containsEntry("socketio.events{event=fine,namespace=/,outcome=success}", 1.0)
				.containsEntry("socketio.events{event=failing,namespace=/,outcome=error}", 1.0)
				.doesNotContainKey("socketio.events{event=waiting,namespace=/,outcome=success}")
				.containsEntry("socketio.handlers.inflight{}", 1.0)
				.containsEntry("socketio.handlers.holds{namespace=/}", 1.0)
				.containsEntry("socketio.acks{event=question,namespace=/,outcome=success}", 1.0)
				.containsEntry("socketio.adapter.operations{operation=broadcast,outcome=success}", 1.0)
				.containsKeys("socketio.outbox{}", "socketio.outbox.largest{}");
		}
	}

	@Test
	void nothingIsMeasuredWhenTheMetricsAreLeftOut() {
		ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(SocketIoAutoConfiguration.class, SocketIoMetricsAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class);
		runner.run((context) -> assertThat(context.getBean(SocketIoOptions.class).handlers().observers()).hasSize(1));
		runner.withPropertyValues("management.metrics.enable.socketio=false")
			.run((context) -> assertThat(context.getBean(SocketIoOptions.class).handlers().observers()).isEmpty());
	}

	@Test
	@Tag("SEC-13")
	@Tag("SEC-103")
	void nothingThatAClientChoosesIsATag() {
		try (TestApplication application = TestApplication.run(Application.class,
				"socketio.limits.max-dynamic-namespaces-per-session=100")) {
			SocketTester socket = application.tester().connect();
			for (int i = 0; i < 40; i++) {
				socket.connect("/dyn-" + i);
			}
			for (int i = 0; i < 1000; i++) {
				socket.emit("event-" + i, "room-" + i);
			}
			for (int i = 0; i < 200; i++) {
				socket.emit("listen", "event-own-" + i);
				socket.emit("event-own-" + i);
			}
			socket.emitWithAck("last").expectEmptyAck();
			for (int i = 0; i < 200; i++) {
				application.get(POLLING + "&sid=guess-" + i);
			}
			// an application that names too many
			SocketIoServer server = application.bean(SocketIoServer.class);
			for (int i = 0; i < 500; i++) {
				server.of("/static-" + i);
			}
			Map<String, Double> meters = meters(application);
			assertThat(meters).containsEntry("socketio.sockets{namespace=_OTHER}", 40.0)
				.containsEntry("socketio.connects{namespace=_OTHER,outcome=success}", 40.0)
				.containsEntry("socketio.events{event=_OTHER,namespace=/,outcome=success}", 200.0)
				.containsEntry("socketio.events.unhandled{namespace=/}", 1000.0)
				.containsEntry("socketio.sockets{namespace=/static-97}", 0.0)
				.doesNotContainKey("socketio.sockets{namespace=/static-98}")
				.hasSizeLessThan(150);
			assertThat(meters.keySet()).noneMatch((name) -> name.contains("dyn-") || name.contains("event-")
					|| name.contains("room-") || name.contains("guess-"));
			server.engine()
				.sessions()
				.forEach((session) -> assertThat(meters.keySet()).noneMatch((name) -> name.contains(session.id())));
		}
	}

	@Test
	void requestsAreObservedByKindOfRequest() {
		try (TestApplication application = TestApplication.run(Application.class)) {
			String sid = TestApplication.sid(application.get(POLLING).body());
			application.post(POLLING + "&sid=" + sid, "40");
			application.get(POLLING + "&sid=" + sid);
			application.get("/socket.io/socket.io.js");
			application.tester().connect().close();
			application.get("/elsewhere");
			List<String> expected = List.of("/socket.io/ GET", "/socket.io/ POST", "/socket.io/{poll} GET",
					"/socket.io/{websocket} GET");
			Set<String> observed = new TreeSet<>();
			while (!observed.containsAll(expected)) {
				application.bean(MeterRegistry.class)
					.find("http.server.requests")
					.timers()
					.forEach((timer) -> observed
						.add(timer.getId().getTag("uri") + " " + timer.getId().getTag("method")));
				Thread.onSpinWait();
			}
			assertThat(observed).noneMatch((uri) -> uri.contains(sid));
		}
	}

	@Test
	@Tag("SEC-17")
	void slowHeadsAreCutAndCounted() {
		try (TestApplication application = TestApplication.run(Application.class,
				"socketio.limits.request-head-timeout=200ms")) {
			try (RawConnection connection = new RawConnection(application.port(), null)) {
				connection.write("GET / HTTP/1.1\r\nHost:");
				assertThat(connection.readToEnd()).startsWith("HTTP/1.1 408 ");
			}
			assertThat(meters(application)).containsEntry("socketio.limits.exceeded{limit=request-head-timeout}", 1.0);
		}
	}

	@Test
	void withoutMicrometerOrARegistryThereAreNoMetrics() {
		ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner().withConfiguration(
				AutoConfigurations.of(SocketIoAutoConfiguration.class, SocketIoMetricsAutoConfiguration.class));
		runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("socketIoMetrics"));
		runner.withBean(SimpleMeterRegistry.class)
			.run((context) -> assertThat(context).hasNotFailed().hasBean("socketIoMetrics"));
		runner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SocketIoServer.class)
				.doesNotHaveBean("socketIoMetrics"));
	}

	@Test
	@Tag("SEC-17")
	void withoutReactorNettyAsWebServerThereIsNoCustomizer() {
		ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SocketIoAutoConfiguration.class));
		runner.run((context) -> assertThat(context).hasBean("socketIoRequestHeadTimeout"));
		runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.reactor.netty"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SocketIoServer.class)
				.doesNotHaveBean("socketIoRequestHeadTimeout"));
	}

	private static Map<String, Double> meters(TestApplication application) {
		Map<String, Double> result = new HashMap<>();
		for (Meter meter : application.bean(MeterRegistry.class).getMeters()) {
			if (meter.getId().getName().startsWith("socketio.")) {
				String tags = String.join(",",
						meter.getId().getTags().stream().map((tag) -> tag.getKey() + "=" + tag.getValue()).toList());
				result.put(meter.getId().getName() + "{" + tags + "}", meter.measure().iterator().next().getValue());
			}
		}
		return result;
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = { ReactiveWebSecurityAutoConfiguration.class,
			ReactiveUserDetailsServiceAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class })
	static class Application {

		@Bean
		SimpleMeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		NamespaceConfigurer namespaces() {
			return (io) -> {
				io.of("/chat");
				io.of(Pattern.compile("/dyn-\\d+"));
				io.sockets()
					.onAny((socket, event) -> socket.join("room of " + event.name()))
					.on("last", (socket, event) -> event.ack())
					.on("listen", String.class, (socket, name, event) -> socket.on(name, (sender, own) -> {
					}));
			};
		}

	}

	static class OperationsApplication extends Application {

		@Bean
		NamespaceConfigurer operations() {
			return (io) -> io.sockets()
				.on("fine", (socket, event) -> event.ack())
				.handle("failing", (socket, event) -> Mono.error(new IllegalStateException("failed")))
				.handle("waiting", (socket, event) -> Mono.never())
				.handle("ask", (socket, event) -> socket.emitWithAck("question").then());
		}

	}

	static class FailingAdapterApplication extends Application {

		@Bean
		AdapterFactory adapterFactory() {
			return (namespace) -> new FailingAdapter();
		}

	}

}
