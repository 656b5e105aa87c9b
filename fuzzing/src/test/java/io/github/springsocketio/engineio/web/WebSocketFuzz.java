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

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineSessionHandler;
import io.github.springsocketio.engineio.HandshakeRequest;
import io.github.springsocketio.engineio.TransportServer;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import org.jspecify.annotations.Nullable;

/**
 * Any bytes on a websocket are frames and packets, or end the session; the channel sees
 * no exception, and nothing is left.
 */
class WebSocketFuzz {

	private static final int LIMIT = 2000;

	private static final HandshakeRequest NO_REQUEST = (HandshakeRequest) Proxy.newProxyInstance(
			HandshakeRequest.class.getClassLoader(), new Class<?>[] { HandshakeRequest.class },
			(proxy, method, arguments) -> method.isDefault() ? InvocationHandler.invokeDefault(proxy, method, arguments)
					: null);

	@FuzzTest(maxDuration = "60s")
	void fuzz(byte[] bytes) {
		TransportServer server = (TransportServer) EngineServer
			.create(EngineOptions.builder().maxHttpBufferSize(LIMIT).build());
		List<Echo> echoes = new ArrayList<>(1);
		server.setConnectionHandler((session) -> {
			Echo echo = new Echo(session);
			echoes.add(echo);
			return echo;
		});
		WebSocket13FrameEncoder encoder = new WebSocket13FrameEncoder(false);
		EmbeddedChannel channel = new EmbeddedChannel(encoder,
				new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
					// a fuzzer does not mask
					.expectMaskedFrames(bytes.length > 0 && bytes[0] < 0)
					.maxFramePayloadLength(LIMIT)
					.closeOnProtocolViolation(false)
					.withUTF8Validator(false)
					.build()));
		NettyWebSocket websocket = new NettyWebSocket(channel,
				new EngineFrameDecoder(EngineFrameDecoder.config(LIMIT, false)),
				new WebSocketLimits(new DataRate(server, EngineWebOptions.defaults()), LIMIT, 16),
				WebSocketWriter.of(false, bytes.length % 2 == 1));
		channel.pipeline().addLast(websocket);
		websocket.open(channel.pipeline().context(encoder));
		server.open("id", (bytes.length % 2 == 1) ? 3 : 4, NO_REQUEST, websocket);
		channel.writeInbound(Unpooled.wrappedBuffer(bytes));
		channel.runPendingTasks();
		channel.finishAndReleaseAll();
		channel.runPendingTasks();
		channel.checkException();
		echoes.forEach(Echo::check);
		if (server.clientsCount() != 0) {
			throw new IllegalStateException("The session is still there");
		}
		server.close().block(Duration.ofSeconds(20));
	}

	/**
	 * Sends back what comes.
	 */
	private static final class Echo implements EngineSessionHandler {

		private final EngineSession session;

		private int received;

		private boolean closed;

		private @Nullable String failure;

		Echo(EngineSession session) {
			this.session = session;
		}

		@Override
		public void onText(byte[] data, int offset, int length) {
			this.session.send(new String(data, offset, length, StandardCharsets.UTF_8));
			count(length);
		}

		@Override
		public void onBinary(byte[] data) {
			this.session.send(data);
			count(data.length);
		}

		private void count(int length) {
			this.received++;
			if (this.closed || length > LIMIT) {
				this.failure = "Too late or too long: message " + this.received;
			}
		}

		@Override
		public void onClose(CloseReason reason, @Nullable String detail) {
			if (this.closed) {
				this.failure = "Closed twice";
			}
			this.closed = true;
		}

		/**
		 * Fail here: what is thrown above goes to the log only.
		 */
		void check() {
			if (this.failure != null) {
				throw new IllegalStateException(this.failure);
			}
		}

	}

}
