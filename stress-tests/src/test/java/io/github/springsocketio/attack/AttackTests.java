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

package io.github.springsocketio.attack;

import io.github.springsocketio.attack.AttackSuite.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attacks an application with all vectors, each with a part of its connections.
 */
@Timeout(300)
class AttackTests {

	private static final int DIVISOR = 100;

	@Test
	void shouldSurviveAllVectorsAndServeHealthyClients() {
		try (AttackSuite suite = new AttackSuite("--socketio.connect-timeout=5s", "--socketio.ping-interval=5s",
				"--socketio.ping-timeout=5s", "--socketio.limits.attachment-timeout=5s",
				"--socketio.connection-state-recovery.max-disconnection-duration=5s")) {
			for (boolean options : new boolean[] { false, true }) {
				for (Vector vector : Vector.all()) {
					if (vector.options() == options) {
						Result result = suite.run(vector, Math.max(1, vector.count() / DIVISOR), false);
						assertThat(result.failures()).as(result.row()).isEmpty();
					}
				}
				Result all = new Result("all", 1);
				suite.awaitStart(all);
				assertThat(all.failures()).isEmpty();
			}
		}
	}

}
