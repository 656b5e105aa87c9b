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
import java.util.function.LongConsumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * Decodes the frames of a websocket. In contrast to the one that Reactor Netty adds, it
 * leaves closing the connection to the handler of the websocket, so that the session
 * learns the reason, and refuses close codes that RFC 6455 does not define.
 *
 * <p>
 * One pass of the event loop decodes no more than a {@link WorkLimit} allows. The rest
 * stays undecoded, and reading stops, until the others of the event loop have had their
 * turn. What is held of an incomplete frame is counted.
 */
final class EngineFrameDecoder extends WebSocket13FrameDecoder {

	/** The largest code of RFC 6455, section 7.4.2. */
	private static final int MAX_CLOSE_CODE = 4999;

	/** The reserved bits RSV2 and RSV3, which permessage-deflate does not use. */
	private static final int UNUSED_BITS = 0x03;

	/** Less than this is not worth counting. */
	private static final int MIN_COUNTED = 16384;

	/** What is still decoded for a peer that is gone may grow by so many bytes. */
	private static final int MAX_LAST_BYTES = 4194304;

	private final WorkLimit limit = new WorkLimit();

	private LongConsumer memory = (bytes) -> {
	};

	private int counted;

	/** Whether the rest waits for others. */
	private boolean waiting;

	/** Whether reading goes on when the rest was decoded. */
	private boolean reading;

	private boolean last;

	private boolean removed;

	/**
	 * Create a decoder.
	 * @param maxFramePayload the maximum size of the payload of a frame
	 * @param extensions whether an extension was negotiated, which may use reserved bits
	 */
	EngineFrameDecoder(int maxFramePayload, boolean extensions) {
		super(WebSocketDecoderConfig.newBuilder()
			.maxFramePayloadLength(maxFramePayload)
			.allowExtensions(extensions)
			.closeOnProtocolViolation(false)
			.withUTF8Validator(false)
			.build());
	}

	/**
	 * Set what is told of the bytes that are held, negative when they are released.
	 */
	void setMemory(LongConsumer memory) {
		this.memory = memory;
	}

	/**
	 * Return a handler that counts what the frames have grown to, to be placed behind the
	 * decoder of the extension.
	 */
	ChannelInboundHandler inflatedCounter() {
		return new ChannelInboundHandlerAdapter() {

			@Override
			public void channelRead(ChannelHandlerContext context, Object message) {
				if (message instanceof WebSocketFrame frame) {
					EngineFrameDecoder.this.limit.grow(frame.content().readableBytes());
				}
				context.fireChannelRead(message);
			}

		};
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
				// Where extensions are allowed, Netty allows all three bits
				throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR,
						"Reserved bits that no extension uses");
			}
			this.limit.add(frame.content().readableBytes());
		}
	}

	private void waitForOthers(ChannelHandlerContext context) {
		ChannelConfig config = context.channel().config();
		// Reactor Netty may have resumed reading meanwhile
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
		// Before the next frame, whose handler may pause reading
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
		countMemory(actualReadableBytes());
		if (this.waiting) {
			// Nothing is read before the rest was decoded
			discardSomeReadBytes();
			context.fireChannelReadComplete();
			return;
		}
		this.limit.reset();
		super.channelReadComplete(context);
	}

	private void countMemory(int held) {
		int capacity = (held >= MIN_COUNTED) ? internalBuffer().capacity() : 0;
		if (capacity != this.counted) {
			int added = capacity - this.counted;
			this.counted = capacity;
			this.memory.accept(added);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) throws Exception {
		this.last = true;
		this.limit.reset();
		countMemory(0);
		super.channelInactive(context);
	}

	@Override
	protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
		this.removed = true;
		resumeReading(context.channel());
		countMemory(0);
		super.handlerRemoved0(context);
	}

	@Override
	protected void checkCloseFrameBody(ChannelHandlerContext context, ByteBuf body) {
		super.checkCloseFrameBody(context, body);
		if (body.readableBytes() >= 2 && body.getUnsignedShort(body.readerIndex()) > MAX_CLOSE_CODE) {
			throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR, "Invalid close code");
		}
	}

}
