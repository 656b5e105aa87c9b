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

package io.github.springsocketio.servlet;

import java.nio.ByteBuffer;

import io.github.springsocketio.Internal;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.socket.WebSocketHandler;

/**
 * The endpoint of a single websocket, which delegates the callbacks of the container. It
 * is public because Jetty requires this.
 *
 * @since 0.1.0
 */
@Internal
public final class WebSocketEndpoint extends Endpoint {

	private static final boolean TOMCAT = ClassUtils.isPresent("org.apache.tomcat.websocket.WsSession",
			WebSocketEndpoint.class.getClassLoader());

	/**
	 * The maximum size of a part. Tomcat has two buffers of this size for each websocket.
	 */
	private static final int PART_SIZE = 1024;

	/**
	 * Tomcat's property for the timeout of blocking writes, such as those of close
	 * frames.
	 */
	private static final String TOMCAT_SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

	private static final long SEND_TIMEOUT = 5000;

	private final int maxMessageSize;

	private @Nullable WebSocketHandler handler;

	private volatile @Nullable ServletWebSocket websocket;

	WebSocketEndpoint(WebSocketHandler handler, int maxMessageSize) {
		this.handler = handler;
		this.maxMessageSize = maxMessageSize;
	}

	@Override
	public void onOpen(Session session, EndpointConfig config) {
		ReadControl control = (TOMCAT && TomcatReadControl.supports(session)) ? new TomcatReadControl(session)
				: ReadControl.NONE;
		ServletWebSocket opened = new ServletWebSocket(session, control, this.maxMessageSize);
		this.websocket = opened;
		session.setMaxIdleTimeout(0);
		session.getUserProperties().put(TOMCAT_SEND_TIMEOUT, SEND_TIMEOUT);
		session.setMaxTextMessageBufferSize(PART_SIZE);
		session.setMaxBinaryMessageBufferSize(PART_SIZE);
		// Classes instead of lambdas: the container determines the message type by
		// reflection
		session.addMessageHandler(String.class, new TextHandler(opened));
		session.addMessageHandler(ByteBuffer.class, new BinaryHandler(opened));
		WebSocketHandler serving = this.handler;
		this.handler = null;
		if (serving != null) {
			serving.handle(opened).subscribe(null, opened::end, opened::end);
		}
	}

	@Override
	public void onClose(Session session, CloseReason reason) {
		ServletWebSocket current = this.websocket;
		if (current != null) {
			current.closed(reason);
		}
	}

	@Override
	public void onError(Session session, Throwable error) {
		ServletWebSocket current = this.websocket;
		if (current != null) {
			current.failed(error);
		}
	}

	/**
	 * Receives the parts of text messages.
	 */
	private static final class TextHandler implements MessageHandler.Partial<String> {

		private final ServletWebSocket websocket;

		TextHandler(ServletWebSocket websocket) {
			this.websocket = websocket;
		}

		@Override
		public void onMessage(String part, boolean last) {
			this.websocket.received(part, last);
		}

	}

	/**
	 * Receives the parts of binary messages.
	 */
	private static final class BinaryHandler implements MessageHandler.Partial<ByteBuffer> {

		private final ServletWebSocket websocket;

		BinaryHandler(ServletWebSocket websocket) {
			this.websocket = websocket;
		}

		@Override
		public void onMessage(ByteBuffer part, boolean last) {
			this.websocket.received(part, last);
		}

	}

}
