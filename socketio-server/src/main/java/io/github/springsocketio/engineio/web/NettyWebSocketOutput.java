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

import java.util.Objects;

import io.github.springsocketio.engineio.Outbox;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * The writing side of a {@link NettyWebSocket}. Collects messages in one buffer, flushes
 * once, and watches whether the peer accepts data. All methods are called on the
 * channel's event loop.
 */
final class NettyWebSocketOutput {

	private static final int BATCH = 65536;

	private static final ByteBuf EMPTY_CLOSE = Unpooled
		.unreleasableBuffer(Unpooled.directBuffer(2).writeByte(0x88).writeByte(0))
		.asReadOnly();

	private final NettyWebSocket websocket;

	private final DataRate rate;

	private final WebSocketWriter writer;

	private @Nullable ChannelHandlerContext encoder;

	private boolean dirty;

	private byte @Nullable [] unansweredPing;

	private @Nullable TransferWatch watch;

	NettyWebSocketOutput(NettyWebSocket websocket, DataRate rate, WebSocketWriter writer) {
		this.websocket = websocket;
		this.rate = rate;
		this.writer = writer;
	}

	/**
	 * Open the output, before anything is written.
	 * @param encoder the context of Netty's frame encoder, whose write methods bypass it
	 */
	void open(ChannelHandlerContext encoder) {
		this.encoder = encoder;
	}

	private ChannelHandlerContext encoder() {
		return Objects.requireNonNull(this.encoder, "Not open");
	}

	/**
	 * Write the outbox as long as the channel is writable.
	 * @param reading whether a read is in progress, at the end of which
	 * {@link #flush(ChannelHandlerContext)} is called; a channel that is no longer
	 * writable is flushed before
	 */
	void drain(Outbox outbox, boolean reading) {
		Channel channel = this.websocket.channel();
		while (this.websocket.isOpen() && channel.isWritable() && outbox.peek() != null) {
			drainBatch(channel, outbox);
		}
		if (!reading || !channel.isWritable()) {
			flush(encoder());
		}
		watchWrites(!channel.isWritable());
	}

	private void drainBatch(Channel channel, Outbox outbox) {
		int expected = (int) Math.min(BATCH, outbox.bytes() + 64);
		ByteBuf out = channel.alloc().ioBuffer(expected);
		Runnable mark;
		try {
			mark = fill(out, outbox);
		}
		catch (Throwable ex) {
			// No memory to enlarge the buffer: its messages are lost, and the session is
			// closed
			out.release();
			throw ex;
		}
		write(out, mark);
	}

	/**
	 * Fill a buffer with messages.
	 * @return the mark that follows the messages, or {@code null}
	 */
	private @Nullable Runnable fill(ByteBuf out, Outbox outbox) {
		while (out.readableBytes() < BATCH) {
			Object entry = outbox.poll();
			if (entry instanceof EncodedMessage message) {
				this.writer.write(message, out);
			}
			else {
				return (Runnable) entry;
			}
		}
		return null;
	}

	private void write(ByteBuf out, @Nullable Runnable mark) {
		this.dirty = true;
		if (mark == null) {
			encoder().write(out, encoder().voidPromise());
		}
		else {
			encoder().write(out).addListener((future) -> {
				if (future.isSuccess()) {
					mark.run();
				}
			});
		}
	}

	/**
	 * Flush pending writes, if there are any.
	 */
	void flush(ChannelHandlerContext context) {
		if (this.dirty) {
			this.dirty = false;
			context.flush();
		}
	}

	/**
	 * Write a packet that bypasses the outbox.
	 */
	void sendControl(EncodedMessage packet) {
		ByteBuf out = this.websocket.channel().alloc().ioBuffer(packet.bytes() + 10);
		this.writer.write(packet, out);
		encoder().writeAndFlush(out, encoder().voidPromise());
	}

	/**
	 * Write a close frame without a status code (EIO-66).
	 */
	void sendClose() {
		encoder().writeAndFlush(EMPTY_CLOSE.duplicate(), encoder().voidPromise());
	}

	/**
	 * Respond to a ping together with the current read. While the channel is not
	 * writable, only the last ping is answered, later (RFC 6455, section 5.5.3).
	 */
	void answerPing(ChannelHandlerContext context, ByteBuf payload) {
		if (context.channel().isWritable()) {
			this.unansweredPing = null;
			context.write(new PongWebSocketFrame(payload.retain()), context.voidPromise());
			this.dirty = true;
		}
		else {
			this.unansweredPing = ByteBufUtil.getBytes(payload);
			watchWrites(true);
		}
	}

	/**
	 * Called when the channel is writable again.
	 */
	void onWritable(ChannelHandlerContext context) {
		watchWrites(false);
		byte[] payload = this.unansweredPing;
		this.unansweredPing = null;
		if (payload != null && this.websocket.isOpen()) {
			context.writeAndFlush(new PongWebSocketFrame(Unpooled.wrappedBuffer(payload)), context.voidPromise());
		}
	}

	/**
	 * Called when the connection is closed.
	 */
	void onInactive() {
		watchWrites(false);
		this.writer.close();
	}

	/**
	 * Watch the progress of the peer while the channel is not writable.
	 */
	private void watchWrites(boolean stuck) {
		if (stuck && this.websocket.isOpen()) {
			if (this.watch == null) {
				this.watch = TransferWatch.ofWrites(this.rate, this.websocket.channel(), this::tooSlow);
			}
			this.watch.start();
		}
		else if (!stuck && this.watch != null) {
			this.watch.stop();
		}
	}

	private void tooSlow() {
		if (this.websocket.isOpen()) {
			this.websocket.writeTimedOut();
		}
	}

}
