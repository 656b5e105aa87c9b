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

import java.util.List;

import io.github.springsocketio.testing.HiddenFaults;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Shows that a call that blocks a thread of the server cannot stay hidden in any of these
 * tests.
 */
@Tag("SEC-122")
class BlockingWireTests {

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@Test
	void callThatBlocksAnEventLoopOfReactorNettyIsFound() {
		TestServer server = this.servers.start((spec) -> spec.webFilter((exchange, chain) -> {
			block();
			return chain.filter(exchange);
		}));
		try (RawHttp http = server.http()) {
			assertThat(http.get(server.target("transport=other")).status()).isEqualTo(400);
		}
		assertFound("reactor-http-");
	}

	@Test
	void callThatBlocksAParallelThreadIsFound() {
		Mono.fromRunnable(BlockingWireTests::block).subscribeOn(Schedulers.parallel()).block(Await.LIMIT);
		assertFound("parallel-");
	}

	@Test
	void callThatBlocksAnElasticThreadIsNone() {
		Mono.fromRunnable(BlockingWireTests::block).subscribeOn(Schedulers.boundedElastic()).block(Await.LIMIT);
		assertThat(HiddenFaults.take()).isEmpty();
	}

	private static void assertFound(String thread) {
		List<Throwable> found = HiddenFaults.take();
		assertThat(found).singleElement()
			.extracting(Throwable::getMessage)
			.asString()
			.contains("Thread.sleep", " blocks " + thread);
	}

	private static void block() {
		try {
			Thread.sleep(1);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
