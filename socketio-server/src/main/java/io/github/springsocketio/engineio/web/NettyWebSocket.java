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

import java.util.Objects;

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineLimit;
import io.github.springsocketio.engineio.Outbox;
import io.github.springsocketio.engineio.Transport;
import io.github.springsocketio.engineio.TransportHandler;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.Utf8;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.util.ReferenceCountUtil;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/**
 * A websocket directly behind Netty's frame decoder (EIO section 8): its reading side and
 * its state. All state belongs to the channel's event loop. Replies to the frames of one
 * read, and messages that any thread sends within one event loop iteration, are written
 * as one buffer and flushed once, by the {@link NettyWebSocketOutput}.
 */
final class NettyWebSocket extends ChannelDuplexHandler implements Transport, Connection, MemoryCounter {

	private static final Log logger = LogFactory.getLog(NettyWebSocket.class);

	private final Channel channel;

	private final EngineFrameDecoder decoder;

	private final WebSocketLimits limits;

	private final NettyWebSocketOutput output;

	private @Nullable TransportHandler session;

	private State state = State.OPEN;

	private boolean reading;

	private @Nullable Runnable drainer;

	private @Nullable PartialMessage partial;

	NettyWebSocket(Channel channel, EngineFrameDecoder decoder, WebSocketLimits limits, WebSocketWriter writer) {
		this.channel = channel;
		this.decoder = decoder;
		this.limits = limits;
		this.output = new NettyWebSocketOutput(this, limits.rate(), writer);
	}

	void open(ChannelHandlerContext encoder) {
		this.output.open(encoder);
	}

	@Override
	public Channel channel() {
		return this.channel;
	}

	@Override
	public void attach(TransportHandler handler) {
		this.session = handler;
		this.decoder.setMemory(this);
	}

	@Override
	public void countMemory(long bytes) {
		session().countMemory(bytes);
	}

	private TransportHandler session() {
		return Objects.requireNonNull(this.session, "No session");
	}

	/**
	 * Return whether neither side has started the closing handshake. Called on the event
	 * loop.
	 */
	boolean isOpen() {
		return this.state == State.OPEN;
	}

