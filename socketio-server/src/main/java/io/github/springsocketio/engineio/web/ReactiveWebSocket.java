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

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineLimit;
import io.github.springsocketio.engineio.Outbox;
import io.github.springsocketio.engineio.Timers;
import io.github.springsocketio.engineio.Transport;
import io.github.springsocketio.engineio.TransportHandler;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import io.github.springsocketio.engineio.packet.Utf8;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.netty.channel.AbortedException;

import org.springframework.core.io.buffer.CloseableDataBuffer;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;

/**
 * A websocket on WebFlux's own API (EIO section 8), for every server that it supports.
 * Reads one message at a time and writes as many as the server requests.
 * <p>
 * The API has limitations: the number of fragments of a message is not limited here. A
 * server other than Reactor Netty closes with code 1000, although no code should be sent
 * (EIO-66). If such a server refuses a frame itself, such as one that is too large, this
 * may not be distinguishable from another close.
 */
final class ReactiveWebSocket implements Transport, MemoryCounter {

	private static final Log logger = LogFactory.getLog(ReactiveWebSocket.class);

	private static final byte[] EMPTY_BINARY = { EnginePacketType.BASE64 };

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final WebSocketSession websocket;

	private final EngineRequest request;

	private final @Nullable EventLoop loop;

	private final DataRate rate;

	private final Timers timers;

	private final int limit;

	private final WebSocketWriter writer;

	private final OutboundFrames<WebSocketMessage> outbound = new OutboundFrames<>(this::ready);

	private final Sinks.Empty<Void> abandoned = Sinks.empty();

	private final AtomicReference<@Nullable MonoSink<Void>> resumed = new AtomicReference<>();

	private @Nullable TransportHandler session;

	private final AtomicBoolean closing = new AtomicBoolean();

	private volatile boolean ended;

	private volatile @Nullable CloseStatus status;

	private volatile Timers.@Nullable Timeout closeTimer;

	private volatile Timers.@Nullable Timeout writeTimer;

	private volatile long handedOver;

	private @Nullable TransferWatch watch;

	ReactiveWebSocket(WebSocketSession websocket, EngineRequest request, int limit) {
		this.websocket = websocket;
		this.request = request;
		this.loop = request.eventLoop();
		this.rate = request.rate();
		this.timers = this.rate.timers();
		this.limit = limit;
		this.writer = WebSocketWriter.of(request.isBase64(), request.protocol() == 3);
	}

	@Override
	public void attach(TransportHandler handler) {
		this.session = handler;
	}

	private TransportHandler session() {
		return Objects.requireNonNull(this.session, "No session");
	}

	/**
	 * Serve the websocket.
	 * @return completes when either side has closed it
	 */
	Mono<Void> serve() {
		Mono<Void> input = this.websocket.receive()
			.map(Incoming::of)
			.concatMap(this::received, 0)
			.onErrorResume(this::failed)
			.then();
		Mono<Void> output = this.websocket.send(this.outbound)
			.onErrorResume((error) -> whenDecoded().then(Mono.defer(() -> lost(error))))
			.takeUntilOther(this.abandoned.asMono())
			.then(Mono.defer(this::closeNow));
		return Mono.firstWithSignal(input, output).doFinally((signal) -> ended());
	}

	private void ended() {
		this.ended = true;
		this.closing.set(true);
		this.outbound.cancel();
		stopTimers();
		session().onClose(this);
	}

	private void stopTimers() {
		if (inThread()) {
			stopWatching();
		}
		else {
			execute(this::stopWatching);
		}
		Timers.Timeout current = this.closeTimer;
		if (current != null) {
			current.cancel();
		}
	}

	// Reading

	private Mono<Void> received(Incoming incoming) {
		byte[] data = incoming.data();
		if (this.closing.get()) {
			return Mono.empty();
		}
		if (incoming.reserved()) {
			fail(CloseStatus.PROTOCOL_ERROR, "reserved bits");
		}
		else if (data.length > this.limit && incoming.isMessage()) {
			fail(CloseStatus.TOO_BIG_TO_PROCESS, "message too large");
		}
		else if (incoming.type() == WebSocketMessage.Type.BINARY) {
			session().onBinary(this, data);
		}
		else if (incoming.type() == WebSocketMessage.Type.TEXT) {
			if (Utf8.isValid(data, 0, data.length)) {
				session().onText(this, data, 0, data.length);
			}
			else {
				fail(CloseStatus.BAD_DATA, "invalid UTF-8");
			}
		}
		return whenReading();
	}

