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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.socketio.DisconnectReason;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.test.AckSpec;
import io.github.springsocketio.test.EventSpec;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.RawWebSocket.Frame;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens on the wire when the application stops (SEC-84).
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class ShutdownApplicationTests {

	/**
	 * The common pool may have one thread only.
	 */
	private static final Executor THREADS = (task) -> new Thread(task, "shutdown-tests").start();

	private static final int CLIENTS = 200;

	private static final int ACKS = 2000;

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	@Test
	@Tag("SEC-84")
	@Tag("EIO-127")
	void handlersUnderWayFinishWhileHandshakesAreRefused() throws Exception {
		TestApplication application = TestApplication.run(Application.class, "socketio.shutdown-timeout=40s",
				"spring.lifecycle.timeout-per-shutdown-phase=60s");
		Application beans = application.bean(Application.class);
		SocketTester socket = application.tester().connect();
		AckSpec slow = socket.emitWithAck("slow");
		beans.slowBegun.await();
		CompletableFuture<Void> stopped = CompletableFuture.runAsync(application::stop, THREADS);
		HttpResponse<String> refused = application.get(POLLING);
		while (refused.statusCode() == 200) {
			refused = application.get(POLLING);
		}
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
		application.tester().handshake().expectStatus(503);
		// what comes now is not begun any more, and so never acknowledged
		CompletableFuture<Arguments> fast = socket.socket().emitWithAckAsync("fast");
		beans.slowResult.tryEmitEmpty();
		slow.expectEmptyAck();
		// the end has no packet of its own
		socket.expectDisconnect("transport close");
		assertThat(fast).isCompletedExceptionally();
		stopped.get(60, TimeUnit.SECONDS);
		application.close();
		assertThat(beans.ends).isNotEmpty().containsOnly("server shutting down, REFUSING_TRAFFIC");
	}

	@Test
	@Tag("SEC-84")
	void acknowledgementsUnderWayArrive() throws Exception {
		TestApplication application = TestApplication.run(Application.class, "socketio.shutdown-timeout=40s",
				"spring.lifecycle.timeout-per-shutdown-phase=60s");
		Application beans = application.bean(Application.class);
		SocketTester socket = application.tester().connect().emit("ask");
		EventSpec question = socket.expectEvent("question").isEqualTo();
		CompletableFuture<Void> stopped = CompletableFuture.runAsync(application::stop, THREADS);
		while (application.get(POLLING).statusCode() == 200) {
			Thread.onSpinWait();
		}
		question.ack("answer");
		socket.expectDisconnect("transport close");
		stopped.get(60, TimeUnit.SECONDS);
		application.close();
		assertThat(beans.answer.get(10, TimeUnit.SECONDS)).isEqualTo("answer");
	}

	@Test
	@Tag("SEC-84")
	void handlerThatDoesNotEndDoesNotHoldTheApplication(CapturedOutput output) {
		TestApplication application = TestApplication.run(Application.class, "socketio.shutdown-timeout=1s",
				"spring.lifecycle.timeout-per-shutdown-phase=60s");
		SocketTester socket = application.tester().connect();
		CompletableFuture<Arguments> slow = socket.socket().emitWithAckAsync("slow");
		socket.emitWithAck("fast").expectEmptyAck();
		application.stop();
		socket.expectDisconnect("transport close");
		assertThat(slow).isCompletedExceptionally();
		application.close();
		assertThat(output).doesNotContain("was not closed within");
	}

	@Test
	@Tag("EIO-124")
	void pollThatWaitsIsAnsweredWithTheEnd() {
		TestApplication application = TestApplication.run(Application.class);
		String sid = TestApplication.sid(application.get(POLLING).body());
		application.post(POLLING + "&sid=" + sid, "40");
		assertThat(application.get(POLLING + "&sid=" + sid).body()).startsWith("40{");
		CompletableFuture<String> poll = CompletableFuture
			.supplyAsync(() -> application.get(POLLING + "&sid=" + sid).body(), THREADS);
		application.bean(SocketIoServer.class).emit("last");
		CompletableFuture<Void> stopped = CompletableFuture.runAsync(application::close, THREADS);
		// in one answer or in several, with or without a packet that says nothing
		List<String> packets = new ArrayList<>(List.of(poll.join().split("\u001e")));
		while (!packets.contains("1")) {
			packets.addAll(List.of(application.get(POLLING + "&sid=" + sid).body().split("\u001e")));
		}
		packets.removeIf("6"::equals);
		assertThat(packets).containsExactly("42[\"last\"]", "1");
		stopped.join();
	}

	@Test
	@Tag("SEC-84")
	void nothingThatWasAcknowledgedIsLost(CapturedOutput output) throws Exception {
		TestApplication application = TestApplication.run(Application.class,
				"spring.lifecycle.timeout-per-shutdown-phase=60s", "socketio.shutdown-timeout=20s",
				// time for answers to close frames, less than the default
				"spring.reactor.netty.shutdown-quiet-period=1s");
		Application beans = application.bean(Application.class);
		Load load = new Load(application);
		try {
			load.acks.await();
			assertThat(application.bean(EngineServer.class).clientsCount()).isEqualTo(CLIENTS);
			application.close();
			for (CompletableFuture<Void> end : load.ends) {
				end.get(60, TimeUnit.SECONDS);
			}
			assertThat(load.acknowledged).hasSizeGreaterThanOrEqualTo(ACKS);
			assertThat(load.delivered).containsAll(load.acknowledged);
		}
		finally {
			load.close();
			application.close();
		}
		assertThat(beans.ends).hasSize(CLIENTS).containsOnly("server shutting down, REFUSING_TRAFFIC");
		assertThat(output).doesNotContain("was not closed within");
		assertPortIsFree(application.port());
	}

	private static void assertPortIsFree(int port) throws IOException {
		try (ServerSocket again = new ServerSocket(port)) {
			assertThat(again.isBound()).isTrue();
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = { ReactiveWebSecurityAutoConfiguration.class,
			ReactiveUserDetailsServiceAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class })
	static class Application {

		private final CountDownLatch slowBegun = new CountDownLatch(1);

		private final Sinks.Empty<Void> slowResult = Sinks.empty();

		private final CompletableFuture<String> answer = new CompletableFuture<>();

		private final List<String> ends = new CopyOnWriteArrayList<>();

		@Bean
		NamespaceConfigurer events(ApplicationAvailability availability) {
			return (io) -> io.sockets().handle("slow", (socket, event) -> {
				this.slowBegun.countDown();
				return this.slowResult.asMono();
			})
				.on("fast", (socket, event) -> event.ack())
				.on("ask",
						(socket, event) -> socket.emitWithAck("question")
							.subscribe((answers) -> this.answer.complete(answers.get(0, String.class)),
									this.answer::completeExceptionally))
				.on("name", String.class, (socket, name, event) -> {
					socket.join("talker " + name);
					event.ack();
				})
				.handle("tell", (socket, event) -> Mono.fromRunnable(
						() -> io.in("talker " + event.get(0, String.class)).emit("told", event.get(1, String.class))))
				.onDisconnect((socket, reason, detail) -> ended(reason, availability.getReadinessState()));
		}

		private void ended(DisconnectReason reason, ReadinessState readiness) {
			this.ends.add(reason.text() + ", " + readiness);
		}

	}

	/**
	 * Clients in a circle, each of which tells the next one something new as soon as the
	 * server has acknowledged what it told before, until it gets a close frame.
	 */
	private static final class Load implements AutoCloseable {

		private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

		private final Set<String> delivered = ConcurrentHashMap.newKeySet();

		private final CountDownLatch acks = new CountDownLatch(ACKS);

		private final List<RawWebSocket> clients = new ArrayList<>();

		private final List<CompletableFuture<Void>> ends = new ArrayList<>();

		private final ExecutorService threads = Executors.newCachedThreadPool();

		Load(TestApplication application) {
			for (int i = 0; i < CLIENTS; i++) {
				RawWebSocket client = application.websocket("/socket.io/?EIO=4&transport=websocket");
				this.clients.add(client);
				assertThat(client.readText()).startsWith("0{");
				client.sendText("40");
				assertThat(client.readText()).startsWith("40{");
				client.sendText("420[\"name\",\"" + i + "\"]");
				assertThat(client.readText()).isEqualTo("430[]");
			}
			for (int i = 0; i < CLIENTS; i++) {
				int number = i;
				this.ends.add(CompletableFuture.runAsync(() -> talk(number), this.threads));
			}
		}

		private void talk(int number) {
			RawWebSocket client = this.clients.get(number);
			int told = 0;
			tell(client, number, told);
			for (Frame frame = client.read(); frame.opcode() != RawWebSocket.CLOSE; frame = client.read()) {
				String text = frame.text();
				if (text.startsWith("42[\"told\",\"")) {
					this.delivered.add(text.substring(11, text.length() - 2));
				}
				else if (text.startsWith("43")) {
					this.acknowledged.add(number + "." + told);
					this.acks.countDown();
					told++;
					tellUnlessClosed(client, number, told);
				}
			}
		}

		private static void tellUnlessClosed(RawWebSocket client, int number, int told) {
			try {
				tell(client, number, told);
			}
			catch (UncheckedIOException ex) {
				// the server is gone, but there may be something left to read
			}
		}

		private static void tell(RawWebSocket client, int number, int told) {
			client.sendText(
					"42" + told + "[\"tell\",\"" + ((number + 1) % CLIENTS) + "\",\"" + number + "." + told + "\"]");
		}

		@Override
		public void close() {
			this.clients.forEach(RawWebSocket::close);
			this.threads.shutdown();
		}

	}

}
