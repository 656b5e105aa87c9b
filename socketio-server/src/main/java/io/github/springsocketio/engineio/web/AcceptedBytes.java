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

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Counts the bytes that the network accepts from a channel. Added to the pipeline when
 * the count is first needed, which is when the peer reads slowly. All methods are called
 * on the channel's event loop.
 */
final class AcceptedBytes extends ChannelOutboundHandlerAdapter {

	/** The size that Netty adds to each pending buffer. */
	private static final int OVERHEAD = Math.max(0,
			Integer.getInteger("io.netty.transport.outboundBufferEntrySizeOverhead", 96));

	private final Channel channel;

	private long written;

	private AcceptedBytes(Channel channel) {
		this.channel = channel;
	}

	/**
	 * Return the counter of a channel.
	 */
	static AcceptedBytes of(Channel channel) {
		AcceptedBytes known = channel.pipeline().get(AcceptedBytes.class);
		if (known != null) {
			return known;
		}
		AcceptedBytes created = new AcceptedBytes(channel);
		channel.pipeline().addFirst(AcceptedBytes.class.getName(), created);
		return created;
	}

	/**
	 * Return the number of bytes of a channel that the network has not accepted yet.
	 */
	static long pending(Channel channel) {
		ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
		return (buffer != null) ? buffer.totalPendingWriteBytes() - buffer.currentProgress() : 0;
	}

	/**
	 * Return the number of accepted bytes, with an arbitrary start value.
	 */
	long count() {
		return this.written - pending(this.channel);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof ByteBuf buffer) {
			this.written += buffer.readableBytes() + OVERHEAD;
		}
		context.write(message, promise);
	}

}
