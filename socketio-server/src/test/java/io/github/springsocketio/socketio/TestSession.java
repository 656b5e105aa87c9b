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

package io.github.springsocketio.socketio;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineConnectionHandler;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineSessionHandler;
import io.github.springsocketio.engineio.EngineSessionListener;
import io.github.springsocketio.engineio.HandshakeRequest;
import io.github.springsocketio.engineio.ReadyState;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.testsupport.Await;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session whose client is the test: {@link #receive(String)} is what the client sends,
 * {@link #sent()} what it got.
 */
final class TestSession implements EngineSession {

	private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

	private final TestEngine engine;

	private final String id;

	private final int protocol;

	private final HandshakeRequest request;

	private final Queue<String> sent = new ConcurrentLinkedQueue<>();

	private final Queue<EncodedMessage> messages = new ConcurrentLinkedQueue<>();

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final Queue<EngineSessionListener> listeners = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicInteger paused = new AtomicInteger();

	private final AtomicLong counted = new AtomicLong();

	private @Nullable Runnable whenSent;

	private @Nullable EngineSessionHandler handler;

	volatile ReadyState state = ReadyState.OPEN;

	volatile TransportType transport = TransportType.WEBSOCKET;

	volatile boolean writable = true;

	volatile long buffered;

	volatile long mark;

	volatile long delivered = -1;

	volatile Sinks.Empty<Void> flushed = Sinks.empty();

	TestSession(TestEngine engine, String id, int protocol, HandshakeRequest request) {
		this.engine = engine;
		this.id = id;
		this.protocol = protocol;
		this.request = request;
	}

	void open(@Nullable EngineConnectionHandler connectionHandler) {
		assertThat(connectionHandler).isNotNull();
		execute(() -> this.handler = connectionHandler.onConnection(this));
	}

	/**
	 * The client sends a packet, without the Engine.IO packet type.
	 */
	TestSession receive(String packet) {
		byte[] bytes = ("4" + packet).getBytes(StandardCharsets.UTF_8);
		execute(() -> {
			if (this.state == ReadyState.OPEN) {
				handler().onText(bytes, 1, bytes.length - 1);
			}
		});
		return this;
	}

	TestSession receive(byte[] bytes) {
		execute(() -> {
			if (this.state == ReadyState.OPEN) {
				handler().onBinary(bytes);
			}
		});
		return this;
	}

	/**
	 * The connection is lost.
	 */
	void lose(CloseReason reason, @Nullable String detail) {
		execute(() -> {
			if (this.state != ReadyState.CLOSED) {
				this.state = ReadyState.CLOSED;
				this.engine.remove(this);
				handler().onClose(reason, detail);
				this.listeners.forEach((listener) -> listener.onClose(this, reason, detail));
			}
		});
	}

	void lose() {
		lose(CloseReason.TRANSPORT_CLOSE, null);
	}

	/**
	 * Return what was sent since the last call, without the Engine.IO packet type;
	 * binaries in base 64 after a {@code b}.
	 */
	List<String> sent() {
		List<String> result = new ArrayList<>();
		String next;
		while ((next = this.sent.poll()) != null) {
			result.add(next);
		}
		return result;
	}

	/**
	 * Wait until a message was sent, which stays to be read.
	 */
	void awaitSent(String message) {
		Await.until("the message " + message, () -> this.sent.contains(message));
	}

	/**
	 * Wait until something was sent, which stays to be read.
	 */
	void awaitSomethingSent() {
		Await.until("a message", () -> !this.sent.isEmpty());
	}

	/**
	 * Return the messages themselves.
	 */
	List<EncodedMessage> messages() {
		return List.copyOf(this.messages);
	}

	/**
	 * Run a task as soon as the next message is sent, as a client may that is fast.
	 */
	void whenSent(Runnable task) {
		this.whenSent = task;
	}

	/**
	 * Join a namespace and return the id of the socket there.
	 */
	String connect(String packet) {
		receive(packet);
		// the order of the adapter may be busy with what is due
		awaitSomethingSent();
		List<String> answers = sent();
		Matcher matcher = SID.matcher(answers.get(0));
		assertThat(matcher.find()).as(answers.toString()).isTrue();
		answers.stream().skip(1).forEach(this.sent::add);
		return matcher.group(1);
	}

	String connect() {
		return connect("0");
	}

	boolean isClosed() {
		return this.state != ReadyState.OPEN;
	}

	int paused() {
		return this.paused.get();
	}

	private EngineSessionHandler handler() {
		EngineSessionHandler current = this.handler;
		assertThat(current).isNotNull();
		return current;
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public int protocol() {
		return this.protocol;
	}

	@Override
	public ReadyState readyState() {
		return this.state;
	}

	@Override
	public TransportType transportType() {
		return this.transport;
	}

	@Override
	public boolean awaitsPoll() {
		return this.transport == TransportType.POLLING && !this.writable;
	}

	@Override
	public HandshakeRequest request() {
		return this.request;
	}

	@Override
	public boolean send(String message) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean send(byte[] message) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean send(EncodedMessage message) {
		if (this.state != ReadyState.OPEN) {
			return false;
		}
		this.messages.add(message);
		this.sent.add(new String(message.text(), 1, message.text().length - 1, StandardCharsets.UTF_8));
		for (byte[] binary : message.binaries()) {
			this.sent.add("b" + Base64.getEncoder().encodeToString(binary));
		}
		Runnable next = this.whenSent;
		this.whenSent = null;
		if (next != null) {
			next.run();
		}
		return true;
	}

	@Override
	public boolean sendVolatile(EncodedMessage message) {
		return this.writable && send(message);
	}

	@Override
	public boolean isWritable() {
		return this.writable;
	}

	@Override
	public long bufferedBytes() {
		return this.buffered;
	}

	@Override
	public Mono<Void> flushed() {
		return this.flushed.asMono();
	}

	@Override
	public long deliveryMark() {
		return this.mark;
	}

	@Override
	public boolean isDelivered(long mark) {
		return mark <= this.delivered;
	}

	/**
	 * The client answers a ping that was sent after everything else.
	 */
	void pong() {
		this.delivered = this.mark++;
	}

	@Override
	public void countMemory(long bytes) {
		this.counted.addAndGet(bytes);
	}

	@Override
	public void countMemory(EncodedMessage message, boolean held) {
		countMemory(held ? message.bytes() : -message.bytes());
	}

	/**
	 * Return the memory that is counted for this session.
	 */
	long counted() {
		return this.counted.get();
	}

	@Override
	public void close() {
		if (this.state == ReadyState.OPEN) {
			this.state = ReadyState.CLOSING;
			if (this.transport == TransportType.WEBSOCKET || this.writable) {
				finishClosing();
			}
		}
	}

	/**
	 * The last poll came, or did not come in time.
	 */
	void finishClosing() {
		lose(CloseReason.FORCED_CLOSE, null);
	}

	@Override
	public void closeNow() {
		lose(CloseReason.FORCED_CLOSE, null);
	}

	@Override
	public void pauseReading(boolean pause) {
		this.paused.addAndGet(pause ? 1 : -1);
	}

	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		if (this.waiting.getAndIncrement() != 0) {
			return;
		}
		Error failure = null;
		do {
			Runnable next = this.tasks.poll();
			try {
				if (next != null) {
					next.run();
				}
			}
			catch (Error ex) {
				failure = ex;
			}
		}
		while (this.waiting.decrementAndGet() != 0);
		if (failure != null) {
			throw failure;
		}
	}

	@Override
	public void addListener(EngineSessionListener listener) {
		this.listeners.add(listener);
	}

	@Override
	public void removeListener(EngineSessionListener listener) {
		throw new UnsupportedOperationException();
	}

}
