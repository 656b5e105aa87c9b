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
 * Closes connections of a Reactor Netty server with status 408 if the client sends the
 * head of a request, its line and headers, too slowly. The time is measured from the
 * first byte of the incomplete head, or from the response to the previous request. Idle
 * connections, long requests, request bodies, websockets and HTTP/2 are not affected. A
 * head that arrives in one piece needs no timer.
 * <p>
 * If the incomplete heads on an event loop use more than their share of the heap, the
 * connections with the oldest ones are closed immediately, even if a request before the
 * head is still in progress.
 * <p>
 * There is a handler on each side of the HTTP codec. The handler before the codec detects
 * empty lines between requests, which start no timer. The handler after the codec detects
 * bytes that belong to the body of a request with a complete response.
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
	 * The maximum number of bytes of incomplete heads on an event loop: a 16th of the
	 * heap, divided by the number of event loops.
	 */
	private static final long SHARE = Runtime.getRuntime().maxMemory() / 16 / LoopResources.DEFAULT_IO_WORKER_COUNT;

	private static final byte LINE_FEED = '\n';

	/** The memory of an incomplete head in addition to its bytes. */
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
	 * @param share the maximum number of bytes of incomplete heads on an event loop
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
		// the handler that detects the preface of HTTP/2 buffers bytes
		pipeline.addBefore(cleartextHttp2 ? NettyPipeline.H2CUpgradeHandler : codec.name(), BYTES, watch.new Bytes());
		pipeline.addAfter(codec.name(), MESSAGES, watch);
	}

	/**
	 * Waits for the end of the TLS handshake. At this event, before any data arrives,
	 * another handler adds the codec of the negotiated protocol. This handler precedes
	 * that one.
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
	 * The handler after the codec, which receives decoded messages. Accessed on the event
	 * loop of the channel only.
	 */
	private static final class Watch extends ChannelDuplexHandler {

		private final long millis;

		private final Runnable exceeded;

		private final IncompleteHeads heads;

		private boolean decoded;

		/** The buffer that is being decoded. */
		private @Nullable ByteBuf source;

		/** The number of bytes after the last decoded message. */
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
		 * Count bytes of an incomplete head.
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
		 * Close the connection before the timeout.
		 */
		private void closeEarly() {
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
					// a 408 would be mistaken for the response to the request in
					// progress, or for a part of it
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
		 * The handler before the codec, which receives bytes.
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
			 * Forward bytes to the codec, and count those that it buffers. An empty codec
			 * decodes from the given buffer itself, so that the bytes after a request are
			 * known. Otherwise it copies, so the rest of an incomplete head is forwarded
			 * line by line.
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
			 * Return whether the last bytes contain only empty lines.
			 */
			private static boolean isBlank(ByteBuf buffer, int length) {
				return buffer.forEachByte(buffer.writerIndex() - length, length, ByteProcessor.FIND_NON_CRLF) < 0;
			}

			private static boolean hasFurtherLine(ByteBuf buffer) {
				int end = buffer.bytesBefore(LINE_FEED);
				return end >= 0 && end + 1 < buffer.readableBytes();
			}

			/**
			 * Bypass the codec if a head is incomplete. The codec would emit an invalid
			 * request, for which Reactor Netty logs a warning.
			 */
			@Override
			public void channelInactive(ChannelHandlerContext context) {
				boolean incomplete = Watch.this.closing || Watch.this.context != null;
				Watch.this.stop();
				ChannelHandlerContext behind = incomplete ? context.pipeline().context(MESSAGES) : null;
				((behind != null) ? behind : context).fireChannelInactive();
			}

			/**
			 * Return whether the bytes are an empty line. Old clients send one after a
			 * body, and the codec skips it.
			 */
			private static boolean isLineEnd(ByteBuf buffer) {
				int length = buffer.readableBytes();
				int last = (length > 0) ? buffer.getByte(buffer.readerIndex() + length - 1) : -1;
				return length <= 2 && (last == '\n' || last == '\r');
			}

		}

	}

	/**
	 * The incomplete heads on an event loop, the oldest first. Accessed on this event
	 * loop only.
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
				// this removes the element
				this.watches.iterator().next().closeEarly();
			}
		}

		void remove(Watch watch, long bytes) {
			if (this.watches.remove(watch)) {
				this.cost -= bytes;
			}
		}

	}

}
