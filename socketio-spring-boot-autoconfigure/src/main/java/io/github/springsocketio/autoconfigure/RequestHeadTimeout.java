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

package io.github.springsocketio.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ByteProcessor;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

import org.springframework.util.Assert;

/**
 * Closes connections of a Reactor Netty server whose client sends the line and the
 * headers of a request too slowly, with the status 408. The time runs from the first byte
 * that does not complete a head, or from the response to the request before it.
 * Connections that wait for a request, requests that take long, their bodies and
 * websockets are left alone, and so is HTTP/2. A head that arrives in one piece costs no
 * timer.
 * <p>
 * When the incomplete heads on an event loop take more than their share of the heap, the
 * connections of the oldest of them are closed at once, also those whose head waits
 * behind a request in progress.
 * <p>
 * There is a handler on either side of the HTTP codec, because each sees what the other
 * cannot: the one before it an empty line between requests, which is no head and starts
 * no timer, the one behind it whether bytes belong to the body of a request that has
 * already been responded to.
 */
final class RequestHeadTimeout {

	private static final String BYTES = NettyPipeline.LEFT + "socketIoRequestBytes";

	private static final String NEGOTIATION = NettyPipeline.LEFT + "socketIoNegotiation";

	private static final String MESSAGES = NettyPipeline.LEFT + "socketIoRequestHeads";

	private static final ByteBuf RESPONSE = Unpooled.unreleasableBuffer(
			Unpooled.copiedBuffer("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
					StandardCharsets.US_ASCII))
		.asReadOnly();

	/**
	 * What the incomplete heads on one event loop may take: a 16th of the heap, shared by
	 * the event loops.
	 */
	private static final long SHARE = Runtime.getRuntime().maxMemory() / 16 / LoopResources.DEFAULT_IO_WORKER_COUNT;

	private static final byte LINE_FEED = '\n';

	/** What an incomplete head takes besides its bytes. */
	private static final int OVERHEAD = 1024;

	private RequestHeadTimeout() {
	}

	/**
	 * Apply the time limit to a server.
	 * @param server the server
	 * @param timeout the time for the line and the headers of a request; at least 1 ms
	 * @param exceeded called on the event loop for each connection that is closed; must
	 * not block
	 * @return the server with the limit
	 */
	static HttpServer apply(HttpServer server, Duration timeout, Runnable exceeded) {
		return apply(server, timeout, exceeded, SHARE);
	}

	/**
	 * Apply the time limit to a server.
	 * @param server the server
	 * @param timeout the time for the line and the headers of a request; at least 1 ms
	 * @param exceeded called on the event loop for each connection that is closed; must
	 * not block
	 * @param share the bytes that incomplete heads may take on one event loop
	 * @return the server with the limit
	 */
	static HttpServer apply(HttpServer server, Duration timeout, Runnable exceeded, long share) {
		Assert.notNull(server, "'server' must not be null");
		Assert.isTrue(timeout.toMillis() > 0, "'timeout' must be at least 1 ms");
		Assert.notNull(exceeded, "'exceeded' must not be null");
		long millis = timeout.toMillis();
		Map<EventLoop, IncompleteHeads> loops = new ConcurrentHashMap<>();
		return server.doOnChannelInit((observer, channel, remote) -> {
			ChannelPipeline pipeline = channel.pipeline();
			IncompleteHeads heads = loops.computeIfAbsent(channel.eventLoop(), (loop) -> new IncompleteHeads(share));
			if (pipeline.get(NettyPipeline.H2OrHttp11Codec) != null) {
				pipeline.addBefore(NettyPipeline.H2OrHttp11Codec, NEGOTIATION,
						new Negotiation(millis, exceeded, heads));
			}
			else {
				install(pipeline, millis, exceeded, heads);
			}
		});
	}

