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
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import io.github.springsocketio.engineio.SessionClosedException;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.LogCapture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is logged of failures of application code, and how often.
 */
class FailureLogTests {

	@RegisterExtension
	final LogCapture log = new LogCapture();

	private final TestServer server = new TestServer();

	private final SocketIoServer io = this.server.io;

	private final TestSession client = this.server.open();

	private Socket socket;

	@BeforeEach
	void connect() {
		this.socket = this.io.sockets().sockets().get(this.client.connect());
	}

	private String shown() {
		return "Socket[id=" + this.socket.id() + ", nsp=/, state=CONNECTED] of user ada";
	}

	private void receive(String json, int times) {
		for (int i = 0; i < times; i++) {
			this.client.receive("2" + json);
		}
	}

	@Test
	void errorsAtTheSameTimeHaveTheIdThatIsLogged() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			IllegalStateException error = new IllegalStateException("test");
			for (int i = 0; i < 200; i++) {
				FailureLog failures = new FailureLog(() -> 0);
				CyclicBarrier start = new CyclicBarrier(2);
				Callable<String> task = () -> {
					start.await(20, TimeUnit.SECONDS);
					return failures.log("test", (DefaultSocket) this.socket, error, false);
				};
				this.log.clear();
				List<Future<String>> ids = threads.invokeAll(List.of(task, task));
				assertThat(this.log.lines(Level.ERROR)).singleElement()
					.asString()
					.contains("error " + ids.get(0).get(), "error " + ids.get(1).get());
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void eventsThatNobodyHandlesOrAcknowledgesAreLinesAtDebug() {
		this.io.on("silent", (self, event) -> {
		}).on("answers", (self, event) -> event.ack());
		this.client.receive("20[\"silent\"]")
			.receive("21[\"answers\"]")
			.receive("2[\"silent\"]")
			.receive("2[\"nobody\"]");
		assertThat(this.log.lines(Level.DEBUG)).containsExactly("DEBUG No listener for event nobody of " + this.socket);
		this.log.clear();
		this.server.advance(Duration.ofSeconds(10));
		Await.until("it is logged", () -> !this.log.lines(Level.DEBUG).isEmpty());
		assertThat(this.log.lines(Level.DEBUG))
			.containsExactly("DEBUG Event silent of " + this.socket + " is not acknowledged after 10000 ms");
	}

	@Test
	void nothingIsLoggedOfAMissingAcknowledgementAfterTheEndOfItsSocket() {
		this.io.on("silent", (self, event) -> {
		});
		this.client.receive("20[\"silent\"]");
		TestSession other = this.server.open();
		String id = other.connect();
		other.receive("20[\"silent\"]");
		this.socket.disconnect();
		// the line of the socket that has ended would come first
		this.server.advance(Duration.ofSeconds(10));
		Await.until("one is logged", () -> !missingAcks().isEmpty());
		assertThat(missingAcks()).singleElement().asString().contains(id);
	}

	private List<String> infoLinesWithoutIds() {
		return this.log.lines(Level.INFO).stream().map((line) -> line.replaceFirst(", error \\w{8}", "")).toList();
	}

	private List<String> missingAcks() {
		return this.log.lines(Level.DEBUG).stream().filter((line) -> line.contains("not acknowledged")).toList();
	}

	@Test
	@Tag("SEC-71")
	void slowPatternOfNamespacesIsAWarningOnceAMinute() {
		// a back reference switches the optimizations of the JDK off
		this.io.of(Pattern.compile("^/(a+)+\\1x$"));
		TestSession other = this.server.open();
		for (int i = 0; i < 3; i++) {
			other.receive("0/" + "a".repeat(21) + "!,");
		}
		assertThat(this.log.lines(Level.WARN)).singleElement()
			.asString()
			.startsWith("WARN Pattern ^/(a+)+\\1x$ of namespaces took ");
	}

	@Test
	void failureIsAnErrorWithAStackTraceOnceAMinute() {
		this.io.on("x", (self, event) -> {
			throw new IllegalStateException("test");
		});
		receive("[\"x\"]", 5);
		assertThat(infoLinesWithoutIds()).containsExactly("ERROR Handling of event x failed for " + shown() + " *");
		this.log.clear();
		this.server.advance(Duration.ofSeconds(59));
		receive("[\"x\"]", 1);
		assertThat(this.log.lines(Level.INFO)).isEmpty();
		this.server.advance(Duration.ofSeconds(1));
		receive("[\"x\"]", 2);
		assertThat(infoLinesWithoutIds()).containsExactly(
				"ERROR Handling of event x failed for " + shown() + " (and 5 more times in the last minutes) *");
		this.log.clear();
		this.server.advance(Duration.ofMinutes(5));
		receive("[\"x\"]", 1);
		assertThat(infoLinesWithoutIds()).containsExactly(
				"ERROR Handling of event x failed for " + shown() + " (and 1 more times in the last minutes) *");
	}

	@Test
	void differentFailuresAreLoggedEach() {
		this.io.on("x", (self, event) -> {
			throw new IllegalStateException("one");
		}).on("y", (self, event) -> {
			throw new IllegalStateException("two");
		}).handle("z", (self, event) -> Mono.error(new UnsupportedOperationException("three")));
		receive("[\"x\"]", 2);
		receive("[\"y\"]", 2);
		receive("[\"z\"]", 2);
		assertThat(this.log.events(Level.INFO)).hasSize(3)
			.extracting((event) -> event.getThrowableProxy().getMessage())
			.containsExactly("one", "two", "three");
	}

	@Test
	@Tag("SEC-100")
	void hostileNamesOfEventsCannotFloodTheLog() {
		this.io.onAny((self, event) -> {
			throw new IllegalStateException("test");
		});
		for (int i = 0; i < 1000; i++) {
			this.client.receive("2[\"" + i + "\\r\\n\\u001b[31m" + "x".repeat(300) + "\"]");
		}
		assertThat(this.log.lines(Level.INFO)).singleElement()
			.asString()
			.startsWith("ERROR Handling of event 0\\u000d\\u000a\\u001b[31mxxx")
			.hasSizeLessThan(500)
			.matches("\\p{Print}*");
	}

	@Test
	@Tag("SEC-100")
	void clientsThatComeAndGoCannotFloodTheLog() {
		this.io.onConnection((self) -> {
			throw new IllegalStateException("test");
		})
			.use((self) -> self.handshake().auth().isEmpty() ? Mono.empty()
					: Mono.error(new IllegalStateException("auth")));
		for (int i = 0; i < 100; i++) {
			TestSession hostile = this.server.open();
			hostile.receive("0{\"token\":" + i + "}").receive("0");
		}
		assertThat(this.log.events(Level.INFO)).hasSize(2);
	}

	@Test
	@Tag("SEC-100")
	void errorOfTheClientIsOneLineForDebuggingWithoutWhatItHasSent() {
		this.io.on("number", Integer.class, (self, value, event) -> event.ack())
			.on("user", User.class, (self, value, event) -> event.ack());
		receive("[\"number\",\"s3cret\"]", 1);
		receive("[\"user\",{\"age\":\"s3cret\"}]", 1);
		receive("[\"user\",[\"s3cret\"]]", 1);
		receive("[\"user\",{\"s3cret\":1}]", 1);
		receive("[\"user\"]", 1);
		assertThat(this.log.lines(Level.INFO)).isEmpty();
		List<String> lines = this.log.lines(Level.DEBUG)
			.stream()
			.filter((line) -> line.contains("failed for"))
			.toList();
		assertThat(lines).hasSizeBetween(4, 5)
			.allSatisfy((line) -> assertThat(line).startsWith("DEBUG Handling of event ")
				.doesNotContain("s3cret")
				.doesNotEndWith(" *"));
		assertThat(lines.get(0)).contains("ArgumentConversionException");
		assertThat(lines.get(lines.size() - 1)).contains("MissingArgumentException");
	}

	@Test
	void refusedAccessIsOneLineOfInformation() {
		this.io.on("forbidden", (self, event) -> {
			throw new ResponseStatusException(HttpStatus.FORBIDDEN, "not allowed");
		}).on("broken", (self, event) -> {
			throw new ResponseStatusException(HttpStatus.BAD_GATEWAY);
		});
		receive("[\"forbidden\"]", 3);
		assertThat(this.log.lines(Level.INFO)).singleElement()
			.asString()
			.startsWith("INFO Handling of event forbidden failed for " + shown() + ": ResponseStatusException: ")
			.doesNotEndWith(" *");
		this.log.clear();
		receive("[\"broken\"]", 1);
		assertThat(infoLinesWithoutIds())
			.containsExactly("ERROR Handling of event broken failed for " + shown() + " *");
	}

	@Test
	void failureThatWasGivenToAListenerIsForDebuggingOnly() {
		this.io.on("x", (self, event) -> {
			throw new IllegalStateException("test");
		}).onError((self, error, event) -> {
		});
		receive("[\"x\"]", 2);
		assertThat(this.log.lines(Level.INFO)).isEmpty();
		assertThat(this.log.lines(Level.DEBUG)).filteredOn((line) -> line.contains("failed for")).hasSize(2);
	}

	@Test
	void unansweredRequestsAreNoErrors() {
		this.io.handle("x", (self, event) -> self.timeout(Duration.ofMillis(10)).emitWithAck("q"));
		receive("[\"x\"]", 1);
		this.client.lose();
		assertThat(this.log.lines(Level.INFO)).isEmpty();
	}

	@Test
	void clientThatLeavesWhileItIsWrittenToIsNoError() {
		this.io.handle("x", (self, event) -> Mono.error(new SessionClosedException()));
		receive("[\"x\"]", 2);
		assertThat(this.log.lines(Level.INFO)).isEmpty();
		assertThat(this.log.lines(Level.DEBUG)).filteredOn((line) -> line.contains("failed for")).hasSize(2);
	}

	@Test
	void fewFailuresAreRememberedHoweverManyThereAre() {
		this.io.on("x", (self, event) -> {
			IllegalStateException error = new IllegalStateException("test");
			error.setStackTrace(new StackTraceElement[] {
					new StackTraceElement("Generated", "method", "Generated.java", event.get(0, Integer.class)) });
			throw error;
		});
		for (int i = 0; i < 1000; i++) {
			receive("[\"x\"," + i + "]", 1);
		}
		assertThat(this.log.events(Level.INFO)).hasSize(1000);
		assertThat(((DefaultSocketIoServer) this.io).failures().size()).isLessThanOrEqualTo(200);
	}

	record User(int age) {

	}

}
