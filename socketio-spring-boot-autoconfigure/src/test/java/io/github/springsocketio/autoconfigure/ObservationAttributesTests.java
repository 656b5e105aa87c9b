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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.github.springsocketio.autoconfigure.observation.DefaultSocketAckObservationConvention;
import io.github.springsocketio.autoconfigure.observation.DefaultSocketBroadcastObservationConvention;
import io.github.springsocketio.autoconfigure.observation.DefaultSocketEventObservationConvention;
import io.github.springsocketio.autoconfigure.observation.DefaultSocketHandshakeObservationConvention;
import io.github.springsocketio.autoconfigure.observation.SocketAckObservationConvention;
import io.github.springsocketio.autoconfigure.observation.SocketBroadcastObservationConvention;
import io.github.springsocketio.autoconfigure.observation.SocketEventObservationConvention;
import io.github.springsocketio.autoconfigure.observation.SocketHandshakeObservationConvention;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Tag;
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
 * Attributes and timers of observations.
 */
@Timeout(120)
class ObservationAttributesTests {

	private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

	@Test
	void eachConventionCanBeReplaced() {
		try (TestApplication application = run(ConventionsApplication.class)) {
			converse(application);
			assertThat(names(application, "my.")).containsExactlyInAnyOrder("my.handshake", "my.event", "my.ack",
					"my.broadcast");
			assertThat(names(application, "socketio.")).isEmpty();
			// as they may have tags of their own
			awaitTimers(application, "my.handshake", "my.event", "my.ack", "my.broadcast");
		}
	}

	@Test
	void whatTheMetricsMeasureIsNotMeasuredAgain() {
		try (TestApplication application = run(Application.class)) {
			converse(application);
			assertThat(names(application, "socketio.")).containsExactlyInAnyOrder("socketio.handshake",
					"socketio.event", "socketio.ack", "socketio.broadcast");
			application.get("/elsewhere");
			awaitTimers(application, "socketio.connects", "socketio.events", "socketio.acks", "socketio.broadcast",
					"http.server.requests");
			assertThat(timers(application)).doesNotContain("socketio.handshake", "socketio.event", "socketio.ack");
		}
	}

	@Test
	void attributesOfTheApplicationStay() {
		try (TestApplication application = run(Application.class)) {
			try (RawWebSocket websocket = connect(application)) {
				websocket.sendText("420[\"own\"]");
				assertThat(websocket.readText()).isEqualTo("430[\"receive\"]");
			}
			Observation.Context context = contexts(application, "socketio.event").get(0);
			assertThat(context.getLowCardinalityKeyValues().stream().map(KeyValue::toString)).containsExactly(
					"keyValue(error.type=none)", "keyValue(messaging.destination=/)",
					"keyValue(messaging.operation=receive)", "keyValue(messaging.socket.io.event_name=own)",
					"keyValue(messaging.system=socket.io)", "keyValue(mine=1)", "keyValue(outcome=success)");
			assertThat(context.getAllKeyValues()).contains(KeyValue.of("detail", "2"));
			assertThat(context.getLowCardinalityKeyValue("removed")).isNull();
		}
	}

	@Test
	@Tag("SEC-13")
	@Tag("SEC-103")
	void namesThatClientsChooseHaveALowCardinality() {
		try (TestApplication application = run(Application.class)) {
			try (RawWebSocket websocket = connect(application)) {
				for (int i = 0; i < 300; i++) {
					websocket.sendText("42[\"hostile-" + i + "\"]");
					websocket.sendText("42[\"listen\",\"hostile-own-" + i + "\"]");
					websocket.sendText("42[\"hostile-own-" + i + "\"]");
					websocket.sendText("40/hostile-" + i + ",");
					assertThat(websocket.readText()).startsWith("44/hostile-");
				}
				websocket.sendText("420[\"own\"]");
				assertThat(websocket.readText()).startsWith("430[");
			}
			assertThat(values(contexts(application, "socketio.event"), "messaging.socket.io.event_name"))
				.containsOnly("listen", "own", "_OTHER")
				.hasSize(601);
			assertThat(values(contexts(application, "socketio.handshake"), "messaging.destination"))
				.containsOnly("/", "_OTHER")
				.hasSize(301);
		}
	}

	private static TestApplication run(Class<?> application) {
		return TestApplication.run(application, "socketio.observations.enabled=true");
	}

