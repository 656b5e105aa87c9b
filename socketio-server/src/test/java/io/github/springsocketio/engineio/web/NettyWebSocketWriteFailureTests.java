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

import java.util.ArrayList;
import java.util.List;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.Handshakes;
import io.github.springsocketio.engineio.TransportServer;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.Recorder;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a websocket that gets no memory to write with.
 */
class NettyWebSocketWriteFailureTests {

	@Test
	void sessionIsClosedAndTheBufferIsReleased() {
		Recorder recorder = new Recorder();
		TransportServer server = (TransportServer) EngineServer.create(EngineOptions.defaults());
		server.setConnectionHandler(recorder);
		WebSocket13FrameEncoder encoder = new WebSocket13FrameEncoder(false);
		EmbeddedChannel channel = new EmbeddedChannel(encoder);
		NettyWebSocket websocket = new NettyWebSocket(channel,
				new EngineFrameDecoder(EngineFrameDecoder.config(1000, false)),
				new WebSocketLimits(new DataRate(server, EngineWebOptions.defaults()), 1000, 16),
				WebSocketWriter.of(false, false));
		channel.pipeline().addLast(websocket);
		websocket.open(channel.pipeline().context(encoder));
		EngineSession session = server.open("id", 4, Handshakes.none(), websocket);
		assertThat(session).isNotNull();
		channel.runPendingTasks();
		channel.releaseOutbound();
		TightAllocator allocator = new TightAllocator();
		channel.config().setAllocator(allocator);
		session.send("more than the 16 bytes that there are");
		channel.runPendingTasks();
		assertThat(allocator.buffers).hasSize(1).allMatch((buffer) -> buffer.refCnt() == 0);
		assertThat(recorder.awaitClose("id"))
			.isEqualTo(new Recorder.Closed(CloseReason.TRANSPORT_ERROR, "write failed"));
		ByteBuf close = channel.readOutbound();
		assertThat(close.readUnsignedShort()).isEqualTo(0x8800);
		channel.finishAndReleaseAll();
		server.close().block(Await.LIMIT);
	}

	/**
	 * Gives buffers that do not grow.
	 */
	private static final class TightAllocator extends AbstractByteBufAllocator {

		private final List<ByteBuf> buffers = new ArrayList<>();

		@Override
		public ByteBuf ioBuffer(int initialCapacity) {
			ByteBuf buffer = heapBuffer(16, 16);
			this.buffers.add(buffer);
			return buffer;
		}

		@Override
		protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
			return UnpooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
		}

		@Override
		protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
			return UnpooledByteBufAllocator.DEFAULT.directBuffer(initialCapacity, maxCapacity);
		}

		@Override
		public boolean isDirectBufferPooled() {
			return false;
		}

	}

}
