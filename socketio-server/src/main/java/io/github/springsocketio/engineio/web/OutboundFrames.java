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
 * The publisher of the outbound frames of a websocket, for a server that requests as many
 * as it can write. Without demand, it holds at most the frames of one message. Any thread
 * may add frames; the subscriber receives serialized signals.
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

	/**
	 * Initially 1, so that frames added before the subscription are emitted by the
	 * subscribing thread.
	 */
	private volatile int work = 1;

	private volatile long requested;

	private volatile boolean ended;

	private volatile boolean done;

	/**
	 * Create the publisher.
	 * @param ready called with each request of the subscriber
	 */
	OutboundFrames(Runnable ready) {
		this.ready = ready;
	}

	/**
	 * Return whether a frame would be emitted at once.
	 */
	boolean isWritable() {
		return this.requested > 0 && this.frames.isEmpty() && !this.ended && !this.done;
	}

	/**
	 * Emit a frame as soon as there is demand.
	 */
	void send(T frame) {
		this.frames.add(frame);
		work();
	}

	/**
	 * Complete after the added frames.
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
