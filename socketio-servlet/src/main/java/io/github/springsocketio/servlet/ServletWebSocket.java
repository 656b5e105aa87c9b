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
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongConsumer;

import io.github.springsocketio.engineio.web.MemoryCounting;
import io.netty.handler.codec.TooLongFrameException;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;

/**
 * The endpoint's view of a websocket of the container. It assembles messages from the
 * received parts, and writes one message at a time.
 */
final class ServletWebSocket implements WebSocketSession, MemoryCounting {

	private static final Log logger = LogFactory.getLog(ServletWebSocket.class);

	private static final DataBufferFactory BUFFERS = DefaultDataBufferFactory.sharedInstance;

	/**
	 * The threads that block until peers accept close frames. They have no other tasks,
	 * so that peers that do not read cannot delay anything else.
	 */
	private static final Scheduler CLOSING = Schedulers.newBoundedElastic(16, Integer.MAX_VALUE,
			"socketio-websocket-close", 60, true);

	private final Session session;

	private final int maxMessageSize;

	private final InboundMessages inbound;

	private final Sinks.One<CloseStatus> closeStatus = Sinks.one();

	private final AtomicBoolean closing = new AtomicBoolean();

	/** The parts of the current message; accessed by the container's thread only. */
	private @Nullable MessageParts parts;

	private LongConsumer memory = (bytes) -> {
	};

	ServletWebSocket(Session session, ReadControl control, int maxMessageSize) {
		this.session = session;
		this.maxMessageSize = maxMessageSize;
		this.inbound = new InboundMessages(control, maxMessageSize);
	}

	@Override
	public void setMemory(LongConsumer memory) {
		this.memory = memory;
		this.inbound.setMemory(memory);
	}

	// Called by the container

	void received(String part, boolean last) {
		received(WebSocketMessage.Type.TEXT, part.getBytes(StandardCharsets.UTF_8), last);
	}

	void received(ByteBuffer part, boolean last) {
		byte[] bytes = new byte[part.remaining()];
		part.get(bytes);
		received(WebSocketMessage.Type.BINARY, bytes, last);
	}

	private void received(WebSocketMessage.Type type, byte[] part, boolean last) {
		if (this.inbound.isDone()) {
			return;
		}
		MessageParts current = this.parts;
		if (part.length + ((current != null) ? current.length() : 0) > this.maxMessageSize) {
			release();
			this.inbound.fail(new TooLongFrameException("The message is too large"));
			return;
		}
		if (current == null && last) {
			this.inbound.add(new WebSocketMessage(type, BUFFERS.wrap(part)));
			return;
		}
		if (current == null) {
			current = new MessageParts(this.memory);
			this.parts = current;
		}
		current.add(part);
		if (last) {
			byte[] message = current.toByteArray();
			release();
			this.inbound.add(new WebSocketMessage(type, BUFFERS.wrap(message)));
		}
	}

	private void release() {
		MessageParts current = this.parts;
		if (current != null) {
			current.release();
			this.parts = null;
		}
	}

	void closed(CloseReason reason) {
		release();
		this.closing.set(true);
		this.closeStatus.tryEmitValue(CloseStatus.create(reason.getCloseCode().getCode(), null));
		this.inbound.complete();
	}

	/**
	 * Log an error. The container closes the websocket itself.
	 */
	void failed(Throwable error) {
		logger.debug("WebSocket connection failed", error);
	}

	// Called by the endpoint

	@Override
	public Flux<WebSocketMessage> receive() {
		return this.inbound;
	}

	@Override
	public Mono<Void> send(Publisher<WebSocketMessage> messages) {
		return Mono.create((sink) -> messages.subscribe(new MessageSender(this.session.getAsyncRemote(), sink)));
	}

	@Override
	public boolean isOpen() {
		return this.session.isOpen();
	}

	/**
	 * Close with a status. This blocks a separate thread until the peer accepts the close
	 * frame.
	 */
	@Override
	public Mono<Void> close(CloseStatus status) {
		if (!this.closing.compareAndSet(false, true)) {
			return Mono.empty();
		}
		CloseReason reason = new CloseReason(CloseCodes.getCloseCode(status.getCode()), status.getReason());
		return Mono.<Void>fromCallable(() -> {
			this.session.close(reason);
			return null;
		}).subscribeOn(CLOSING);
	}

	/**
	 * Close the websocket after the endpoint has completed or failed.
	 */
	void end() {
		close(CloseStatus.GOING_AWAY).subscribe(null,
				(error) -> logger.debug("WebSocket connection could not be closed", error));
	}

	void end(Throwable error) {
		logger.debug("WebSocket connection closed with an error", error);
		end();
	}

	@Override
	public Mono<CloseStatus> closeStatus() {
		return this.closeStatus.asMono();
	}

	@Override
	public String getId() {
		return this.session.getId();
	}

	@Override
	public HandshakeInfo getHandshakeInfo() {
		return new HandshakeInfo(this.session.getRequestURI(), HttpHeaders.EMPTY, Mono.empty(),
				this.session.getNegotiatedSubprotocol());
	}

	@Override
	public DataBufferFactory bufferFactory() {
		return BUFFERS;
	}

	@Override
	public Map<String, Object> getAttributes() {
		return this.session.getUserProperties();
	}

	@Override
	public WebSocketMessage textMessage(String payload) {
		return new WebSocketMessage(WebSocketMessage.Type.TEXT, BUFFERS.wrap(payload.getBytes(StandardCharsets.UTF_8)));
	}

	@Override
	public WebSocketMessage binaryMessage(Function<DataBufferFactory, DataBuffer> factory) {
		return new WebSocketMessage(WebSocketMessage.Type.BINARY, factory.apply(BUFFERS));
	}

	@Override
	public WebSocketMessage pingMessage(Function<DataBufferFactory, DataBuffer> factory) {
		return new WebSocketMessage(WebSocketMessage.Type.PING, factory.apply(BUFFERS));
	}

	@Override
	public WebSocketMessage pongMessage(Function<DataBufferFactory, DataBuffer> factory) {
		return new WebSocketMessage(WebSocketMessage.Type.PONG, factory.apply(BUFFERS));
	}

}