	// Reading

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (!(message instanceof WebSocketFrame frame)) {
			ReferenceCountUtil.release(message);
			return;
		}
		this.reading = true;
		try {
			if (this.state != State.ENDED) {
				frame(context, frame);
			}
		}
		finally {
			frame.release();
		}
	}

	private void frame(ChannelHandlerContext context, WebSocketFrame frame) {
		if (frame.rsv() != 0) {
			fail(context, 1002, "reserved bits");
		}
		else if (frame instanceof CloseWebSocketFrame close) {
			peerClosed(context, close);
		}
		else if (this.state != State.OPEN) {
			return;
		}
		else if (frame instanceof PingWebSocketFrame) {
			this.output.answerPing(context, frame.content());
		}
		else if (!(frame instanceof PongWebSocketFrame)) {
			data(context, frame);
		}
	}

	private void data(ChannelHandlerContext context, WebSocketFrame frame) {
		ByteBuf content = frame.content();
		PartialMessage current = this.partial;
		if (content.readableBytes() + (long) ((current != null) ? current.length() : 0) > this.limits
			.maxMessageSize()) {
			fail(context, 1009, EngineLimit.MAX_HTTP_BUFFER_SIZE, "message too large");
			return;
		}
		if (current == null && frame.isFinalFragment()) {
			byte[] data = new byte[content.readableBytes()];
			content.readBytes(data);
			message(context, frame instanceof TextWebSocketFrame, data);
			return;
		}
		if (current == null) {
			current = new PartialMessage(frame instanceof TextWebSocketFrame);
			this.partial = current;
		}
		if (current.fragments() == this.limits.maxFragments()) {
			fail(context, 1008, EngineLimit.MAX_FRAGMENTS, "too many fragments");
			return;
		}
		current.add(content);
		if (frame.isFinalFragment()) {
			this.partial = null;
			message(context, current.isText(), current.toByteArray());
		}
	}

	private void discardFragments() {
		this.partial = null;
		this.decoder.ignoreFragments();
	}

	private void message(ChannelHandlerContext context, boolean text, byte[] data) {
		if (!text) {
			session().onBinary(this, data);
		}
		else if (Utf8.isValid(data, 0, data.length)) {
			session().onText(this, data, 0, data.length);
		}
		else {
			fail(context, 1007, "invalid UTF-8");
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		this.reading = false;
		Runnable task = this.drainer;
		if (task != null) {
			this.drainer = null;
			task.run();
		}
		this.output.flush(context);
	}

	@Override
	public void setReading(boolean enabled) {
		if (inThread()) {
			this.decoder.setReading(this.channel, enabled);
			return;
		}
		if (!enabled) {
			// At once, even if the event loop is busy
			this.channel.config().setAutoRead(false);
		}
		execute(() -> this.decoder.setReading(this.channel, enabled));
	}

	// Writing

	@Override
	public TransportType type() {
		return TransportType.WEBSOCKET;
	}

	@Override
	public boolean isWritable() {
		return this.channel.bytesBeforeUnwritable() >= this.channel.config().getWriteBufferHighWaterMark();
	}

	@Override
	public boolean inThread() {
		return this.channel.eventLoop().inEventLoop();
	}

	@Override
	public void execute(Runnable task) {
		this.channel.eventLoop().execute(task);
	}

	@Override
	public void executeAfterOthers(Runnable task) {
		WorkLimit.afterOthers(this.channel.eventLoop(), task);
	}

	@Override
	public void requestDrain(Runnable task) {
		if (this.channel.eventLoop().inEventLoop() && this.reading) {
			this.drainer = task;
		}
		else {
			this.channel.eventLoop().execute(task);
		}
	}

	@Override
	public void drain(Outbox outbox) {
		this.output.drain(outbox, this.reading);
	}

	@Override
	public boolean isReadyToDrain() {
		return this.channel.isWritable();
	}

	@Override
	public long pendingBytes() {
		return AcceptedBytes.pending(this.channel);
	}

	/**
	 * Close the session, because the peer accepts data too slowly. Called on the event
	 * loop.
	 */
	void writeTimedOut() {
		session().onLimitExceeded(this, EngineLimit.MIN_DATA_RATE, "write timed out");
		this.channel.close();
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (context.channel().isWritable()) {
			this.output.onWritable(context);
			session().onReady(this);
		}
	}

	@Override
	public void sendControl(EncodedMessage packet) {
		if (this.state == State.OPEN) {
			this.output.sendControl(packet);
		}
	}

	// Closing

	@Override
	public boolean closeOrderly() {
		close(CloseReason.FORCED_CLOSE);
		return true;
	}

	@Override
	public void close(CloseReason reason) {
		if (inThread()) {
			sendClose();
		}
		else {
			execute(this::sendClose);
		}
	}

	/**
	 * Send a close frame without a status code (EIO-66). The connection is closed when
	 * the peer has responded.
	 */
	private void sendClose() {
		if (this.state != State.OPEN) {
			return;
		}
		this.state = State.CLOSE_SENT;
		discardFragments();
		setReading(true);
		this.output.sendClose();
		ClosingHandshake.limit(this.channel, this.limits.rate());
	}

	private void peerClosed(ChannelHandlerContext context, CloseWebSocketFrame close) {
		boolean answered = this.state == State.CLOSE_SENT;
		this.state = State.ENDED;
		if (answered) {
			context.close();
			return;
		}
		session().onClose(this);
		ClosingHandshake.answer(context, close);
	}

	/**
	 * End the connection because of a protocol violation. Further input is discarded.
	 */
	private void fail(ChannelHandlerContext context, int code, String detail) {
		fail(context, code, null, detail);
	}

	private void fail(ChannelHandlerContext context, int code, @Nullable EngineLimit limit, String detail) {
		if (this.state == State.ENDED) {
			return;
		}
		boolean mute = this.state == State.CLOSE_SENT;
		this.state = State.ENDED;
		discardFragments();
		context.pipeline().remove(WebSocketFrameDecoder.class);
		if (mute) {
			context.close();
			return;
		}
		if (limit != null) {
			session().onLimitExceeded(this, limit, detail);
		}
		else {
			session().onError(this, detail);
		}
		setReading(true);
		ClosingHandshake.fail(context, code, this.limits.rate());
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.state = State.ENDED;
		discardFragments();
		this.output.onInactive();
		if (this.session != null) {
			this.session.onClose(this);
		}
		context.fireChannelInactive();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		FatalErrors.report(cause);
		logger.debug("WebSocket connection failed", cause);
		if (WebSocketHandshakes.isTooLarge(cause)) {
			fail(context, 1009, EngineLimit.MAX_HTTP_BUFFER_SIZE, "message too large");
		}
		else if (WebSocketHandshakes.isMalformedCompression(cause)) {
			fail(context, 1007, "invalid frame");
		}
		else if (cause instanceof CorruptedWebSocketFrameException corrupt) {
			fail(context, corrupt.closeStatus().code(), "invalid frame");
		}
		else if (cause instanceof CodecException) {
			fail(context, 1002, "invalid frame");
		}
		else {
			context.close();
		}
	}

	private enum State {

		OPEN, CLOSE_SENT, ENDED

	}

}
