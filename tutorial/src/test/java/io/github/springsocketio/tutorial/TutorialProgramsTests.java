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

package io.github.springsocketio.tutorial;

import io.github.springsocketio.testing.RequiresProgram;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The programs that step 10 of docs/tutorial.md needs.
 */
class TutorialProgramsTests {

	@Test
	@RequiresProgram("redis-server")
	void clusterTestsHaveTheirRedis() {
		assertThat(System.getProperty(TutorialRedis.PORT)).isNotNull();
	}

	@Test
	@RequiresProgram("haproxy")
	void loadBalancerAcceptsItsConfiguration() throws Exception {
		Process check = new ProcessBuilder("haproxy", "-c", "-f", "haproxy.cfg").inheritIO().start();
		assertThat(check.waitFor()).isZero();
	}

}
