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
import java.util.function.Supplier;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compression of websockets by the container.
 */
@ParameterizedClass
@EnumSource
class ContainerCompressionWireTests {

	private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

	private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";

	private final EchoHandler handler = new EchoHandler();

	private final EngineServer engine = EngineServer.create(EngineOptions.defaults());

	private final ServletContainer container;

	ContainerCompressionWireTests(Container container) {
		this.container = container.factory.get();
	}

	private void start(Path directory, boolean compression) throws Exception {
		this.engine.setConnectionHandler(this.handler);
		this.container.start(new EngineServlet(EngineWebFilter.builder(this.engine)
			.webSocketService(new ServletWebSocketService(this.engine, compression))
			.build()), "", null, directory);
	}

	@AfterEach
	void stop() throws Exception {
		Await.get("the end of the engine", this.engine.close().toFuture());
		this.container.close();
	}

	@Test
	@Tag("EIO-107")
	void shouldNotCompressByDefault(@TempDir Path directory) throws Exception {
		start(directory, false);
		try (RawHttp http = new RawHttp(this.container.port())) {
			RawResponse response = http.upgrade(WEBSOCKET, OFFER);
			assertThat(response.status()).isEqualTo(101);
			assertThat(response.names()).doesNotContain("sec-websocket-extensions");
			assertThat(new RawWebSocket(http.connection()).readText()).startsWith("0{");
		}
	}

	@Test
	@Tag("EIO-107")
	void shouldCompressIfEnabled(@TempDir Path directory) throws Exception {
		start(directory, true);
		try (RawHttp http = new RawHttp(this.container.port())) {
			RawResponse response = http.upgrade(WEBSOCKET, OFFER);
			assertThat(response.status()).isEqualTo(101);
			assertThat(response.header("Sec-WebSocket-Extensions")).startsWith("permessage-deflate");
			assertThat(new RawWebSocket(http.connection()).read().first()).isEqualTo(0xc0 | RawWebSocket.TEXT);
		}
	}

	@Test
	@Tag("EIO-107")
	void shouldNotCompressWhenTheClientDoesNotOffer(@TempDir Path directory) throws Exception {
		start(directory, true);
		try (RawHttp http = new RawHttp(this.container.port())) {
			RawResponse response = http.upgrade(WEBSOCKET);
			assertThat(response.names()).doesNotContain("sec-websocket-extensions");
			assertThat(new RawWebSocket(http.connection()).readText()).startsWith("0{");
		}
	}

	enum Container {

		TOMCAT(TomcatContainer::new), JETTY(JettyContainer::new);

		private final Supplier<ServletContainer> factory;

		Container(Supplier<ServletContainer> factory) {
			this.factory = factory;
		}

	}

}
