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

import io.github.springsocketio.engineio.EngineLimit;
import io.github.springsocketio.engineio.Timers;
import io.netty.channel.Channel;
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
 * The rest of a request body from the response on, when nobody has read all of it.
 * Reactor Netty discards what arrives, for as long as it takes; this closes the
 * connection when it arrives too slowly. HTTP/2, where a body does not occupy the
 * connection, is left to Reactor Netty. All methods but the timer's task are called on
 * the channel's event loop.
 */
final class UnreadBody extends ChannelInboundHandlerAdapter {

	private final DataRate rate;

	private long received;

	private Timers.@Nullable Timeout timer;

	private UnreadBody(DataRate rate) {
		this.rate = rate;
	}

	/**
	 * Apply the minimum data rate to what was not read of the body of a request. Called
	 * before the response is committed.
	 * @return completes when that is done
	 */
	static Mono<Void> limit(EngineRequest request, DataRate rate) {
		Channel channel = request.channel();
		if (channel == null || !rate.isLimited() || !(EnginePath
			.nativeRequest(request.exchange().getRequest()) instanceof ChannelOperations<?, ?> body)) {
			return Mono.empty();
		}
		return Steps.then(request.onEventLoop(), () -> {
			install(channel, body, rate);
			return Mono.empty();
		});
	}

	private static void install(Channel channel, ChannelOperations<?, ?> body, DataRate rate) {
		// What has arrived but was not read counts as received
		body.discard();
		ChannelPipeline pipeline = channel.pipeline();
		if (!body.isInboundDisposed() && channel.isActive()
				&& pipeline.context(NettyPipeline.HttpTrafficHandler) != null
				&& pipeline.get(UnreadBody.class) == null) {
			pipeline.addBefore(NettyPipeline.HttpTrafficHandler, UnreadBody.class.getName(), new UnreadBody(rate));
		}
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		arm(context);
	}

	private void arm(ChannelHandlerContext context) {
		long before = this.received;
		this.timer = this.rate.server()
			.timers()
			.schedule(this.rate.period(), () -> context.executor().execute(() -> check(context, before)));
	}

	private void check(ChannelHandlerContext context, long before) {
		if (context.isRemoved()) {
			return;
		}
		if (this.rate.isEnough(this.received - before)) {
			arm(context);
		}
		else {
			this.rate.server().limitExceeded(EngineLimit.MIN_DATA_RATE);
			context.close();
		}
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
		Timers.Timeout waiting = this.timer;
		if (waiting != null) {
			waiting.cancel();
		}
	}

}
