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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineSessionHandler;
import io.github.springsocketio.engineio.EngineState;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.Deflated;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.resources.LoopResources;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One client that sends very much at once does not hold up another one on the same event
 * loop. The first message of the busy client is being handled when all of its messages,
 * and after them the one of the other client, have arrived.
 */
class FairnessWireTests {

	private static final int PACKETS = 5000;

	/** So many packets of one client may come before the others have their turn. */
	private static final int MAX_PACKETS = 1000;

	private static final LoopResources loop = LoopResources.create("fairness", 1, true);

	@RegisterExtension
	private final TestServers servers = new TestServers((spec) -> spec.http((http) -> http.runOn(loop)));

	private final Queue<String> handled = new ConcurrentLinkedQueue<>();

	private volatile boolean arrived;

	private volatile boolean begun;

	private volatile boolean closed;

	private volatile Runnable resume = () -> {
	};

	@AfterAll
	static void disposeLoop() {
		loop.disposeLater().block(Await.LIMIT);
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	@Tag("SEC-40")
	void shouldServeOthersBetweenTheFramesOfAWebsocket(boolean nativeWebsocket) {
		TestServer server = start((web) -> web.nativeWebsocket(nativeWebsocket));
		RawWebSocket busy = server.openWebsocket();
		RawWebSocket other = server.openWebsocket();
		busy.send(frames(PACKETS));
		Await.until("the first is being handled", () -> this.begun);
		other.sendText("4other");
		this.arrived = true;
		expectAll(MAX_PACKETS);
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	@Tag("SEC-106")
	void shouldServeOthersBetweenFramesThatGrow(boolean nativeWebsocket) {
		TestServer server = start((web) -> web.nativeWebsocket(nativeWebsocket)
			.websocketCompression(WebSocketCompressionOptions.defaults()));
		RawWebSocket busy = server.websocket("", "Sec-WebSocket-Extensions: permessage-deflate");
		busy.read();
		RawWebSocket other = server.openWebsocket();
		ByteArrayOutputStream frames = new ByteArrayOutputStream();
		for (int i = 0; i < 40; i++) {
			frames.writeBytes(RawWebSocket.frame(0xc1, true, Deflated.of("4" + i + " ".repeat(400_000))));
		}
		assertThat(frames.size()).isLessThan(40_000);
		busy.send(frames.toByteArray());
		Await.until("the first is being handled", () -> this.begun);
		other.sendText("4other");
		this.arrived = true;
		Await.until("all are handled", () -> this.handled.size() == 41);
		List<String> order = List.copyOf(this.handled);
		assertThat(order.indexOf("other")).isLessThan(5);
	}

	@Test
	@Tag("SEC-40")
	void shouldServeOthersBetweenThePacketsOfAPayload() {
		TestServer server = start((web) -> {
		});
		PollingClient busy = server.polling();
		RawWebSocket other = server.openWebsocket();
		String body = IntStream.range(0, PACKETS).mapToObj((i) -> "4" + i).collect(Collectors.joining("\u001e"));
		busy.posts().send("POST", busy.target(), body.getBytes(StandardCharsets.UTF_8));
		Await.until("the first is being handled", () -> this.begun);
		other.sendText("4other");
		this.arrived = true;
		assertThat(busy.posts().read().text()).isEqualTo("ok");
		expectAll(MAX_PACKETS);
		assertThat(busy.isAlive()).isTrue();
	}

	@Test
	@Tag("SEC-23")
	void shouldHandleAPayloadInItsOrderUpToItsEnd() {
		TestServer server = start((web) -> {
		});
		this.arrived = true;
		PollingClient busy = server.polling();
		String body = IntStream.range(0, 1000).mapToObj((i) -> "4" + i).collect(Collectors.joining("\u001e"));
		assertThat(busy.post(body + "\u001e1\u001e4late").text()).isEqualTo("ok");
		Await.until("the session is closed", () -> this.closed);
		assertThat(this.handled).containsExactlyElementsOf(numbers(1000));
		this.handled.clear();
		PollingClient malformed = server.polling();
		assertThat(malformed.post(body + "\u001e4last\u001e").status()).isEqualTo(400);
		assertThat(this.handled).hasSize(1001).endsWith("last");
	}

	@ParameterizedTest(name = "native: {0}")
	@ValueSource(booleans = { true, false })
	void shouldHandleWhatAClientHasSentBeforeItIsGone(boolean nativeWebsocket) {
		TestServer server = start((web) -> web.nativeWebsocket(nativeWebsocket));
		RawWebSocket busy = server.openWebsocket();
		busy.send(frames(PACKETS));
		busy.close();
		this.arrived = true;
		Await.until("the session is closed", () -> this.closed);
		assertThat(this.handled).containsExactlyElementsOf(numbers(PACKETS));
	}

	@Test
	@Tag("SEC-79")
	void shouldPauseBetweenTheFramesOfAWebsocket() {
		TestServer server = start((web) -> {
		});
		RawWebSocket busy = server.openWebsocket();
		EngineSession session = server.engine().sessions().iterator().next();
		busy.send(frames(PACKETS));
		Await.until("the first is being handled", () -> this.begun);
		session.pauseReading(true);
		this.arrived = true;
		RawWebSocket other = server.openWebsocket();
		other.sendText("4other");
		Await.until("the other is handled", () -> this.handled.contains("other"));
		assertThat(this.handled).hasSize(2);
		session.pauseReading(false);
		expectAll(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 3000, PACKETS })
	@Tag("SEC-79")
	void shouldServeOthersBetweenPacketsThatWereHeld(int packets) {
		TestServer server = start((web) -> {
		});
		PollingClient busy = server.polling();
		RawWebSocket other = server.openWebsocket();
		busy.session().pauseReading(true);
		String body = IntStream.range(0, packets).mapToObj((i) -> "4" + i).collect(Collectors.joining("\u001e"));
		busy.posts().send("POST", busy.target(), body.getBytes(StandardCharsets.UTF_8));
		Await.until("all are held", () -> EngineState.countedMemory(server.engine()) > packets * 64);
		this.resume = () -> busy.session().pauseReading(false);
		other.sendText("4resume");
		Await.until("the first is being handled", () -> this.begun);
		other.sendText("4other");
		this.arrived = true;
		assertThat(busy.posts().read().text()).isEqualTo("ok");
		expectAll(packets, MAX_PACKETS);
	}

	private void expectAll(int before) {
		expectAll(PACKETS, before);
	}

	private void expectAll(int packets, int before) {
		Await.until("all are handled", () -> this.handled.size() == packets + 1);
		List<String> order = List.copyOf(this.handled);
		assertThat(order.indexOf("other")).isLessThanOrEqualTo(before);
		assertThat(order.stream().filter((text) -> !text.equals("other"))).containsExactlyElementsOf(numbers(packets));
	}

	private static List<String> numbers(int count) {
		return IntStream.range(0, count).mapToObj(Integer::toString).toList();
	}

	private static byte[] frames(int count) {
		ByteArrayOutputStream frames = new ByteArrayOutputStream();
		for (int i = 0; i < count; i++) {
			frames.writeBytes(RawWebSocket.frame(RawWebSocket.TEXT, ("4" + i).getBytes(StandardCharsets.UTF_8)));
		}
		return frames.toByteArray();
	}

	private TestServer start(Consumer<EngineWebOptions.Builder> web) {
		return this.servers.start((spec) -> spec.web(web).handler((session) -> new Handler()));
	}

	/**
	 * Keeps the event loop until all messages have arrived, and notes their order.
	 */
	private final class Handler implements EngineSessionHandler {

		@Override
		public void onText(byte[] data, int offset, int length) {
			String text = new String(data, offset, length, StandardCharsets.UTF_8).trim();
			if (text.equals("resume")) {
				FairnessWireTests.this.resume.run();
				return;
			}
			FairnessWireTests.this.handled.add(text);
			FairnessWireTests.this.begun = true;
			long end = System.nanoTime() + Await.LIMIT.toNanos();
			while (!FairnessWireTests.this.arrived && System.nanoTime() - end < 0) {
				// Waits busily, as an event loop must not block
			}
		}

		@Override
		public void onBinary(byte[] data) {
		}

		@Override
		public void onClose(CloseReason reason, @Nullable String detail) {
			FairnessWireTests.this.closed = true;
		}

	}

}
