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

import io.github.springsocketio.testsupport.TestServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.netty.resources.LoopResources;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Websockets without Netty's native transports.
 */
@Tag("SEC-120")
class NioWebSocketWireTests extends WebSocketWireTests {

	private static final LoopResources NIO = LoopResources.create("nio", 2, true);

	@Override
	void customize(TestServer.Spec spec) {
		spec.http((http) -> http.runOn(NIO, false));
	}

	@Test
	void shouldRunWithoutNativeTransports() {
		this.servers.start().openWebsocket();
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.anyMatch((name) -> name.startsWith("nio-nio-"));
	}

}
