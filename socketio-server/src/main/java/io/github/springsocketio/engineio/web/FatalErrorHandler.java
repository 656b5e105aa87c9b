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

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.Internal;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import reactor.netty.NettyPipeline;

/**
 * Reports fatal errors that no handler before Reactor Netty's own has handled. Not needed
 * for websockets, because their handler reports them.
 *
 * @since 0.1.0
 */
@Internal
@Sharable
public final class FatalErrorHandler extends ChannelInboundHandlerAdapter {

	private static final String NAME = NettyPipeline.LEFT + "socketIoFatalErrors";

	private static final FatalErrorHandler INSTANCE = new FatalErrorHandler();

	private FatalErrorHandler() {
	}

	/**
	 * Add the handler to a channel.
	 * @param pipeline the pipeline of the channel
	 * @param next the name of the handler that follows; nothing is added if there is none
	 */
	public static void add(ChannelPipeline pipeline, String next) {
		if (pipeline.get(next) != null) {
			pipeline.addBefore(next, NAME, INSTANCE);
		}
	}

	/**
	 * Remove the handler, if there is one, to release its memory while the channel is
	 * open.
	 */
	static void remove(ChannelPipeline pipeline) {
		if (pipeline.context(INSTANCE) != null) {
			pipeline.remove(INSTANCE);
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		FatalErrors.report(cause);
		context.fireExceptionCaught(cause);
	}

}
