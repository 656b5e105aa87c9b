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
import java.util.ArrayList;
import java.util.List;

import io.github.springsocketio.testsupport.ForkedJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a process whose memory is used up, or whose event loops are blocked.
 */
@Timeout(180)
class FatalErrorApplicationTests {

	/**
	 * More than a busy machine needs beyond a limit of two seconds; without the limit
	 * nothing would ever end.
	 */
	private static final Duration END = Duration.ofSeconds(30);

	private static final String LIMIT = "--spring.lifecycle.timeout-per-shutdown-phase=2s";

	private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

	@Test
	void outOfMemoryErrorBreaksLivenessOnceAndTheProcessEndsWhenAsked() {
		try (ForkedJvm application = start()) {
			send(application, "exhaust");
			application.awaitLine("LIVENESS BROKEN");
			send(application, "exhaust");
			application.awaitLine("EXHAUSTED 2");
			// the server still serves
			send(application, "print");
			application.awaitLine("PRINTED");
			application.terminate();
			assertThat(application.waitFor(END)).isEqualTo(143);
			assertThat(application.lines()).containsOnlyOnce("LIVENESS BROKEN").doesNotContain("EXIT CODE 3");
		}
	}

	@Test
	void processWithHardlyAnyMemoryLeftEndsWhenAsked() {
		try (ForkedJvm application = start(LIMIT)) {
			send(application, "fill");
			// whether liveness can be broken before depends on what memory is left
			application.awaitLine("FILLED");
			application.terminate();
			application.waitFor(END);
		}
	}

	@Test
	void processExitsAfterAFatalErrorIfConfigured() {
		try (ForkedJvm application = start("--socketio.exit-on-fatal-error=true",
				"--spring.lifecycle.timeout-per-shutdown-phase=60s")) {
			send(application, "exhaust");
			assertThat(application.waitFor(END)).isEqualTo(3);
			assertThat(application.lines()).contains("LIVENESS BROKEN", "EXIT CODE 3", "CONTEXT CLOSED");
		}
	}

	@Test
	void processIsHaltedIfItsExitTakesTooLong() {
		try (ForkedJvm application = start(LIMIT, "--socketio.exit-on-fatal-error=true", "--test.hang=true")) {
			send(application, "exhaust");
			assertThat(application.waitFor(END)).isEqualTo(3);
			assertThat(application.lines()).contains("LIVENESS BROKEN").doesNotContain("CONTEXT CLOSED");
		}
	}

	@Test
	void blockedEventLoopDoesNotHoldTheShutdown() {
		try (ForkedJvm application = start(LIMIT)) {
			send(application, "block");
			application.awaitLine("BLOCKED");
			application.terminate();
			assertThat(application.waitFor(END)).isEqualTo(1);
			assertThat(application.lines()).anyMatch((line) -> line.contains("an event loop is blocked: reactor-http-"))
				.anyMatch((line) -> line.contains("FaultyApplication.block("))
				.doesNotContain("LIVENESS BROKEN");
		}
	}

	private static ForkedJvm start(String... arguments) {
		List<String> all = new ArrayList<>(List.of("--socketio.shutdown-timeout=1s", "--spring.main.banner-mode=off",
				"--spring.reactor.netty.shutdown-quiet-period=0s"));
		all.addAll(List.of(arguments));
		return ForkedJvm.start(FaultyApplication.class, List.of("-Xmx96m", "-XX:TieredStopAtLevel=1"),
				all.toArray(String[]::new));
	}

	private static void send(ForkedJvm application, String event) {
		int port = Integer.parseInt(application.awaitLine("PORT "));
		try (WireWebSocket websocket = new WireWebSocket(port, WEBSOCKET)) {
			assertThat(websocket.receive()).startsWith("0{");
			websocket.send("40");
			assertThat(websocket.receive()).startsWith("40{");
			websocket.send("42[\"" + event + "\"]");
		}
	}

}
