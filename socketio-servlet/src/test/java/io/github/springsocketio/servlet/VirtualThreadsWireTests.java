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

package io.github.springsocketio.servlet;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * The endpoint in containers whose requests are on virtual threads, as with
 * {@code spring.threads.virtual.enabled}.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadsWireTests {

	@Nested
	class TomcatTests extends EndpointWireTests {

		@Override
		WireServer server() {
			return new ContainerWireServer(new TomcatContainer(true));
		}

	}

	@Nested
	class JettyTests extends EndpointWireTests {

		@Override
		WireServer server() {
			return new ContainerWireServer(new JettyContainer(true));
		}

	}

}