	/**
	 * Let a client connect and be asked by a handler, which emits to all.
	 */
	private static void converse(TestApplication application) {
		try (RawWebSocket websocket = connect(application)) {
			websocket.sendText("420[\"ask\"]");
			assertThat(websocket.readText()).isEqualTo("42[\"all\"]");
			assertThat(websocket.readText()).isEqualTo("420[\"question\"]");
			websocket.sendText("430[]");
			assertThat(websocket.readText()).isEqualTo("430[]");
		}
		Await.until("the end of all observations",
				() -> application.bean(Contexts.class).ended().stream().filter(Contexts::isOurs).count() == 4);
	}

	private static RawWebSocket connect(TestApplication application) {
		RawWebSocket websocket = application.websocket(WEBSOCKET);
		assertThat(websocket.readText()).startsWith("0{");
		websocket.sendText("40");
		assertThat(websocket.readText()).startsWith("40{");
		return websocket;
	}

	private static List<String> names(TestApplication application, String prefix) {
		return application.bean(Contexts.class)
			.ended()
			.stream()
			.map((context) -> String.valueOf(context.getName()))
			.filter((name) -> name.startsWith(prefix))
			.toList();
	}

	private static void awaitTimers(TestApplication application, String... names) {
		Await.until("the timers " + List.of(names), () -> timers(application).containsAll(List.of(names)));
	}

	private static List<String> timers(TestApplication application) {
		return application.bean(MeterRegistry.class)
			.getMeters()
			.stream()
			.filter((meter) -> meter.getId().getType() == Meter.Type.TIMER)
			.map((meter) -> meter.getId().getName())
			.distinct()
			.toList();
	}

	/**
	 * Return the contexts of observations, of which the last one may be about to end.
	 */
	private static List<Observation.Context> contexts(TestApplication application, String name) {
		Await.until("the end of all handlers",
				() -> application.bean(MeterRegistry.class).get("socketio.handlers.inflight").gauge().value() == 0);
		List<Observation.Context> contexts = application.bean(Contexts.class).ended();
		Predicate<Observation.Context> named = (context) -> name.equals(context.getName());
		Await.until("an observation " + name, () -> contexts.stream().anyMatch(named));
		return contexts.stream().filter(named).toList();
	}

	private static List<String> values(List<Observation.Context> contexts, String key) {
		return contexts.stream()
			.flatMap((context) -> context.getLowCardinalityKeyValues().stream())
			.filter((keyValue) -> keyValue.getKey().equals(key))
			.map(KeyValue::getValue)
			.collect(Collectors.toList());
	}

	/**
	 * Keeps the contexts of observations that have ended.
	 *
	 * @param ended the contexts
	 */
	record Contexts(List<Observation.Context> ended) implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStop(Observation.Context context) {
			this.ended.add(context);
		}

		static boolean isOurs(Observation.Context context) {
			return context.getLowCardinalityKeyValue("messaging.system") != null;
		}

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
		Contexts contexts() {
			return new Contexts(new CopyOnWriteArrayList<>());
		}

		@Bean
		NamespaceConfigurer namespaces(ObservationRegistry registry) {
			return (io) -> io.sockets().handle("ask", (socket, event) -> {
				io.emit("all");
				return socket.emitWithAck("question").then();
			})
				.handle("own", (socket, event) -> Mono.fromSupplier(() -> own(registry)))
				.on("listen", String.class, (socket, name, event) -> socket.on(name, (sender, own) -> {
				}));
		}

		private static String own(ObservationRegistry registry) {
			Observation observation = registry.getCurrentObservation();
			assertThat(observation).isNotNull();
			Observation.Context context = (Observation.Context) observation.getContextView();
			context.addLowCardinalityKeyValue(KeyValue.of("removed", "0"));
			context.removeLowCardinalityKeyValues("removed");
			observation.lowCardinalityKeyValue("mine", "1").highCardinalityKeyValue("detail", "2");
			KeyValue operation = context.getLowCardinalityKeyValue("messaging.operation");
			return (operation != null) ? operation.getValue() : "none";
		}

	}

	static class ConventionsApplication extends Application {

		@Bean
		SocketHandshakeObservationConvention handshakeConvention() {
			return new DefaultSocketHandshakeObservationConvention() {

				@Override
				public String getName() {
					return "my.handshake";
				}

			};
		}

		@Bean
		SocketEventObservationConvention eventConvention() {
			return new DefaultSocketEventObservationConvention() {

				@Override
				public String getName() {
					return "my.event";
				}

			};
		}

		@Bean
		SocketAckObservationConvention ackConvention() {
			return new DefaultSocketAckObservationConvention() {

				@Override
				public String getName() {
					return "my.ack";
				}

			};
		}

		@Bean
		SocketBroadcastObservationConvention broadcastConvention() {
			return new DefaultSocketBroadcastObservationConvention() {

				@Override
				public String getName() {
					return "my.broadcast";
				}

			};
		}

	}

}
