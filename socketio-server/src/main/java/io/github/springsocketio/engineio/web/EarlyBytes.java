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
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import org.jspecify.annotations.Nullable;

/**
 * Buffers the bytes that follow an upgrade request until the websocket decoder is
 * installed. Frames that arrive together with the request, or before the response is
 * sent, are neither lost nor decoded as a request.
 */
final class EarlyBytes extends ChannelInboundHandlerAdapter {

	private static final int LIMIT = 65536;

	private @Nullable ByteBuf held;

	static void install(Channel channel) {
		ChannelPipeline pipeline = channel.pipeline();
		ChannelHandlerContext codec = pipeline.context(HttpServerCodec.class);
		if (!channel.eventLoop().inEventLoop() || codec == null || pipeline.get(EarlyBytes.class) != null) {
			return;
		}
		String name = codec.name();
		String own = EarlyBytes.class.getName();
		pipeline.addAfter(name, own, new EarlyBytes());
		// The old codec passes its undecoded bytes to the next handler, which is this
		// one. A new codec after this handler encodes the response
		pipeline.remove(name);
		pipeline.addAfter(own, name, new HttpServerCodec());
	}

	static void release(ChannelPipeline pipeline) {
		if (pipeline.get(EarlyBytes.class) != null) {
			pipeline.remove(EarlyBytes.class);
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (!(message instanceof ByteBuf buffer)) {
			context.fireChannelRead(message);
			return;
		}
		ByteBuf current = this.held;
		int total = ((current != null) ? current.readableBytes() : 0) + buffer.readableBytes();
		if (total > LIMIT) {
			buffer.release();
			context.close();
		}
		else if (current == null) {
			this.held = buffer;
		}
		else {
			this.held = context.alloc().buffer(total).writeBytes(current).writeBytes(buffer);
			current.release();
			buffer.release();
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		ByteBuf buffer = this.held;
		this.held = null;
		if (buffer == null) {
			return;
		}
		if (context.channel().isActive()) {
			context.fireChannelRead(buffer);
			context.fireChannelReadComplete();
		}
		else {
			buffer.release();
		}
	}

}
