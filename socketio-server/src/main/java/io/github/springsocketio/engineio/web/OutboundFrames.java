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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;

/**
 * The one publisher of what a websocket sends, for a server that asks for as much as it
 * can write. Holds only what it was given while the server asked for more: the packets of
 * one message. Filled from any thread; the subscriber sees one signal after the other.
 *
 * @param <T> the type of the frames
 */
final class OutboundFrames<T> implements Publisher<T>, Subscription {

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<OutboundFrames> WORK = AtomicIntegerFieldUpdater
		.newUpdater(OutboundFrames.class, "work");

	@SuppressWarnings("rawtypes")
	private static final AtomicLongFieldUpdater<OutboundFrames> REQUESTED = AtomicLongFieldUpdater
		.newUpdater(OutboundFrames.class, "requested");

	private final Queue<T> frames = new ConcurrentLinkedQueue<>();

	private final Runnable ready;

	private @Nullable Subscriber<? super T> subscriber;

	/** Not 0 before there is a subscriber, who thus does the work that came before. */
	private volatile int work = 1;

	private volatile long requested;

	private volatile boolean ended;

	private volatile boolean done;

	/**
	 * Create the publisher.
	 * @param ready called whenever the server asks for more
	 */
	OutboundFrames(Runnable ready) {
		this.ready = ready;
	}

	/**
	 * Return whether a frame would be taken at once.
	 */
	boolean isWritable() {
		return this.requested > 0 && this.frames.isEmpty() && !this.ended && !this.done;
	}

	/**
	 * Send a frame when the server asks for it.
	 */
	void send(T frame) {
		this.frames.add(frame);
		work();
	}

	/**
	 * Complete after the frames that were sent.
	 */
	void end() {
		this.ended = true;
		work();
	}

	@Override
	public void subscribe(Subscriber<? super T> subscriber) {
		if (this.subscriber != null) {
			Operators.error(subscriber, new IllegalStateException("Only one subscriber"));
			return;
		}
		this.subscriber = subscriber;
		subscriber.onSubscribe(this);
		loop(subscriber);
	}

	@Override
	public void request(long count) {
		if (Operators.validate(count)) {
			Operators.addCap(REQUESTED, this, count);
			work();
			this.ready.run();
		}
	}

	@Override
	public void cancel() {
		this.done = true;
		work();
	}

	private void work() {
		if (WORK.getAndIncrement(this) == 0 && this.subscriber != null) {
			loop(this.subscriber);
		}
	}

	private void loop(Subscriber<? super T> current) {
		int missed = this.work;
		while (missed != 0) {
			emit(current);
			missed = WORK.addAndGet(this, -missed);
		}
	}

	private void emit(Subscriber<? super T> current) {
		while (!this.done && this.requested > 0 && !this.frames.isEmpty()) {
			Operators.produced(REQUESTED, this, 1);
			current.onNext(this.frames.remove());
		}
		if (this.done) {
			this.frames.clear();
		}
		else if (this.ended && this.frames.isEmpty()) {
			this.done = true;
			current.onComplete();
		}
	}

}
