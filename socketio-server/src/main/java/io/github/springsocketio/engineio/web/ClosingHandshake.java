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

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * The server side of the closing handshake of a websocket on Netty (RFC 6455, section 7).
 * Stateless. All methods are called on the channel's event loop.
 */
final class ClosingHandshake {

	private static final long LIMIT = TimeUnit.SECONDS.toNanos(5);

	private ClosingHandshake() {
	}

	/**
	 * Close the connection if the peer does not respond to the close frame of the server
	 * in time. The time limit is extended as long as the peer accepts pending bytes at
	 * the minimum data rate.
	 */
	static void limit(Channel channel, DataRate rate) {
		Limit limit = new Limit(channel, rate);
		limit.schedule();
		channel.closeFuture().addListener((future) -> limit.cancel());
	}

	/**
	 * Respond to the close frame of the peer, and close the connection.
	 */
	static void answer(ChannelHandlerContext context, CloseWebSocketFrame close) {
		CloseWebSocketFrame answer = (close.statusCode() < 0) ? new CloseWebSocketFrame()
				: new CloseWebSocketFrame(close.statusCode(), "");
		context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
	}

	/**
	 * Send a close frame with an error code, and shut down the output. The connection
	 * remains open for reading, because a reset of the connection could discard the close
	 * frame.
	 */
	static void fail(ChannelHandlerContext context, int code, DataRate rate) {
		context.writeAndFlush(new CloseWebSocketFrame(code, "")).addListener((future) -> shutdownOutput(context));
		limit(context.channel(), rate);
	}

	/**
	 * Shut down the output of the connection.
	 */
	static void shutdownOutput(ChannelHandlerContext context) {
		SslHandler ssl = context.pipeline().get(SslHandler.class);
		if (ssl != null) {
			ssl.closeOutbound();
		}
		else if (context.channel() instanceof DuplexChannel duplex) {
			duplex.shutdownOutput();
		}
	}

	/**
	 * The time limit of a closing handshake. Uses the timers of the event loop, because
	 * the timers of the engine are stopped when the engine is closed.
	 */
	private static final class Limit implements Runnable {

		private final Channel channel;

		private final DataRate rate;

		private long pending;

		private @Nullable Future<?> timer;

		Limit(Channel channel, DataRate rate) {
			this.channel = channel;
			this.rate = rate;
		}

		void schedule() {
			this.pending = AcceptedBytes.pending(this.channel);
			this.timer = this.channel.eventLoop().schedule(this, LIMIT, TimeUnit.NANOSECONDS);
		}

		void cancel() {
			if (this.timer != null) {
				this.timer.cancel(false);
			}
		}

		@Override
		public void run() {
			if (this.rate.isEnough(this.pending - AcceptedBytes.pending(this.channel), LIMIT)) {
				schedule();
			}
			else {
				this.channel.close();
			}
		}

	}

}
