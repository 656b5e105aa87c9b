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

package io.github.springsocketio.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.springsocketio.engineio.EngineState;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients come, talk and drop in every rude way, round after round. After each round the
 * server is empty, and nothing that the process holds grows. {@link Settings} says how to
 * run it longer; {@code target/soak.txt} has the figures.
 */
@Tag("SEC-82")
@Tag("SEC-129")
class ChurnSoakIT {

	private static final Path REPORT = Path.of("target", "soak.txt");

	private static final Logger NETTY = (Logger) LoggerFactory.getLogger("reactor.netty.http.server");

	private static final Logger OWN = (Logger) LoggerFactory.getLogger("io.github.springsocketio");

	@RegisterExtension
	final TestServers logs = new TestServers();

	private final Settings settings = Settings.ofProperties();

	private final List<Footprint> footprints = new ArrayList<>();

	@BeforeEach
	void begin() throws IOException {
		// Reactor Netty warns of requests that come to no end
		NETTY.setLevel(Level.ERROR);
		// what the log is looked through for later is kept in memory
		OWN.setLevel(Level.INFO);
		Files.deleteIfExists(REPORT);
	}

	@AfterEach
	void end() {
		NETTY.setLevel(null);
	}

	@Test
	void shouldLeaveNothingBehindHoweverRudeTheClientsAre() throws IOException {
		try (SoakServer server = new SoakServer(this.settings.ping(), this.settings.ping())) {
			Churn churn = new Churn(server, this.settings);
			long end = System.nanoTime() + this.settings.time().toNanos();
			churn.round(this.settings.round());
			long files = Footprint.openFiles();
			do {
				churn.round(this.settings.round());
				assertThat(churn.errors()).isEmpty();
				settle(server, files);
				Footprint footprint = Footprint.of(server);
				this.footprints.add(footprint);
				report(footprint + " " + churn);
			}
			while (System.nanoTime() - end < 0 && !this.settings.isStopped());
			assertThat(churn.messages()).isPositive();
			assertThat(churn.drops()).hasSizeGreaterThan(Drop.values().length / 2);
		}
		assertGrowth(Footprint::heap, 1_500_000);
		assertGrowth(Footprint::direct, 4_500_000);
		assertGrowth(Footprint::threads, 3);
		assertGrowth(Footprint::files, 3);
	}

	/**
	 * Wait until the server has seen the end of every connection and every timer has had
	 * its time.
	 */
	private void settle(SoakServer server, long files) {
		Settings.await("the connections are closed", Duration.ofSeconds(15), () -> Footprint.openFiles() <= files + 3);
		Settings.await("the timers are gone", this.settings.silence().plusSeconds(30),
				() -> EngineState.timers(server.engine()) == 0);
	}

	private void assertGrowth(ToLongFunction<Footprint> measure, double limit) {
		assertThat(Growth.of(this.footprints, measure)).as("Growth in %s", this.footprints).isLessThan(limit);
	}

	private void report(String line) throws IOException {
		Files.writeString(REPORT, Instant.now() + " " + line + System.lineSeparator(), StandardOpenOption.CREATE,
				StandardOpenOption.APPEND);
	}

}
