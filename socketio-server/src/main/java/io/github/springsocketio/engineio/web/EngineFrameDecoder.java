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

import io.github.springsocketio.engineio.CountedBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the frames of a websocket. Unlike the decoder that Reactor Netty adds, it does
 * not close the connection itself: the handler of the websocket does, and reports the
 * reason to the session. It also refuses close codes that RFC 6455 does not define.
 * <p>
 * One event loop iteration decodes at most as much as a {@link WorkLimit} allows. Then
 * reading stops and the rest remains undecoded until the event loop has processed other
 * channels. The memory of incomplete frames is counted, and so are the fragments of an
 * incomplete message, which the handler of the websocket collects. The bytes of a frame
 * are counted once, also while it changes from an incomplete frame to a fragment.
 */
final class EngineFrameDecoder extends WebSocket13FrameDecoder {

	/** The largest code of RFC 6455, section 7.4.2. */
	private static final int MAX_CLOSE_CODE = 4999;

	/** The reserved bits RSV2 and RSV3, which permessage-deflate does not use. */
	private static final int UNUSED_BITS = 0x03;

	/** Smaller incomplete frames are not counted. */
	private static final int MIN_COUNTED = 16384;

	/** The step in which the memory of an incomplete frame is reported. */
	private static final int INCOMPLETE_STEP = 4096;

	/** The step in which the size of fragments is reported. */
	private static final int FRAGMENTS_STEP = 256;

	/** The maximum number of bytes that are decoded after the peer has disconnected. */
	private static final int MAX_LAST_BYTES = 4194304;

	private final WorkLimit limit = new WorkLimit();

	private final int maxFramePayload;

	private @Nullable MemoryCounter memory;

	/**
	 * The memory that is allocated for an incomplete frame; created for the first one.
	 */
	private @Nullable CountedBytes incomplete;

	/** The size of the fragments of an incomplete message; created for the first one. */
	private @Nullable CountedBytes fragments;

	private boolean ignoringFragments;

	/** Whether a {@link MessageCounter} counts the fragments. */
	private boolean hasMessageCounter;

	/** The size of the last frame before it is inflated. */
	private int frameBytes;

	/** Whether the rest is decoded in a later event loop iteration. */
	private boolean waiting;

	/** Whether reading resumes when the rest is decoded. */
	private boolean reading;

	private boolean last;

	private boolean removed;

	/**
	 * Create a decoder.
	 * @param config a configuration of {@link #config(int, boolean)}
	 */
	EngineFrameDecoder(WebSocketDecoderConfig config) {
		super(config);
		this.maxFramePayload = config.maxFramePayloadLength();
	}

	/**
	 * Create a configuration, which several decoders can share.
	 * @param maxFramePayload the maximum size of the payload of a frame
	 * @param extensions whether an extension was negotiated, whose frames may have
	 * reserved bits
	 */
	static WebSocketDecoderConfig config(int maxFramePayload, boolean extensions) {
		return WebSocketDecoderConfig.newBuilder()
			.maxFramePayloadLength(maxFramePayload)
			.allowExtensions(extensions)
			.closeOnProtocolViolation(false)
			.withUTF8Validator(false)
			.build();
	}

	/**
	 * Set the counter of held memory.
	 */
	void setMemory(MemoryCounter memory) {
		this.memory = memory;
	}

	/**
	 * Return a handler that counts the final size of frames and of the fragments that
	 * later handlers collect. It also removes an aggregator when the channel is closed.
	 * To be placed behind the decoder of the extension, or behind this one if there is
	 * none. Without it, this decoder counts the fragments.
	 */
	ChannelInboundHandler messageCounter() {
		this.hasMessageCounter = true;
		return new MessageCounter();
	}

	/**
	 * Stop counting fragments, because they are no longer collected. Called on the event
	 * loop.
	 */
	void ignoreFragments() {
		this.ignoringFragments = true;
		if (this.fragments != null) {
			this.fragments.set(0);
		}
	}

	private void countIncomplete(int bytes) {
		if (this.incomplete == null && bytes != 0) {
			this.incomplete = new CountedBytes(this::countMemory, INCOMPLETE_STEP);
		}
		if (this.incomplete != null) {
			this.incomplete.set(bytes);
		}
	}

	/**
	 * Stop counting the bytes of a frame that is complete now. If they are kept, as a
	 * fragment or by the session, they are counted there. If they were counted twice, the
	 * session could be closed although the limit is not exceeded.
	 */
	private void countComplete(int bytes) {
		if (this.incomplete != null) {
			this.incomplete.add(-Math.min(bytes, this.incomplete.size()));
		}
	}

	private void countMemory(long bytes) {
		if (this.memory != null) {
			this.memory.countMemory(bytes);
		}
	}

