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
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;

/**
 * Decodes the frames of a websocket. In contrast to the one that Reactor Netty adds, it
 * leaves closing the connection to the handler of the websocket, so that the session
 * learns the reason, and refuses close codes that RFC 6455 does not define.
 */
final class EngineFrameDecoder extends WebSocket13FrameDecoder {

	/** The largest code of RFC 6455, section 7.4.2. */
	private static final int MAX_CLOSE_CODE = 4999;

	/**
	 * Create a decoder.
	 * @param maxFramePayload the maximum size of the payload of a frame
	 * @param extensions whether an extension was negotiated, which may use reserved bits
	 */
	EngineFrameDecoder(int maxFramePayload, boolean extensions) {
		super(WebSocketDecoderConfig.newBuilder()
			.maxFramePayloadLength(maxFramePayload)
			.allowExtensions(extensions)
			.closeOnProtocolViolation(false)
			.withUTF8Validator(false)
			.build());
	}

	@Override
	protected void checkCloseFrameBody(ChannelHandlerContext context, ByteBuf body) {
		super.checkCloseFrameBody(context, body);
		if (body.readableBytes() >= 2 && body.getUnsignedShort(body.readerIndex()) > MAX_CLOSE_CODE) {
			throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR, "Invalid close code");
		}
	}

}