	/**
	 * Return a Mono that completes now, or when reading is no longer paused.
	 */
	private Mono<Void> whenReading() {
		return (this.closing.get() || !session().isReadingPaused()) ? Mono.empty() : Mono.create((sink) -> {
			this.resumed.set(sink);
			if (this.closing.get() || !session().isReadingPaused()) {
				setReading(true);
			}
		});
	}

	@Override
	public void setReading(boolean reading) {
		MonoSink<Void> sink = reading ? this.resumed.getAndSet(null) : null;
		if (sink != null) {
			sink.success();
		}
	}

	private Mono<Void> failed(Throwable error) {
		if (error instanceof IOException || AbortedException.isConnectionReset(error)
				|| (this.loop != null && !isConnected())) {
			return lost(error);
		}
		logger.debug("WebSocket connection failed", error);
		if (WebSocketHandshakes.isTooLarge(error)) {
			fail(CloseStatus.TOO_BIG_TO_PROCESS, "message too large");
		}
		else if (WebSocketHandshakes.isMalformedCompression(error)) {
			fail(CloseStatus.BAD_DATA, "invalid frame");
		}
		else if (error instanceof CorruptedWebSocketFrameException corrupt) {
			fail(CloseStatus.create(corrupt.closeStatus().code(), null), "invalid frame");
		}
		else {
			fail(CloseStatus.PROTOCOL_ERROR, "invalid frame");
		}
		// The connection stays open until the close frame was sent
		return Mono.never();
	}

	private boolean isConnected() {
		Channel channel = this.request.channel();
		return channel != null && channel.isActive();
	}

	/**
	 * Return a Mono that completes when the data received before the connection was
	 * closed is decoded.
	 */
	private Mono<Void> whenDecoded() {
		EventLoop current = this.loop;
		return (current != null) ? Mono.create((sink) -> WorkLimit.afterOthers(current, sink::success)) : Mono.empty();
	}

	/**
	 * Handle the loss of the connection.
	 */
	private Mono<Void> lost(Throwable error) {
		logger.debug("WebSocket connection lost", error);
		session().onClose(this);
		return Mono.empty();
	}

	private void fail(CloseStatus status, String detail) {
		this.status = status;
		if (status.getCode() == CloseStatus.TOO_BIG_TO_PROCESS.getCode()) {
			session().onLimitExceeded(this, EngineLimit.MAX_HTTP_BUFFER_SIZE, detail);
		}
		else {
			session().onError(this, detail);
		}
	}

	/**
	 * Count the memory of incomplete frames and messages.
	 */
	@Override
	public void countMemory(long bytes) {
		session().countMemory(bytes);
	}

	// Writing

	@Override
	public TransportType type() {
		return TransportType.WEBSOCKET;
	}

	@Override
	public boolean isWritable() {
		return this.outbound.isWritable();
	}

	@Override
	public boolean inThread() {
		return this.loop == null || this.loop.inEventLoop();
	}

	@Override
	public void execute(Runnable task) {
		if (this.loop == null) {
			task.run();
		}
		else {
			this.loop.execute(task);
		}
	}

	@Override
	public void executeAfterOthers(Runnable task) {
		if (this.loop == null) {
			task.run();
		}
		else {
			WorkLimit.afterOthers(this.loop, task);
		}
	}

	private void ready() {
		if (this.session != null) {
			this.session.onReady(this);
		}
	}

	@Override
	public void drain(Outbox outbox) {
		boolean progress = false;
		long bytes = 0;
		while (this.outbound.isWritable() && outbox.peek() != null) {
			progress = true;
			Object entry = outbox.poll();
			if (entry instanceof EncodedMessage message) {
				bytes += message.bytes();
				send(message);
			}
			else if (entry instanceof Runnable mark) {
				mark.run();
			}
		}
		if (progress) {
			this.handedOver = bytes;
		}
		watchWrites(outbox.peek() != null && !this.closing.get(), progress);
	}

