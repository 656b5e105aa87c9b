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

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.TransportServer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The compression of the websockets of an endpoint on Reactor Netty, which is negotiated
 * here rather than by Netty: Netty declines offers that limit the window, and tells
 * clients only what they have offered.
 */
final class WebSocketCompression {

	private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

	private static final String DECODER = "socketIoInflate";

	private static final String COUNTER = "socketIoMessageCounter";

	private final TransportServer server;

	private final EngineOptions engine;

	private final @Nullable WebSocketCompressionOptions options;

	private final WebSocketDecoderConfig plain;

	private final WebSocketDecoderConfig extended;

	private final SharedCompression[] shared;

	/**
	 * Create a compression.
	 * @param options what is negotiated; {@code null} for no compression
	 */
	WebSocketCompression(TransportServer server, @Nullable WebSocketCompressionOptions options) {
		this.server = server;
		this.engine = server.options();
		this.options = options;
		this.plain = decoderConfig(false);
		this.extended = decoderConfig(true);
		this.shared = (options != null) ? shared(server, options) : new SharedCompression[0];
	}

	private static SharedCompression[] shared(TransportServer server, WebSocketCompressionOptions options) {
		SharedCompression[] shared = new SharedCompression[PerMessageDeflate.MAX_WINDOW_BITS + 1];
		for (int bits = PerMessageDeflate.MIN_WINDOW_BITS; bits < shared.length; bits++) {
			shared[bits] = new SharedCompression(bits, options.threshold(),
					(bits == options.serverMaxWindowBits()) ? server::countKept : null);
		}
		return shared;
	}

	private WebSocketDecoderConfig decoderConfig(boolean extensions) {
		return EngineFrameDecoder.config(WebSocketHandshakes.maxFramePayload(this.engine, extensions), extensions);
	}

	/**
	 * Negotiate compression, and set the header of the response. Without enough memory,
	 * there is no compression.
	 * @return what was negotiated, or {@code null} for no compression
	 */
	@Nullable PerMessageDeflate negotiate(EngineRequest request) {
		HttpHeaders headers = request.headers();
		PerMessageDeflate deflate = (this.options != null)
				? PerMessageDeflate.negotiate(headers.getOrEmpty(EXTENSIONS), this.options) : null;
		if (deflate == null || !this.server.hasSpareMemory(deflate.contextBytes())) {
			return null;
		}
		request.responseHeaders().set(EXTENSIONS, deflate.headerValue());
		return deflate;
	}

	/**
	 * Return what compresses the messages to a websocket.
	 */
	PayloadCompression compression(PerMessageDeflate deflate) {
		int bits = deflate.serverWindowBits();
		return deflate.isServerNoContext() ? this.shared[bits] : new ContextCompression(bits);
	}

	/**
	 * Replace the frame decoder that Reactor Netty has added, and add the decoder of the
	 * extension behind it. Called on the event loop before the first frame is decoded.
	 * @param deflate what was negotiated, or {@code null} for no compression
	 * @param aggregated whether a handler behind them joins the fragments of a message
	 * @return the frame decoder
	 */
	EngineFrameDecoder installDecoders(ChannelPipeline pipeline, @Nullable PerMessageDeflate deflate,
			boolean aggregated) {
		String name = EngineFrameDecoder.class.getName();
		EngineFrameDecoder decoder = new EngineFrameDecoder((deflate != null) ? this.extended : this.plain);
		pipeline.replace(WebSocketFrameDecoder.class, name, decoder);
		if (deflate != null || aggregated) {
			pipeline.addAfter(name, COUNTER, decoder.messageCounter());
		}
		if (deflate != null) {
			int maxInflated = (int) Math.min(Integer.MAX_VALUE, 3L * this.engine.maxHttpBufferSize() + 1024);
			pipeline.addAfter(name, DECODER, deflate.newDecoder(maxInflated));
			countContext(pipeline.channel(), deflate.contextBytes());
		}
		return decoder;
	}

	private void countContext(Channel channel, int bytes) {
		this.server.countMemory(bytes);
		channel.closeFuture().addListener((future) -> this.server.countMemory(-bytes));
	}

	/**
	 * Add what compresses the frames that others write.
	 */
	void installEncoder(ChannelPipeline pipeline, PerMessageDeflate deflate) {
		ChannelHandlerContext encoder = pipeline.context(WebSocketFrameEncoder.class);
		if (encoder != null) {
			pipeline.addAfter(encoder.name(), DeflateFrameEncoder.class.getName(),
					new DeflateFrameEncoder(compression(deflate)));
		}
	}

}
