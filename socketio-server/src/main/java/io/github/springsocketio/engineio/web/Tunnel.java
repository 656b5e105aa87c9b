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
 * Passes bytes on between a client and another node, in both directions no faster than
 * the slower side accepts them. Nothing of the client follows its request before the node
 * has switched protocols: it could be another request. On the side of the client it is in
 * front of the HTTP decoder of the server. The two connections may have different event
 * loops.
 */
final class Tunnel {

	/** How long the node may take for its response. */
	private static final long RESPONSE_SECONDS = 10;

	/** How long the rest of a response may take by which the node refuses to switch. */
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
	 * Start to pass bytes on. Called on the event loop of the client when the connection
	 * to the node is open.
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
		 * The node has sent the beginning of its response.
		 * @param switching whether it switches protocols
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
		 * Read from the client, as the node accepts more.
		 */
		void resume() {
			if (this.open) {
				Tunnel.this.client.config().setAutoRead(true);
			}
		}

		/**
		 * Watch that the client accepts what is written, as long as it accepts no more.
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
				// again, because it may have become writable on its own event loop
				// meanwhile
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
		 * End after what is still to be written. The connection stays for what still
		 * comes, so that no reset overtakes the last bytes.
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
