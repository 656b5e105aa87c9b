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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

import io.netty.handler.codec.TooLongFrameException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

import org.springframework.web.reactive.socket.WebSocketMessage;

/**
 * The received messages of a websocket, in order. If more messages arrive than are
 * requested, reading is paused if the container supports this. Otherwise the messages are
 * queued, and the websocket fails if the queue exceeds a maximum number of bytes.
 * Supports a single subscriber.
 */
final class InboundMessages extends Flux<WebSocketMessage> implements Subscription {

	/** The memory of a message in addition to its payload, in bytes. */
	private static final int OVERHEAD = 128;

	private final ReadControl control;

	private final long maxWaitingBytes;

	private final Queue<WebSocketMessage> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicLong waitingBytes = new AtomicLong();

	private final AtomicLong requested = new AtomicLong();

	private final AtomicInteger work = new AtomicInteger();

	private final AtomicBoolean paused = new AtomicBoolean();

	private volatile @Nullable CoreSubscriber<? super WebSocketMessage> actual;

	private volatile boolean done;

	private volatile boolean cancelled;

	private volatile @Nullable Throwable error;

	private boolean terminated;

	private LongConsumer memory = (bytes) -> {
	};

	InboundMessages(ReadControl control, int maxWaitingBytes) {
		this.control = control;
		this.maxWaitingBytes = maxWaitingBytes;
	}

	void setMemory(LongConsumer memory) {
		this.memory = memory;
	}

	// Called by the container

	/**
	 * Return whether further messages are ignored.
	 */
	boolean isDone() {
		return this.done;
	}

	void add(WebSocketMessage message) {
		count(size(message));
		this.waiting.add(message);
		drain();
		if (!this.waiting.isEmpty()) {
			pause();
		}
	}

	private void pause() {
		if (this.control != ReadControl.NONE) {
			this.control.pause();
			this.paused.set(true);
			// The queue may have been drained before the pause
			drain();
		}
		else if (this.waitingBytes.get() > this.maxWaitingBytes) {
			fail(new TooLongFrameException("Too many messages are waiting"));
		}
	}

	void fail(Throwable failure) {
		this.error = failure;
		complete();
	}

	void complete() {
		this.done = true;
		drain();
	}

	// Called by the endpoint

	@Override
	public void subscribe(CoreSubscriber<? super WebSocketMessage> subscriber) {
		if (this.actual != null) {
			Operators.error(subscriber, new IllegalStateException("Only one subscriber"));
			return;
		}
		this.actual = subscriber;
		subscriber.onSubscribe(this);
		drain();
	}

	@Override
	public void request(long count) {
		if (Operators.validate(count)) {
			this.requested.accumulateAndGet(count, Operators::addCap);
			drain();
		}
	}

	@Override
	public void cancel() {
		this.cancelled = true;
		this.done = true;
		drain();
	}

	/**
	 * Emit queued messages as far as they are requested, on one thread at a time.
	 */
	private void drain() {
		if (this.work.getAndIncrement() != 0) {
			return;
		}
		int missed = 1;
		while (missed != 0) {
			CoreSubscriber<? super WebSocketMessage> subscriber = this.actual;
			if (subscriber != null) {
				emit(subscriber);
			}
			missed = this.work.addAndGet(-missed);
		}
	}

	private void emit(CoreSubscriber<? super WebSocketMessage> subscriber) {
		Throwable failure = this.error;
		while (failure == null && !this.cancelled && !this.terminated && this.requested.get() > 0) {
			WebSocketMessage next = this.waiting.poll();
			if (next == null) {
				break;
			}
			if (this.requested.get() != Long.MAX_VALUE) {
				this.requested.decrementAndGet();
			}
			count(-size(next));
			subscriber.onNext(next);
			failure = this.error;
		}
		if (this.cancelled || this.terminated || (this.done && (failure != null || this.waiting.isEmpty()))) {
			terminate(subscriber, failure);
		}
		else if (this.waiting.isEmpty() && this.paused.compareAndSet(true, false)) {
			this.control.resume();
		}
	}

	private void terminate(CoreSubscriber<? super WebSocketMessage> subscriber, @Nullable Throwable failure) {
		WebSocketMessage next = this.waiting.poll();
		while (next != null) {
			count(-size(next));
			next = this.waiting.poll();
		}
		if (this.paused.compareAndSet(true, false)) {
			// While reading is paused, the container does not detect the end of the
			// connection
			this.control.resume();
		}
		if (this.terminated || this.cancelled) {
			return;
		}
		this.terminated = true;
		if (failure != null) {
			subscriber.onError(failure);
		}
		else {
			subscriber.onComplete();
		}
	}

	private void count(long bytes) {
		this.waitingBytes.addAndGet(bytes);
		this.memory.accept(bytes);
	}

	private static int size(WebSocketMessage message) {
		return message.getPayload().readableByteCount() + OVERHEAD;
	}

}
