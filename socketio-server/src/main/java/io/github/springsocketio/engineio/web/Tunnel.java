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

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Relays bytes between a client and another node, in each direction at the speed of the
 * slower side. After the request, no bytes of the client are relayed until the node has
 * switched protocols: they could be another request. On the client's connection, the
 * tunnel is in front of the HTTP decoder of the server. The two connections may have
 * different event loops.
 */
final class Tunnel {

	/** The time limit for the response of the node. */
	private static final long RESPONSE_SECONDS = 10;

	/** The time limit for the rest of a response that refuses the upgrade. */
	private static final long REFUSAL_SECONDS = 1;

	private static final String SWITCHING = "HTTP/1.1 101";

	private final Channel client;

	private final DataRate rate;

	private final NodeSide nodeSide = new NodeSide();

	private final ClientSide clientSide = new ClientSide();

	Tunnel(Channel client, DataRate rate) {
		this.client = client;
		this.rate = rate;
	}

	ChannelInboundHandlerAdapter nodeSide() {
		return this.nodeSide;
	}

	/**
	 * Start relaying. Called on the event loop of the client when the connection to the
	 * node is open.
	 * @param head the request
	 * @return {@code false} if the connection of the client cannot become a tunnel
	 */
	boolean start(ByteBuf head) {
		ChannelPipeline pipeline = this.client.pipeline();
		ChannelHandlerContext node = this.nodeSide.context;
		if (node == null || pipeline.get(EarlyBytes.class) == null) {
			head.release();
			return false;
		}
		pipeline.addAfter(EarlyBytes.class.getName(), ClientSide.class.getName(), this.clientSide);
		node.writeAndFlush(head);
		this.clientSide.limitResponse();
		node.read();
		return true;
	}

	/**
	 * The connection of the client.
	 */
	private final class ClientSide extends ChannelInboundHandlerAdapter {

		private volatile @Nullable ChannelHandlerContext context;

		private @Nullable Future<?> responseLimit;

		private @Nullable TransferWatch watch;

		/** Whether the node has switched protocols. */
		private boolean open;

		private boolean ended;

		@Override
		public void handlerAdded(ChannelHandlerContext context) {
			this.context = context;
		}

		void limitResponse() {
			this.responseLimit = Tunnel.this.client.eventLoop()
				.schedule(() -> Tunnel.this.client.close(), RESPONSE_SECONDS, TimeUnit.SECONDS);
		}

		/**
		 * Handle the start of the response of the node.
		 * @param switching whether the node switches protocols
		 */
		void responded(boolean switching) {
			cancelLimit();
			if (this.ended) {
				return;
			}
			if (switching) {
				this.open = true;
				Tunnel.this.client.config().setAutoRead(true);
				EarlyBytes.release(Tunnel.this.client.pipeline());
			}
			else {
				this.responseLimit = Tunnel.this.client.eventLoop()
					.schedule(this::end, REFUSAL_SECONDS, TimeUnit.SECONDS);
			}
		}

		private void cancelLimit() {
			Future<?> limit = this.responseLimit;
			if (limit != null) {
				limit.cancel(false);
			}
		}

		/**
		 * Resume reading from the client, because the node accepts more.
		 */
		void resume() {
			if (this.open) {
				Tunnel.this.client.config().setAutoRead(true);
			}
		}

		/**
		 * Watch the progress of the client while its channel is not writable.
		 */
		private void watchWrites(boolean stuck) {
			TransferWatch current = this.watch;
			if (stuck) {
				if (current == null) {
					current = TransferWatch.ofWrites(Tunnel.this.rate, Tunnel.this.client, this::tooSlow);
					this.watch = current;
				}
				current.start();
			}
			else if (current != null) {
				current.stop();
			}
		}

		private void tooSlow() {
			Tunnel.this.rate.exceeded();
			Tunnel.this.client.close();
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			ChannelHandlerContext node = Tunnel.this.nodeSide.context;
			if (!this.ended && node != null && message instanceof ByteBuf) {
				node.write(message);
			}
			else {
				ReferenceCountUtil.release(message);
			}
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) {
			ChannelHandlerContext node = Tunnel.this.nodeSide.context;
			if (!this.ended && node != null) {
				node.flush();
				boolean writable = node.channel().isWritable();
				// again, because the channel may have become writable on its own event
				// loop in the meantime
				context.channel().config().setAutoRead(writable);
				if (!writable && node.channel().isWritable()) {
					context.channel().config().setAutoRead(true);
				}
			}
		}

		@Override
		public void channelWritabilityChanged(ChannelHandlerContext context) {
			watchWrites(!context.channel().isWritable());
			ChannelHandlerContext node = Tunnel.this.nodeSide.context;
			if (context.channel().isWritable() && node != null) {
				node.read();
			}
			context.fireChannelWritabilityChanged();
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			this.ended = true;
			cancelLimit();
			watchWrites(false);
			Tunnel.this.nodeSide.close();
			context.fireChannelInactive();
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			context.close();
		}

		/**
		 * Shut down the output after the pending bytes. The connection remains open for
		 * reading, because a reset of the connection could discard these bytes.
		 */
		void end() {
			Channel channel = Tunnel.this.client;
			ChannelHandlerContext current = this.context;
			if (current == null || this.ended || !channel.isActive()) {
				return;
			}
			this.ended = true;
			cancelLimit();
			Tunnel.this.nodeSide.close();
			EarlyBytes.release(channel.pipeline());
			channel.config().setAutoRead(true);
			current.writeAndFlush(Unpooled.EMPTY_BUFFER)
				.addListener((future) -> ClosingHandshake.shutdownOutput(current));
			ClosingHandshake.limit(channel, Tunnel.this.rate);
		}

	}

	/**
	 * The connection to the node.
	 */
	private final class NodeSide extends ChannelInboundHandlerAdapter {

		private volatile @Nullable ChannelHandlerContext context;

		private boolean responded;

		@Override
		public void handlerAdded(ChannelHandlerContext context) {
			this.context = context;
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			ChannelHandlerContext client = Tunnel.this.clientSide.context;
			if (client == null) {
				ReferenceCountUtil.release(message);
				return;
			}
			if (!this.responded) {
				this.responded = true;
				boolean switching = message instanceof ByteBuf bytes && isSwitching(bytes);
				Tunnel.this.client.eventLoop().execute(() -> Tunnel.this.clientSide.responded(switching));
			}
			client.write(message);
		}

		private static boolean isSwitching(ByteBuf response) {
			return response.readableBytes() >= SWITCHING.length()
					&& response.toString(response.readerIndex(), SWITCHING.length(), StandardCharsets.US_ASCII)
						.equals(SWITCHING);
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) {
			ChannelHandlerContext client = Tunnel.this.clientSide.context;
			if (client != null) {
				client.flush();
				if (Tunnel.this.client.isWritable()) {
					context.read();
				}
			}
		}

		@Override
		public void channelWritabilityChanged(ChannelHandlerContext context) {
			if (context.channel().isWritable()) {
				Tunnel.this.client.eventLoop().execute(Tunnel.this.clientSide::resume);
			}
			context.fireChannelWritabilityChanged();
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			Tunnel.this.client.eventLoop().execute(Tunnel.this.clientSide::end);
			context.fireChannelInactive();
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			context.close();
		}

		void close() {
			ChannelHandlerContext current = this.context;
			if (current != null) {
				current.close();
			}
		}

	}

}
