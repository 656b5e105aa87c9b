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

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RawConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.netty.http.HttpResources;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients send as broken requests is not in the log.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class BrokenRequestLogTests {

	@RegisterExtension
	static final SharedApplication applications = new SharedApplication();

	private static final String TARGET = "GET /socket.io/?EIO=4&transport=polling&sid=secret-sid";

	private static final String POST = "POST /socket.io/?EIO=4&transport=polling&sid=secret-sid HTTP/1.1\r\nHost: x\r\n";

	private static final String REACTOR_NETTY = "reactor.netty.http.server.HttpServerOperations";

	private static final String CONTROLS = "secret-\u001b[31m";

	static List<String> brokenRequests() {
		return List.of(TARGET + " HTTP/" + CONTROLS + "\r\n\r\n", TARGET + "\u001b[31m HTTP/1.1\r\n\r\n",
				TARGET + "%zz%1b HTTP/1.1\r\nHost: x\r\n\r\n",
				TARGET + " HTTP/1.1\r\nHost: x\r\n" + CONTROLS + " name: 1\r\n\r\n",
				TARGET + " HTTP/1.1\r\nHost: x\r\nname: secret-\u0001\u001b[31m\r\n\r\n",
				TARGET + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + CONTROLS + "\r\n\r\n",
				TARGET + " HTTP/1.1\r\nHost: [secret-:secret-\r\n\r\n",
				TARGET + " HTTP/1.1\r\nHost: x\r\nX-Forwarded-Host: [secret-\r\nX-Forwarded-Port: secret-\r\n\r\n",
				TARGET + " HTTP/1.1\r\nHost: x\r\nname: " + "secret-".repeat(5000) + "\r\n\r\n",
				TARGET + "secret-".repeat(5000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
				TARGET + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
						+ "HTTP2-Settings: secret-\r\n\r\n",
				POST + "Transfer-Encoding: chunked\r\n\r\n" + CONTROLS + "\r\n\r\n",
				POST + "Transfer-Encoding: chunked\r\n\r\n1\r\nx" + CONTROLS + "\r\n0\r\n\r\n",
				POST + "Transfer-Encoding: secret-, chunked\r\nContent-Length: 1\r\n\r\nx",
				POST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nx", POST + "Content-Length: 9\r\n\r\nx",
				"POST /elsewhere?secret-sid HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + CONTROLS
						+ "\r\n",
				"GET http://[secret-/?sid=secret-sid HTTP/1.1\r\nHost: x\r\n\r\n",
				"CONNECT secret-:1 HTTP/1.1\r\nHost: x\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nsecret-",
				CONTROLS + " " + TARGET + " HTTP/1.1\r\n\r\n", "\u0016\u0003\u0001 " + CONTROLS + "\r\n\r\n");
	}

	@ParameterizedTest
	@Tag("SEC-100")
	@MethodSource("brokenRequests")
	void brokenRequestLeavesNoRawTextInTheLog(String request, CapturedOutput output) {
		send(applications.run(Application.class), request);
		awaitEventLoops();
		assertThat(output.getAll()).doesNotContain("secret-").doesNotContain("\u001b[31m");
	}

	@Test
	@Tag("SEC-100")
	void floodOfBrokenRequestsIsFewLines(CapturedOutput output) {
		applications.close();
		try (TestApplication application = TestApplication.run(Application.class, "logging.level.root=info")) {
			int start = output.getAll().length();
			for (int i = 0; i < 20; i++) {
				brokenRequests().forEach((request) -> send(application, request));
			}
			String sid = TestApplication.sid(application.get("/socket.io/?EIO=4&transport=polling").body());
			brokenRequests().forEach((request) -> send(application, request.replace("secret-sid", sid)));
			String log = output.getAll().substring(start);
			assertThat(log).contains("HTTP requests refused since the last warning").doesNotContain("secret-", sid);
			assertThat(log.lines()).hasSizeLessThan(5);
			assertThat(log.lines().flatMapToInt(String::chars)).noneMatch(Character::isISOControl);
		}
	}

	@Test
	@Tag("SEC-100")
	void detailsAreLoggedAtDebugWithoutControlCharacters(CapturedOutput output) {
		applications.close();
		try (TestApplication application = TestApplication.run(Application.class,
				"logging.level." + REACTOR_NETTY + "=debug")) {
			send(application, POST + "Transfer-Encoding: chunked\r\n\r\n" + CONTROLS + "\r\n\r\n");
		}
		assertThat(output.getAll()).contains("Decoding failed: ").doesNotContain("\u001b").doesNotContain("secret-sid");
	}

	@Test
	void numberIsLoggedOnceAMinute(CapturedOutput output) {
		applications.close();
		AtomicLong now = new AtomicLong();
		BrokenRequestLog log = new BrokenRequestLog(now::get, null);
		for (int i = 0; i < 100; i++) {
			log.onBrokenRequest();
		}
		now.set(Duration.ofMinutes(1).toNanos() - 1);
		log.onBrokenRequest();
		assertThat(output.getAll().lines()).hasSize(1).allMatch((line) -> line.contains("decoded: 1. "));
		now.incrementAndGet();
		log.onBrokenRequest();
		log.onBrokenRequest();
		assertThat(output.getAll().lines()).hasSize(2).anyMatch((line) -> line.contains("decoded: 101. "));
	}

	@ParameterizedTest
	@CsvSource({ "INFO, ERROR", "WARN, ERROR", "DEBUG, DEBUG", "OFF, OFF" })
	void linesOfReactorNettyAreReplacedWhereNothingElseIsWanted(LogLevel level, LogLevel expected) {
		LoggingSystem system;
		applications.close();
		try (TestApplication application = TestApplication.run(Application.class,
				"logging.level.reactor.netty=" + level)) {
			system = application.bean(LoggingSystem.class);
			assertThat(system.getLoggerConfiguration(REACTOR_NETTY).getEffectiveLevel()).isEqualTo(expected);
		}
		assertThat(system.getLoggerConfiguration(REACTOR_NETTY).getEffectiveLevel()).isEqualTo(level);
	}

	@Test
	void linesOfReactorNettyAreReplacedUntilTheLastApplicationIsClosed() throws Exception {
		applications.close();
		LoggingSystem system = LoggingSystem.get(getClass().getClassLoader());
		system.setLogLevel(REACTOR_NETTY, null);
		BrokenRequestLog first = new BrokenRequestLog(System::nanoTime, system);
		BrokenRequestLog second = new BrokenRequestLog(System::nanoTime, system);
		first.destroy();
		assertThat(system.getLoggerConfiguration(REACTOR_NETTY).getConfiguredLevel()).isEqualTo(LogLevel.ERROR);
		second.destroy();
		second.destroy();
		assertThat(system.getLoggerConfiguration(REACTOR_NETTY).getConfiguredLevel()).isNull();
	}

	private static void send(TestApplication application, String request) {
		try (RawConnection connection = new RawConnection(application.port(), null)) {
			connection.write(request.getBytes(StandardCharsets.ISO_8859_1));
			connection.shutdownOutput();
			connection.readToEnd();
		}
		catch (UncheckedIOException ex) {
			// The server may reset the connection of a request that it has not read
		}
	}

	/**
	 * Wait until the event loops have done what there was to do, also after the response.
	 */
	private static void awaitEventLoops() {
		List<Future<?>> tasks = new ArrayList<>();
		HttpResources.get().onServer(true).forEach((loop) -> tasks.add(loop.submit(() -> {
		})));
		tasks.forEach((task) -> Await.get("a task of an event loop", task));
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = { ReactiveWebSecurityAutoConfiguration.class,
			ReactiveUserDetailsServiceAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class })
	static class Application {

	}

}
