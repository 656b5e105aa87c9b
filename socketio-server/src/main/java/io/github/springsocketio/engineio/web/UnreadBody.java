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

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelOperations;

/**
 * Limits the time for the unread rest of a request body after the response. Reactor Netty
 * discards the rest without a time limit; this handler closes the connection if it
 * arrives too slowly. With HTTP/2, where a body does not occupy the connection, nothing
 * is limited. All methods are called on the channel's event loop.
 */
final class UnreadBody extends ChannelInboundHandlerAdapter {

	private final DataRate rate;

	private long received;

	private @Nullable TransferWatch watch;

	private UnreadBody(DataRate rate) {
		this.rate = rate;
	}

	/**
	 * Apply the minimum data rate to the unread rest of the body of a request. Called
	 * before the response is committed.
	 * @return completes when the rate applies
	 */
	static Mono<Void> limit(EngineRequest request, DataRate rate) {
		if (rate.isLimited() && EnginePath
			.nativeRequest(request.exchange().getRequest()) instanceof ChannelOperations<?, ?> operations) {
			return Monos.then(request.onEventLoop(), () -> {
				install(operations, rate);
				return Mono.empty();
			});
		}
		return Mono.empty();
	}

	private static void install(ChannelOperations<?, ?> operations, DataRate rate) {
		// Bytes that have arrived without being read count as received
		operations.discard();
		ChannelPipeline pipeline = operations.channel().pipeline();
		if (!operations.isInboundDisposed() && pipeline.get(NettyPipeline.HttpTrafficHandler) != null
				&& pipeline.get(UnreadBody.class) == null) {
			pipeline.addBefore(NettyPipeline.HttpTrafficHandler, UnreadBody.class.getName(), new UnreadBody(rate));
		}
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.watch = new TransferWatch(this.rate, context.executor(), () -> this.received, () -> {
			this.rate.exceeded();
			context.close();
		});
		this.watch.start();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpContent content) {
			this.received += content.content().readableBytes();
		}
		context.fireChannelRead(message);
		if (message instanceof LastHttpContent && !context.isRemoved()) {
			context.pipeline().remove(this);
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		if (this.watch != null) {
			this.watch.stop();
		}
	}

}
