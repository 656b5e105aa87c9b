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

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageEncoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtension;

/**
 * Compresses the frames of a websocket that is not written to directly. Each is a whole
 * message.
 */
final class DeflateFrameEncoder extends MessageToMessageEncoder<WebSocketFrame> {

	private final PayloadCompression compression;

	DeflateFrameEncoder(PayloadCompression compression) {
		super(WebSocketFrame.class);
		this.compression = compression;
	}

	@Override
	public boolean acceptOutboundMessage(Object message) {
		return message instanceof TextWebSocketFrame || message instanceof BinaryWebSocketFrame;
	}

	@Override
	protected void encode(ChannelHandlerContext context, WebSocketFrame frame, List<Object> out) {
		byte[] compressed = this.compression.compress(ByteBufUtil.getBytes(frame.content()), null, -1);
		if (compressed == null) {
			out.add(frame.retain());
			return;
		}
		ByteBuf payload = Unpooled.wrappedBuffer(compressed);
		out.add((frame instanceof TextWebSocketFrame) ? new TextWebSocketFrame(true, WebSocketExtension.RSV1, payload)
				: new BinaryWebSocketFrame(true, WebSocketExtension.RSV1, payload));
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		this.compression.close();
	}

}
