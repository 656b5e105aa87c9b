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

package io.github.springsocketio.socketio;

import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers that hold their thread are named in the log.
 */
@Tag("SEC-75")
class SlowHandlerTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(FailureLog.class);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@BeforeEach
	void attach() {
		this.log.start();
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void detach() {
		this.logger.detachAppender(this.log);
	}

	@Test
	void handlerThatHoldsItsThreadIsNamedOnceAMinute() {
		TestServer server = new TestServer((options) -> options.slowHandlerThreshold(Duration.ofSeconds(1)));
		server.io.sockets().on("quick", (socket, event) -> server.advance(Duration.ofMillis(990)));
		server.io.sockets().handle("slow", new Slow(server));
		TestSession client = server.open();
		client.connect();
		client.receive("2[\"quick\"]").receive("2[\"slow\"]").receive("2[\"slow\"]");
		assertThat(warnings()).singleElement()
			.asString()
			.startsWith("Handler " + Slow.class.getName() + " of event ")
			.contains("slow", " in namespace ", "/", Thread.currentThread().getName(), " for 1000 ms");
		server.advance(Duration.ofSeconds(61));
		client.receive("2[\"slow\"]");
		assertThat(warnings()).hasSize(2).last().asString().contains("and 1 more times");
	}

	@Test
	void handlersAreMeasuredWhileOthersAreCalledMeanwhile() {
		TestServer server = new TestServer((options) -> options.slowHandlerThreshold(Duration.ofSeconds(1)));
		TestSession other = server.open();
		server.io.sockets().on("other", (socket, event) -> server.advance(Duration.ofMillis(150)));
		server.io.sockets().on("slow", (socket, event) -> {
			for (int i = 0; i < 8; i++) {
				other.receive("2[\"other\"]");
			}
		});
		other.connect();
		TestSession client = server.open();
		client.connect();
		client.receive("2[\"slow\"]");
		assertThat(warnings()).singleElement().asString().contains("slow", " for 1200 ms");
	}

	@Test
	void timerStopsWhenThereAreNoEvents() {
		TestServer server = new TestServer((options) -> options.slowHandlerThreshold(Duration.ofSeconds(1)));
		server.io.sockets().on("quick", (socket, event) -> {
		});
		TestSession client = server.open();
		client.connect();
		for (int i = 0; i < 3; i++) {
			client.receive("2[\"quick\"]").receive("2[\"quick\"]");
			assertThat(server.engine.liveTimers()).isOne();
			server.advance(Duration.ofSeconds(10));
			assertThat(server.engine.liveTimers()).isZero();
		}
		assertThat(warnings()).isEmpty();
	}

	@Test
	void zeroSwitchesTheWarningOff() {
		TestServer server = new TestServer((options) -> options.slowHandlerThreshold(Duration.ZERO));
		server.io.sockets().handle("slow", new Slow(server));
		TestSession client = server.open();
		client.connect();
		client.receive("2[\"slow\"]");
		assertThat(warnings()).isEmpty();
	}

	private List<String> warnings() {
		return this.log.list.stream()
			.filter((event) -> event.getLevel() == Level.WARN)
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	private record Slow(TestServer server) implements EventHandler {

		@Override
		public Mono<String> handle(Socket socket, Event event) {
			this.server.advance(Duration.ofSeconds(1));
			return Mono.just("done");
		}

	}

}
