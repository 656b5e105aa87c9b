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

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RawWebSocket;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The heap that a websocket takes that has exchanged a message and is idle, with the
 * default limits. The client, which keeps no buffers, is included.
 */
class IdleWebSocketMemoryTests {

	private static final Log logger = LogFactory.getLog(IdleWebSocketMemoryTests.class);

	private static final int WARM_UP = 50;

	private static final int WEBSOCKETS = 300;

	private final List<Socket> clients = new ArrayList<>();

	@Test
	void shouldTakeLittleMemoryOnTomcat(@TempDir Path directory) throws Exception {
		test(new TomcatContainer(), directory);
	}

	@Test
	void shouldTakeLittleMemoryOnJetty(@TempDir Path directory) throws Exception {
		test(new JettyContainer(), directory);
	}

	private void test(ServletContainer container, Path directory) throws Exception {
		EngineServer engine = EngineServer.create(EngineOptions.builder().pingInterval(Duration.ofMinutes(10)).build());
		engine.setConnectionHandler(new EchoHandler());
		try (container) {
			container.start(new EngineServlet(EngineWebFilter.builder(engine)
				.webSocketService(new ServletWebSocketService(engine, false))
				.build()), "", null, directory);
			open(container, WARM_UP);
			long before = usedHeap();
			open(container, WEBSOCKETS);
			long each = (usedHeap() - before) / WEBSOCKETS;
			logger.info(container.getClass().getSimpleName() + ": " + each + " bytes for each websocket");
			assertThat(each).as(container.getClass().getSimpleName()).isLessThan(64 * 1024);
			Await.get("the end of the engine", engine.close().toFuture());
			for (Socket client : this.clients) {
				client.close();
			}
		}
	}

	private void open(ServletContainer container, int count) throws IOException {
		for (int i = 0; i < count; i++) {
			Socket client = new Socket(InetAddress.getLoopbackAddress(), container.port());
			client.setSoTimeout((int) Await.LIMIT.toMillis());
			this.clients.add(client);
			String head = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n"
					+ String.join("\r\n", RawWebSocket.handshakeHeaders()) + "\r\n\r\n";
			client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
			readUntil(client, "}");
			client.getOutputStream().write(RawWebSocket.frame(RawWebSocket.TEXT, "4text".getBytes()));
			readUntil(client, "4text");
			client.getOutputStream().write(RawWebSocket.frame(RawWebSocket.BINARY, "binary".getBytes()));
			readUntil(client, "binary");
		}
	}

	private static void readUntil(Socket client, String text) throws IOException {
		StringBuilder read = new StringBuilder();
		while (read.indexOf(text) < 0) {
			read.append((char) client.getInputStream().read());
		}
	}

	private static long usedHeap() {
		for (int i = 0; i < 3; i++) {
			System.gc();
			Await.pass(Duration.ofMillis(50));
		}
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

}