	private static void install(ChannelPipeline pipeline, long millis, Runnable exceeded, IncompleteHeads heads) {
		ChannelHandlerContext codec = pipeline.context(HttpServerCodec.class);
		if (codec == null) {
			return;
		}
		boolean cleartextHttp2 = pipeline.get(NettyPipeline.H2CUpgradeHandler) != null;
		Watch watch = new Watch(millis, exceeded, heads);
		// the handler that looks for the preface of HTTP/2 holds bytes back
		pipeline.addBefore(cleartextHttp2 ? NettyPipeline.H2CUpgradeHandler : codec.name(), BYTES, watch.new Bytes());
		pipeline.addAfter(codec.name(), MESSAGES, watch);
	}

	/**
	 * Waits for the end of the TLS handshake, when the codec of the negotiated protocol
	 * is added, before any data arrives. Precedes the handler that adds the codec.
	 */
	private static final class Negotiation extends ChannelInboundHandlerAdapter {

		private final long millis;

		private final Runnable exceeded;

		private final IncompleteHeads heads;

		Negotiation(long millis, Runnable exceeded, IncompleteHeads heads) {
			this.millis = millis;
			this.exceeded = exceeded;
			this.heads = heads;
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			context.fireUserEventTriggered(event);
			if (event instanceof SslHandshakeCompletionEvent && !context.isRemoved()) {
				install(context.pipeline(), this.millis, this.exceeded, this.heads);
				context.pipeline().remove(this);
			}
		}

	}

	/**
	 * Follows the codec and sees what the bytes were decoded to. Confined to the event
	 * loop of the channel.
	 */
	private static final class Watch extends ChannelDuplexHandler {

		private final long millis;

		private final Runnable exceeded;

		private final IncompleteHeads heads;

		private boolean decoded;

		/** What the codec decodes from. */
		private @Nullable ByteBuf source;

		/** The bytes behind what was decoded last. */
		private int rest;

		private int inProgress;

		private boolean closing;

		private @Nullable Future<?> timer;

		private @Nullable ChannelHandlerContext context;

		private long cost;

