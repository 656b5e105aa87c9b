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

package io.github.springsocketio.engineio.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import ch.qos.logback.classic.Level;
import io.github.springsocketio.testsupport.LogCapture;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is logged of refused origins (SEC-89, SEC-100).
 */
@Tag("SEC-89")
class RefusedOriginsTests {

	private static final long MINUTE = Duration.ofMinutes(1).toNanos();

	@RegisterExtension
	private final LogCapture log = new LogCapture();

	private final AtomicLong now = new AtomicLong();

	private final RefusedOrigins refused = new RefusedOrigins(LogFactory.getLog(RefusedOriginsTests.class),
			this.now::get);

	@Test
	void shouldWarnOncePerOriginAndMinute() {
		log("https://a.example");
		log("https://a.example");
		log("https://b.example");
		this.now.set(MINUTE - 1);
		log("https://a.example");
		assertThat(warnings()).hasSize(2);
		this.now.set(MINUTE);
		log("https://a.example");
		log("https://a.example");
		assertThat(warnings()).hasSize(3)
			.last()
			.isEqualTo(
					"WARN Request refused: its origin 'https://a.example' is not the server's 'app.example'. Advice");
	}

	@Test
	@Tag("SEC-100")
	void shouldWarnOfAHundredOriginsAMinuteAtMost() {
		for (int i = 0; i < 1000; i++) {
			log("https://" + i + ".example");
		}
		assertThat(warnings()).hasSize(100);
		this.now.set(MINUTE);
		log("https://a.example");
		assertThat(warnings()).hasSize(101);
	}

	@Test
	@Tag("SEC-100")
	void shouldReplaceWhatIsNotPrintableAndCutWhatIsLong() {
		log("https://\u001b[31m\r\n" + "x".repeat(1000));
		assertThat(warnings()).singleElement()
			.asString()
			.contains("'https://?[31m??xxx")
			.contains("x...'")
			.hasSizeLessThan(400);
	}

	private List<String> warnings() {
		return this.log.lines(Level.WARN);
	}

	private void log(String origin) {
		this.refused.log("Request", origin, "app.example", "Advice");
	}

}
