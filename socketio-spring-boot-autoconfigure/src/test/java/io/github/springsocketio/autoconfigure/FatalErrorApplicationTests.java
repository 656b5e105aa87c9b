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
import io.github.springsocketio.testsupport.RawWebSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a process whose memory is used up, or whose event loops are blocked.
 * The applications start two at a time, because their start takes longer than all that is
 * tested.
 */
@Timeout(180)
class FatalErrorApplicationTests {

	/**
	 * More than a busy machine needs beyond a limit of one second; without the limit
	 * nothing would ever end.
	 */
	private static final Duration END = Duration.ofSeconds(30);

	private static final String LIMIT = "--spring.lifecycle.timeout-per-shutdown-phase=1s";

	private static final String EXIT = "--socketio.exit-on-fatal-error=true";

	private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

	private static final List<ForkedJvm> applications = new ArrayList<>();

	private static ForkedJvm usual;

	private static ForkedJvm impatient;

	private static ForkedJvm blocked;

	private static ForkedJvm exiting;

	private static ForkedJvm hanging;

	@BeforeAll
	static void start() {
		usual = start(new String[0]);
		impatient = start(LIMIT);
		blocked = start(LIMIT);
		exiting = start(EXIT, "--spring.lifecycle.timeout-per-shutdown-phase=60s");
		hanging = start(LIMIT, EXIT, "--test.hang=true");
	}

	private static ForkedJvm start(String... arguments) {
		List<String> all = new ArrayList<>(List.of("--socketio.shutdown-timeout=500ms", "--spring.main.banner-mode=off",
				"--spring.reactor.netty.shutdown-quiet-period=0s"));
		all.addAll(List.of(arguments));
		if (applications.size() >= 2) {
			port(applications.get(applications.size() - 2));
		}
		ForkedJvm application = ForkedJvm.start(FaultyApplication.class, List.of("-Xmx96m", "-XX:TieredStopAtLevel=1"),
				all.toArray(String[]::new));
		applications.add(application);
		return application;
	}

	@AfterAll
	static void end() {
		applications.forEach(ForkedJvm::close);
		applications.clear();
	}

	@Test
	void outOfMemoryErrorBreaksLivenessOnceAndTheProcessEndsWhenAsked() {
		int port = port(usual);
		send(port, "exhaust");
		usual.awaitLine("LIVENESS BROKEN");
		send(port, "exhaust");
		usual.awaitLine("EXHAUSTED 2");
		// the server still serves
		send(port, "print");
		usual.awaitLine("PRINTED");
		usual.terminate();
		assertThat(usual.waitFor(END)).isEqualTo(143);
		assertThat(usual.lines()).containsOnlyOnce("LIVENESS BROKEN").doesNotContain("EXIT CODE 3");
	}

	@Test
	void processWithHardlyAnyMemoryLeftEndsWhenAsked() {
		send(port(impatient), "fill");
		// whether liveness can be broken before depends on what memory is left
		impatient.awaitLine("FILLED");
		impatient.terminate();
		impatient.waitFor(END);
	}

	@Test
	void processExitsAfterAFatalErrorIfConfigured() {
		send(port(exiting), "exhaust");
		assertThat(exiting.waitFor(END)).isEqualTo(3);
		assertThat(exiting.lines()).contains("LIVENESS BROKEN", "EXIT CODE 3", "CONTEXT CLOSED");
	}

	@Test
	void processIsHaltedIfItsExitTakesTooLong() {
		send(port(hanging), "exhaust");
		assertThat(hanging.waitFor(END)).isEqualTo(3);
		assertThat(hanging.lines()).contains("LIVENESS BROKEN").doesNotContain("CONTEXT CLOSED");
	}

	@Test
	void blockedEventLoopDoesNotHoldTheShutdown() {
		send(port(blocked), "block");
		blocked.awaitLine("BLOCKED");
		blocked.terminate();
		assertThat(blocked.waitFor(END)).isEqualTo(1);
		assertThat(blocked.lines()).anyMatch((line) -> line.contains("an event loop is blocked: reactor-http-"))
			.anyMatch((line) -> line.contains("FaultyApplication.block("))
			.doesNotContain("LIVENESS BROKEN");
	}

	private static int port(ForkedJvm application) {
		return Integer.parseInt(application.awaitLine("PORT "));
	}

	private static void send(int port, String event) {
		try (RawWebSocket websocket = RawWebSocket.open(port, WEBSOCKET)) {
			assertThat(websocket.readText()).startsWith("0{");
			websocket.sendText("40");
			assertThat(websocket.readText()).startsWith("40{");
			websocket.sendText("42[\"" + event + "\"]");
		}
	}

}