		Watch(long millis, Runnable exceeded, IncompleteHeads heads) {
			this.millis = millis;
			this.exceeded = exceeded;
			this.heads = heads;
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof HttpObject) {
				this.decoded = true;
				this.rest = (this.source != null) ? this.source.readableBytes() : 0;
				stop();
				if (message instanceof HttpRequest) {
					this.inProgress++;
				}
			}
			context.fireChannelRead(message);
		}

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
			boolean informal = message instanceof HttpResponse response
					&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
			if (informal && ((HttpResponse) message).status().code() == 101) {
				remove(context.pipeline());
			}
			else if (message instanceof LastHttpContent && !informal && this.inProgress > 0) {
				this.inProgress--;
				startTimer();
			}
			context.write(message, promise);
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			stop();
			context.fireChannelInactive();
		}

		/**
		 * Bytes have come that do not complete a head.
		 */
		private void incomplete(ChannelHandlerContext context, int bytes) {
			long added = bytes;
			if (this.context == null) {
				this.context = context;
				added += OVERHEAD;
			}
			startTimer();
			this.cost += added;
			this.heads.add(this, added);
		}

		/**
		 * Start the timer if a head is incomplete and no request is in progress.
		 */
		private void startTimer() {
			ChannelHandlerContext current = this.context;
			if (current != null && this.timer == null && this.inProgress == 0) {
				this.timer = current.executor().schedule(() -> timedOut(current), this.millis, TimeUnit.MILLISECONDS);
			}
		}

		private void stop() {
			if (this.context != null) {
				this.context = null;
				this.heads.remove(this, this.cost);
				this.cost = 0;
			}
			Future<?> current = this.timer;
			if (current != null) {
				this.timer = null;
				current.cancel(false);
			}
		}

		/**
		 * Close before the time.
		 */
		private void cutOff() {
			ChannelHandlerContext current = this.context;
			stop();
			this.closing = true;
			if (current != null) {
				current.executor().execute(() -> timedOut(current));
			}
		}

		private void timedOut(ChannelHandlerContext context) {
			stop();
			this.closing = true;
			try {
				this.exceeded.run();
			}
			finally {
				if (this.inProgress == 0) {
					context.writeAndFlush(RESPONSE.duplicate()).addListener(ChannelFutureListener.CLOSE);
				}
				else {
					// 408 would be the response to another request, or in the middle of
					// it
					context.close();
				}
			}
		}

		/**
		 * Remove both handlers from a connection that changes its protocol.
		 */
		private void remove(ChannelPipeline pipeline) {
			stop();
			pipeline.remove(this);
			if (pipeline.get(BYTES) != null) {
				pipeline.remove(BYTES);
			}
		}

		/**
		 * Precedes the codec and sees the bytes.
		 */
		private final class Bytes extends ChannelInboundHandlerAdapter {

			@Override
			public void channelRead(ChannelHandlerContext context, Object message) {
				if (!(message instanceof ByteBuf buffer) || (isLineEnd(buffer) && !Watch.this.closing)) {
					context.fireChannelRead(message);
					return;
				}
				Watch watch = Watch.this;
				while (watch.context != null && hasFurtherLine(buffer)) {
					decode(context, buffer.readRetainedSlice(buffer.bytesBefore(LINE_FEED) + 1));
				}
				if (watch.closing) {
					buffer.release();
				}
				else {
					decode(context, buffer);
				}
			}

			/**
			 * Let the codec decode, and count what it holds back. As long as it holds
			 * nothing it decodes from the buffer itself, which tells what is behind a
			 * request. Otherwise it copies, which is why a head that is incomplete is
			 * completed line by line.
			 */
			private void decode(ChannelHandlerContext context, ByteBuf buffer) {
				Watch watch = Watch.this;
				watch.decoded = false;
				watch.rest = buffer.readableBytes();
				watch.source = buffer.retain();
				boolean head;
				try {
					context.fireChannelRead(buffer);
					head = watch.rest > 0 && (!watch.decoded || !isBlank(buffer, watch.rest));
				}
				finally {
					watch.source = null;
					buffer.release();
				}
				if (!head || watch.closing || context.isRemoved()) {
					return;
				}
				if (context.pipeline().get(HttpServerCodec.class) != null) {
					watch.incomplete(context, watch.rest);
				}
				else {
					remove(context.pipeline());
				}
			}

			/**
			 * Return whether the last bytes are empty lines only.
			 */
			private static boolean isBlank(ByteBuf buffer, int length) {
				return buffer.forEachByte(buffer.writerIndex() - length, length, ByteProcessor.FIND_NON_CRLF) < 0;
			}

			private static boolean hasFurtherLine(ByteBuf buffer) {
				int end = buffer.bytesBefore(LINE_FEED);
				return end >= 0 && end + 1 < buffer.readableBytes();
			}

			/**
			 * Bypass the codec where a head is incomplete: it would emit an invalid
			 * request, which Reactor Netty logs as a warning.
			 */
			@Override
			public void channelInactive(ChannelHandlerContext context) {
				boolean incomplete = Watch.this.closing || Watch.this.context != null;
				Watch.this.stop();
				ChannelHandlerContext behind = incomplete ? context.pipeline().context(MESSAGES) : null;
				((behind != null) ? behind : context).fireChannelInactive();
			}

			/**
			 * Return whether the bytes are an empty line, which old clients send after a
			 * body and the codec skips.
			 */
			private static boolean isLineEnd(ByteBuf buffer) {
				int length = buffer.readableBytes();
				int last = (length > 0) ? buffer.getByte(buffer.readerIndex() + length - 1) : -1;
				return length <= 2 && (last == '\n' || last == '\r');
			}

		}

	}

	/**
	 * The incomplete heads on one event loop, to which it is confined, the oldest first.
	 */
	private static final class IncompleteHeads {

		private final Set<Watch> watches = new LinkedHashSet<>();

		private final long limit;

		private long cost;

		IncompleteHeads(long limit) {
			this.limit = limit;
		}

		void add(Watch watch, long bytes) {
			this.watches.add(watch);
			this.cost += bytes;
			while (this.cost > this.limit && !this.watches.isEmpty()) {
				// removes itself
				this.watches.iterator().next().cutOff();
			}
		}

		void remove(Watch watch, long bytes) {
			if (this.watches.remove(watch)) {
				this.cost -= bytes;
			}
		}

	}

}
