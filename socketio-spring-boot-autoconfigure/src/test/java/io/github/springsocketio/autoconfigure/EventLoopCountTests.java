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

import io.github.springsocketio.testsupport.ForkedJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * As many event loops as processors.
 */
@Timeout(120)
class EventLoopCountTests {

	private static final String MESSAGE = "There are more event loops (4) than processors (1)";

	@Test
	void numberIsThatOfTheProcessorsIfTheApplicationWantsIt() {
		assertThat(EventLoopCount.count(true, null, 1)).isEqualTo("1");
		assertThat(EventLoopCount.count(true, null, 2)).isEqualTo("2");
		assertThat(EventLoopCount.count(true, null, 16)).isEqualTo("16");
		assertThat(EventLoopCount.count(true, "3", 1)).isNull();
		assertThat(EventLoopCount.count(false, null, 1)).isNull();
	}

	@Test
	void moreEventLoopsThanProcessorsAreReportedUnlessTheyAreSet() {
		assertThat(EventLoopCountCheck.message(null, 4, 1)).contains(MESSAGE, "socketio.event-loop-per-processor=true");
		assertThat(EventLoopCountCheck.message(null, 4, 4)).isNull();
		assertThat(EventLoopCountCheck.message(null, 1, 1)).isNull();
		assertThat(EventLoopCountCheck.message("4", 4, 1)).isNull();
	}

	@Test
	void serverHasAsManyEventLoopsAsProcessors() {
		try (ForkedJvm usual = start(); ForkedJvm fitting = start("--socketio.event-loop-per-processor=true")) {
			usual.awaitLine("EVENT LOOPS 4");
			fitting.awaitLine("EVENT LOOPS 1");
			assertThat(usual.lines()).anyMatch((line) -> line.contains(MESSAGE));
			assertThat(fitting.lines()).noneMatch((line) -> line.contains("event loops"));
		}
	}

	private static ForkedJvm start(String... arguments) {
		return ForkedJvm.start(EventLoopCountApplication.class, List.of("-XX:ActiveProcessorCount=1",
				"-XX:TieredStopAtLevel=1", "-Dlogging.level.io.github.springsocketio=info"), arguments);
	}

}