	/**
	 * Watch the peer while the outbox is not empty and the server requests no frames. On
	 * Reactor Netty the progress is measured. On other servers it cannot be measured: the
	 * last written messages have to be accepted at the minimum data rate.
	 */
	private void watchWrites(boolean stuck, boolean progress) {
		if (!stuck || (progress && this.watch == null)) {
			stopWatching();
		}
		if (!stuck) {
			return;
		}
		Channel channel = this.request.channel();
		if (channel != null) {
			if (this.watch == null) {
				this.watch = TransferWatch.ofWrites(this.rate, channel, this::writeTimedOut);
			}
			this.watch.start();
		}
		else if (this.writeTimer == null && this.rate.isLimited()) {
			this.writeTimer = this.timers.schedule(this.rate.period(this.handedOver), this::writeTimedOut);
			if (this.ended) {
				stopTimers();
			}
		}
	}

	private void stopWatching() {
		if (this.watch != null) {
			this.watch.stop();
		}
		Timers.Timeout current = this.writeTimer;
		if (current != null) {
			current.cancel();
			this.writeTimer = null;
		}
	}

	private void writeTimedOut() {
		if (!this.closing.get()) {
			session().onLimitExceeded(this, EngineLimit.MIN_DATA_RATE, "write timed out");
		}
	}

	@Override
	public void sendControl(EncodedMessage packet) {
		if (!this.closing.get()) {
			send(packet);
		}
	}

	private void send(EncodedMessage message) {
		this.writer.payloads(message, (text, payload) -> {
			// Servers with WebFlux's own adapter would drop an empty message (EIO-58)
			boolean empty = payload.length == 0 && this.loop == null;
			DataBuffer buffer = this.websocket.bufferFactory().wrap(empty ? EMPTY_BINARY : payload);
			WebSocketMessage.Type type = (text || empty) ? WebSocketMessage.Type.TEXT : WebSocketMessage.Type.BINARY;
			this.outbound.send(new WebSocketMessage(type, buffer));
		});
	}

	// Closing

	@Override
	public boolean closeOrderly() {
		close(CloseReason.FORCED_CLOSE);
		return true;
	}

	@Override
	public void close(CloseReason reason) {
		if (this.closing.compareAndSet(false, true)) {
			execute(this::limitClosing);
			this.outbound.end();
			setReading(true);
		}
	}

	/**
	 * Limit the time until the peer has accepted the pending frames and has responded to
	 * the close frame.
	 */
	private void limitClosing() {
		long before = pendingBytes();
		this.closeTimer = this.timers.schedule(CLOSE_TIMEOUT, () -> execute(() -> {
			if (this.rate.isEnough(before - pendingBytes(), CLOSE_TIMEOUT.toNanos())) {
				limitClosing();
			}
			else {
				abandon();
			}
		}));
		if (this.ended) {
			stopTimers();
		}
	}

	@Override
	public long pendingBytes() {
		Channel channel = this.request.channel();
		return (channel != null) ? AcceptedBytes.pending(channel) : 0;
	}

	/**
	 * Close the connection of a peer that does not accept the close frame.
	 */
	private void abandon() {
		this.abandoned.tryEmitEmpty();
		this.request.abort();
	}

	/**
	 * Called when everything was written. On Reactor Netty, the end of the input that
	 * follows sends a close frame without a code (EIO-66). On other servers, reading
	 * continues until the response of the peer.
	 */
	private Mono<Void> closeNow() {
		CloseStatus current = this.status;
		if (current == null && this.loop != null) {
			return isConnected() ? Mono.empty() : whenDecoded();
		}
		Mono<Void> close = this.websocket.close((current != null) ? current : CloseStatus.NORMAL)
			.onErrorResume(this::lost);
		return (this.loop != null) ? close : close.then(this.abandoned.asMono());
	}

	/**
	 * A message, copied from the buffer, which belongs to the server.
	 *
	 * @param type the type
	 * @param data the payload
	 * @param reserved whether reserved bits of the frame are set
	 */
	private record Incoming(WebSocketMessage.Type type, byte[] data, boolean reserved) {

		static Incoming of(WebSocketMessage message) {
			DataBuffer buffer = message.getPayload();
			byte[] data = new byte[buffer.readableByteCount()];
			buffer.read(data);
			if (buffer instanceof CloseableDataBuffer closeable) {
				closeable.close();
			}
			Object frame = message.getNativeMessage();
			boolean reserved = frame instanceof WebSocketFrame nettyFrame && nettyFrame.rsv() != 0;
			return new Incoming(message.getType(), data, reserved);
		}

		boolean isMessage() {
			return this.type == WebSocketMessage.Type.TEXT || this.type == WebSocketMessage.Type.BINARY;
		}

	}

}
