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

package io.github.springsocketio.test.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Controls reading and writing of the connections of a session, as the first handler of
 * each. It can stop both without closing the connections.
 */
final class ConnectionGate {

	private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

	private volatile boolean reading = true;

	private volatile boolean writing = true;

	private volatile boolean closing;

	void add(Channel channel) {
		this.channels.add(channel);
		channel.closeFuture().addListener((closed) -> this.channels.remove(channel));
		channel.pipeline().addFirst(new Handler());
	}

	void pauseReading() {
		this.reading = false;
	}

	void resumeReading() {
		this.reading = true;
		this.channels.forEach((channel) -> channel.eventLoop().execute(() -> {
			Handler handler = channel.pipeline().get(Handler.class);
			if (handler != null) {
				handler.resume();
			}
		}));
	}

	boolean isReading() {
		return this.reading;
	}

	/**
	 * Wait for running reads and writes on the event loops of the connections.
	 * @return completes when no read or write that had started before is running
	 */
	CompletableFuture<Void> settled() {
		return CompletableFuture.allOf(this.channels.stream().map((channel) -> CompletableFuture.runAsync(() -> {
		}, channel.eventLoop())).toArray(CompletableFuture[]::new));
	}

	boolean isCut() {
		return !this.writing && !this.closing;
	}

	/**
	 * Stop reading and writing, and keep the connections open.
	 */
	void cut() {
		this.reading = false;
		this.writing = false;
	}

	/**
	 * Stop reading and writing, and allow closing the connections.
	 */
	void drop() {
		cut();
		this.closing = true;
	}

	/**
	 * Close the connections.
	 */
	void close() {
		this.channels.forEach(Channel::close);
	}

	/**
	 * The handler of a connection.
	 */
	private final class Handler extends ChannelDuplexHandler {

		/** The data of a read that had started before reading was paused. */
		private final Deque<Object> held = new ArrayDeque<>();

		private @Nullable ChannelHandlerContext context;

		@Override
		public void handlerAdded(ChannelHandlerContext context) {
			this.context = context;
		}

		@Override
		public void handlerRemoved(ChannelHandlerContext context) {
			this.held.forEach(ReferenceCountUtil::release);
			this.held.clear();
		}

		void resume() {
			ChannelHandlerContext context = this.context;
			if (context == null || !ConnectionGate.this.reading) {
				return;
			}
			while (!this.held.isEmpty()) {
				context.fireChannelRead(this.held.remove());
			}
			context.fireChannelReadComplete();
			context.read();
		}

		@Override
		public void read(ChannelHandlerContext context) {
			if (ConnectionGate.this.reading) {
				context.read();
			}
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (!ConnectionGate.this.writing) {
				ReferenceCountUtil.release(message);
			}
			else if (ConnectionGate.this.reading && this.held.isEmpty()) {
				context.fireChannelRead(message);
			}
			else {
				this.held.add(message);
			}
		}

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
			if (ConnectionGate.this.writing) {
				context.write(message, promise);
			}
			else {
				ReferenceCountUtil.release(message);
				promise.trySuccess();
			}
		}

		@Override
		public void close(ChannelHandlerContext context, ChannelPromise promise) {
			if (ConnectionGate.this.writing || ConnectionGate.this.closing) {
				context.close(promise);
			}
			else {
				promise.trySuccess();
			}
		}

	}

}