	private void countFragment(WebSocketFrame frame, int size) {
		boolean last = frame.isFinalFragment();
		int before = (this.fragments != null) ? this.fragments.size() : 0;
		if (this.ignoringFragments || (last && before == 0) || isControl(frame)) {
			return;
		}
		if (this.fragments == null) {
			this.fragments = new CountedBytes(this::countMemory, FRAGMENTS_STEP);
		}
		// An aggregator collects no more than this of a message
		this.fragments.set(last ? 0 : (int) Math.min(this.maxFramePayload, before + (long) size));
	}

	private static boolean isControl(WebSocketFrame frame) {
		return frame instanceof PingWebSocketFrame || frame instanceof PongWebSocketFrame
				|| frame instanceof CloseWebSocketFrame;
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
		if (this.limit.isReached()) {
			if (!this.last) {
				waitForOthers(context);
				return;
			}
			if (this.limit.bytes() > MAX_LAST_BYTES) {
				in.skipBytes(in.readableBytes());
				return;
			}
		}
		int before = out.size();
		super.decode(context, in, out);
		if (out.size() > before && out.get(before) instanceof WebSocketFrame frame) {
			if ((frame.rsv() & UNUSED_BITS) != 0) {
				out.remove(before);
				frame.release();
				// If extensions are allowed, Netty accepts all three bits
				throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR,
						"Reserved bits that no extension uses");
			}
			this.frameBytes = frame.content().readableBytes();
			this.limit.add(this.frameBytes);
			countComplete(this.frameBytes);
			if (!this.hasMessageCounter) {
				countFragment(frame, this.frameBytes);
			}
		}
	}

	private void waitForOthers(ChannelHandlerContext context) {
		ChannelConfig config = context.channel().config();
		// Reactor Netty may have resumed reading in the meantime
		this.reading |= config.isAutoRead();
		config.setAutoRead(false);
		if (!this.waiting) {
			this.waiting = true;
			WorkLimit.afterOthers(context.executor(), () -> resume(context));
		}
	}

	private void resume(ChannelHandlerContext context) {
		this.waiting = false;
		if (this.removed) {
			return;
		}
		this.limit.reset();
		// Reading resumes before the next frame is decoded, because its handler may pause
		// reading
		resumeReading(context.channel());
		try {
			channelRead(context, Unpooled.EMPTY_BUFFER);
			channelReadComplete(context);
		}
		catch (Throwable ex) {
			context.fireExceptionCaught(ex);
			context.fireChannelReadComplete();
		}
	}

	private void resumeReading(Channel channel) {
		if (this.reading) {
			this.reading = false;
			channel.config().setAutoRead(true);
		}
	}

	/**
	 * Pause or resume reading. Called on the event loop.
	 */
	void setReading(Channel channel, boolean enabled) {
		if (this.waiting && !this.removed) {
			this.reading = enabled;
		}
		else {
			channel.config().setAutoRead(enabled);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) throws Exception {
		countIncomplete((actualReadableBytes() >= MIN_COUNTED) ? internalBuffer().capacity() : 0);
		if (this.waiting) {
			// Nothing is read before the rest is decoded
			discardSomeReadBytes();
			context.fireChannelReadComplete();
			return;
		}
		this.limit.reset();
		super.channelReadComplete(context);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) throws Exception {
		this.last = true;
		this.limit.reset();
		countIncomplete(0);
		ignoreFragments();
		super.channelInactive(context);
	}

	@Override
	protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
		this.removed = true;
		resumeReading(context.channel());
		countIncomplete(0);
		ignoreFragments();
		super.handlerRemoved0(context);
	}

	@Override
	protected void checkCloseFrameBody(ChannelHandlerContext context, ByteBuf body) {
		super.checkCloseFrameBody(context, body);
		if (body.readableBytes() >= 2 && body.getUnsignedShort(body.readerIndex()) > MAX_CLOSE_CODE) {
			throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR, "Invalid close code");
		}
	}

	/**
	 * Counts frames in their final size, after inflation.
	 */
	private final class MessageCounter extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof WebSocketFrame frame) {
				int size = frame.content().readableBytes();
				EngineFrameDecoder.this.limit.grow(Math.max(0, size - EngineFrameDecoder.this.frameBytes));
				countFragment(frame, size);
			}
			context.fireChannelRead(message);
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			ignoreFragments();
			ChannelPipeline pipeline = context.pipeline();
			if (pipeline.get(WebSocketFrameAggregator.class) != null) {
				// The aggregator would fail because of an incomplete message, which
				// Reactor Netty logs as an error
				pipeline.remove(WebSocketFrameAggregator.class);
			}
			context.fireChannelInactive();
		}

		@Override
		public void handlerRemoved(ChannelHandlerContext context) {
			ignoreFragments();
		}

	}

}
