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
import java.util.List;
import java.util.Objects;

import io.github.springsocketio.testsupport.Deflated;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many frames are decoded before the others of the event loop have their turn.
 */
class EngineFrameDecoderTests {

	private static final int FRAMES = 20;

	private final EmbeddedChannel channel = new EmbeddedChannel();

	@AfterEach
	void release() {
		this.channel.finishAndReleaseAll();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("SEC-40")
	void uncompressedFramesCountOnce(boolean extension) {
		install(extension);
		receive(RawWebSocket.frame(RawWebSocket.BINARY, new byte[40 * 1024]));
		assertThat(this.channel.inboundMessages()).hasSize(7);
		assertThat(this.channel.config().isAutoRead()).isFalse();
		while (this.channel.hasPendingTasks()) {
			this.channel.runPendingTasks();
		}
		assertThat(this.channel.inboundMessages()).hasSize(FRAMES);
		assertThat(this.channel.config().isAutoRead()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("SEC-106")
	void compressedFramesCountWithTheLargerSize(boolean growing) {
		install(true);
		byte[] payload = growing ? Deflated.of(" ".repeat(40 * 1024)) : emptyBlocks();
		receive(RawWebSocket.frame(0xc0 | RawWebSocket.BINARY, true, payload));
		assertThat(this.channel.inboundMessages()).hasSize(7);
		while (this.channel.hasPendingTasks()) {
			this.channel.runPendingTasks();
		}
		assertThat(this.channel.inboundMessages()).hasSize(FRAMES);
	}

	/**
	 * Return the payload of a frame that is inflated to one byte: a block with it and
	 * many without any.
	 */
	private static byte[] emptyBlocks() {
		ByteArrayOutputStream payload = new ByteArrayOutputStream();
		payload.writeBytes(new byte[] { 0, 1, 0, (byte) 0xfe, (byte) 0xff, 'a' });
		for (int i = 0; i < 8 * 1024; i++) {
			payload.writeBytes(new byte[] { 0, 0, 0, (byte) 0xff, (byte) 0xff });
		}
		payload.write(0);
		return payload.toByteArray();
	}

	/**
	 * Let a frame arrive many times within one read.
	 */
	private void receive(byte[] frame) {
		ByteArrayOutputStream frames = new ByteArrayOutputStream();
		for (int i = 0; i < FRAMES; i++) {
			frames.writeBytes(frame);
		}
		// In contrast to writeInbound, this runs no tasks
		this.channel.pipeline().fireChannelRead(Unpooled.wrappedBuffer(frames.toByteArray()));
		this.channel.pipeline().fireChannelReadComplete();
	}

	private void install(boolean extension) {
		EngineFrameDecoder decoder = new EngineFrameDecoder(EngineFrameDecoder.config(100_000, extension));
		this.channel.pipeline().addLast(decoder);
		if (extension) {
			PerMessageDeflate deflate = PerMessageDeflate.negotiate(List.of(PerMessageDeflate.NAME),
					WebSocketCompressionOptions.defaults());
			this.channel.pipeline().addLast(Objects.requireNonNull(deflate).newDecoder(1_000_000));
		}
		this.channel.pipeline().addLast(decoder.messageCounter());
	}

}
