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

import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RawHttp;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.web.filter.ServerHttpObservationFilter;

import static org.assertj.core.api.Assertions.assertThat;

class ObservedRequestsTests {

	private final BlockingQueue<String> patterns = new LinkedBlockingQueue<>();

	@Test
	void shouldDescribeRequests(@TempDir Path directory) throws Exception {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new PatternHandler());
		EngineServer engine = EngineServer.create(EngineOptions.builder().build());
		EchoHandler handler = new EchoHandler();
		engine.setConnectionHandler(handler);
		try (ServletContainer container = new TomcatContainer()) {
			container.start(new EngineServlet(EngineWebFilter.builder(engine).build()), "",
					new ServerHttpObservationFilter(registry), directory);
			try (RawHttp http = new RawHttp(container.port())) {
				String path = "/socket.io/?EIO=4&transport=polling";
				assertThat(http.get(path).status()).isEqualTo(200);
				assertThat(Await.next("an observation", this.patterns)).isEqualTo("/socket.io/");
				EngineSession session = handler.awaitSession();
				session.send("hello");
				assertThat(http.get(path + "&sid=" + session.id()).text()).isEqualTo("4hello");
				assertThat(Await.next("an observation", this.patterns)).isEqualTo("/socket.io/{poll}");
			}
			Await.get("the end of the engine", engine.close().toFuture());
		}
	}

	/**
	 * Remembers the patterns of requests that have ended.
	 */
	private final class PatternHandler implements ObservationHandler<ServerRequestObservationContext> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof ServerRequestObservationContext;
		}

		@Override
		public void onStop(ServerRequestObservationContext context) {
			ObservedRequestsTests.this.patterns.add(String.valueOf(context.getPathPattern()));
		}

	}

}
