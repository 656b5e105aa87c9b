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

package io.github.springsocketio.engineio;

import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import io.github.springsocketio.testsupport.LogCapture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is logged of clients that are closed or refused because of the memory that is held
 * for clients.
 */
@Tag("SEC-77")
class MemoryWarningsTests {

	@RegisterExtension
	final LogCapture log = new LogCapture();

	private final EngineOptions options = EngineOptions.builder().maxMemory(1000).build();

	private long now;

	private final MemoryWarnings warnings = new MemoryWarnings(new TimerWheel(() -> this.now), this.options);

	@Test
	void warningNamesTheClientTheSizesAndTheProperties() {
		this.warnings.closed("Socket[id=abc]", EngineLimit.MAX_OUTBOUND_BYTES, 5_000_000, 3);
		assertThat(this.log.lines(Level.INFO)).containsExactly(
				"WARN Closing the connection of Socket[id=abc]: 5000000 bytes in 3 packets are buffered for it, more than"
						+ " socketio.limits.max-outbound-bytes (4194304), and it read nothing for"
						+ " socketio.limits.slow-reader-timeout (20000 ms)");
		passSeconds(10);
		this.warnings.closed("", EngineLimit.MAX_OUTBOUND_PACKETS, 7, 10_001);
		passSeconds(10);
		this.warnings.shed("", 7, 1);
		passSeconds(10);
		this.warnings.refused();
		assertThat(this.log.lines(Level.INFO).subList(1, 4)).containsExactly(
				"WARN Closing the connection of a client: 7 bytes in 10001 packets are buffered for it, more than"
						+ " socketio.limits.max-outbound-packets (10000), and it read nothing for"
						+ " socketio.limits.slow-reader-timeout (20000 ms)",
				"WARN Closing the connection of a client: it uses 7 bytes of memory, with 1 packets that are buffered for"
						+ " it, and all clients together exceed socketio.limits.max-memory (1000)",
				"WARN Refusing a handshake: the memory of all clients together is close to socketio.limits.max-memory (1000)");
	}

	@Test
	void oneWarningInTenSecondsCountsTheOthers() {
		for (int i = 0; i < 500; i++) {
			this.warnings.closed("client " + i, EngineLimit.MAX_OUTBOUND_BYTES, 5_000_000, 1);
		}
		passSeconds(9);
		this.warnings.closed("client 500", EngineLimit.MAX_OUTBOUND_BYTES, 5_000_000, 1);
		assertThat(this.log.lines(Level.INFO)).singleElement().asString().contains("client 0:");
		passSeconds(1);
		this.warnings.closed("client 501", EngineLimit.MAX_OUTBOUND_BYTES, 5_000_000, 1);
		assertThat(this.log.lines(Level.INFO)).hasSize(2)
			.last()
			.asString()
			.contains("client 501:")
			.endsWith(". 500 more were closed or refused since the last warning");
	}

	private void passSeconds(int seconds) {
		this.now += TimeUnit.SECONDS.toNanos(seconds);
	}

}
