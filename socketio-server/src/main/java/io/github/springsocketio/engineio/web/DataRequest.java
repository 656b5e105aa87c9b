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

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.LongConsumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * A {@code POST}, whose body is read up to a limit and as long as it makes progress
 * (EIO-48, EIO-49, SEC-14, SEC-16). Signals after the end are ignored, such as the error
 * of a connection reset that follows a cancellation.
 */
final class DataRequest extends WaitingRequest {

	private static final AtomicIntegerFieldUpdater<DataRequest> DONE = AtomicIntegerFieldUpdater
		.newUpdater(DataRequest.class, "done");

	private static final AtomicIntegerFieldUpdater<DataRequest> COUNTED = AtomicIntegerFieldUpdater
		.newUpdater(DataRequest.class, "counted");

	private static final byte[] NONE = {};

	/** Smaller bodies are not counted. */
	private static final int MIN_COUNTED = 4096;

	private final EngineRequest request;

	private final int limit;

	private final LongConsumer memory;

	private final Receiver receiver;

	private final Body body;

	private int measured;

	/** The size of the packets that were passed since the last release of memory. */
	private int passed;

	private volatile int done;

	private volatile boolean beingHandled;

	private volatile int counted;

	/**
	 * Create a request.
	 * @param limit the maximum number of bytes to read
	 * @param memory notified of the bytes that are allocated for the body, negative when
	 * they are released
	 * @param receiver called once with the outcome, on the connection's event loop
	 */
	DataRequest(EngineRequest request, int limit, LongConsumer memory, Receiver receiver) {
		this.request = request;
		this.limit = limit;
		this.memory = memory;
		this.receiver = receiver;
		this.body = new Body();
	}

	EngineRequest request() {
		return this.request;
	}

	/**
	 * Return the received part of the body.
	 */
	BodyBuffer body() {
		return this.body.buffer;
	}

	@Override
	void onStarted() {
		this.request.body().subscribe(this.body);
	}

	@Override
	void onAborted() {
		finish(Outcome.ABORTED);
		this.receiver.ended(this);
	}

	/**
	 * Return the number of bytes received since the last call. Called by the timer only.
	 */
	int progress() {
		int length = this.body.buffer.length();
		int progress = length - this.measured;
		this.measured = length;
		return progress;
	}

	/**
	 * Handle a body that arrives too slowly.
	 */
	void timedOut() {
		EventLoop loop = this.request.eventLoop();
		Runnable end = () -> finish(Outcome.TIMED_OUT);
		if (loop == null) {
			end.run();
		}
		else {
			WorkLimit.afterReading(loop, end);
		}
	}

	/**
	 * Close the connection without a response.
	 */
	void abort() {
		if (this.done == 0) {
			this.request.abort();
		}
	}

	private void finish(Outcome outcome) {
		if (!DONE.compareAndSet(this, 0, 1)) {
			return;
		}
		if (outcome == Outcome.READ) {
			this.beingHandled = true;
		}
		else {
			this.body.cancel();
			releaseMemory();
		}
		try {
			this.receiver.received(this, outcome, (outcome == Outcome.READ) ? this.body.buffer.take() : NONE);
		}
		catch (RuntimeException ex) {
			fail(ex);
		}
	}

	/**
	 * Respond with an error, because the body could not be handled.
	 */
	void fail(RuntimeException error) {
		handled();
		this.receiver.ended(this);
		answer(() -> Mono.error(error));
	}

	/**
	 * Return whether the session is handling the packets of the body.
	 */
	boolean isBeingHandled() {
		return this.beingHandled;
	}

	/**
	 * Called before a packet of the body is passed to the session. The memory of the
	 * packet is no longer counted for the body. If the packet is kept, the session counts
	 * it. If it were counted twice, the session could be closed although the limit is not
	 * exceeded.
	 * @param bytes the size of the packet in bytes
	 */
	void passing(int bytes) {
		this.passed += bytes;
		if (this.passed >= MIN_COUNTED) {
			releaseMemory(this.passed);
			this.passed = 0;
		}
	}

	/**
	 * Called when the session has handled the packets of the body, or will not handle
	 * them.
	 */
	void handled() {
		this.beingHandled = false;
		releaseMemory();
	}

	/**
	 * Count the memory that is allocated for the body.
	 */
	private void countMemory() {
		int capacity = this.body.buffer.capacity();
		int added = capacity - this.counted;
		if (added != 0 && capacity >= MIN_COUNTED) {
			COUNTED.addAndGet(this, added);
			this.memory.accept(added);
			if (this.done != 0) {
				// Ended in the meantime
				releaseMemory();
			}
		}
	}

	private void releaseMemory() {
		releaseMemory(Integer.MAX_VALUE);
	}

	private void releaseMemory(int max) {
		int before = COUNTED.getAndUpdate(this, (current) -> Math.max(0, current - max));
		int released = Math.min(before, max);
		if (released != 0) {
			this.memory.accept(-released);
		}
	}

	/**
	 * The outcome of reading the body.
	 */
	enum Outcome {

		READ, TOO_LARGE, ABORTED, TIMED_OUT

	}

	/**
	 * Receives the outcome.
	 */
	interface Receiver {

		/**
		 * Called when the body was read, or is not read any further.
		 * @param request the request, to which the receiver has to respond
		 * @param outcome the outcome
		 * @param bytes the body; empty unless it was read
		 */
		void received(DataRequest request, Outcome outcome, byte[] bytes);

		/**
		 * Called when there will be no response, because the client disconnected or the
		 * receiver failed. May be called twice.
		 * @param request the request
		 */
		void ended(DataRequest request);

	}

	/**
	 * Collects the body.
	 */
	private final class Body implements CoreSubscriber<Object> {

		private final BodyBuffer buffer = new BodyBuffer(DataRequest.this.limit);

		private volatile @Nullable Subscription subscription;

		@Override
		public void onSubscribe(Subscription created) {
			this.subscription = created;
			if (DataRequest.this.request.headers().getContentLength() > DataRequest.this.limit) {
				finish(Outcome.TOO_LARGE);
				return;
			}
			created.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(Object part) {
			boolean taken = DataRequest.this.done == 0;
			if (part instanceof DataBuffer data) {
				taken = taken && this.buffer.add(data);
				DataBufferUtils.release(data);
			}
			else {
				// released by Reactor Netty
				ByteBuf data = (part instanceof ByteBufHolder holder) ? holder.content() : (ByteBuf) part;
				taken = taken && this.buffer.add(data);
			}
			if (taken) {
				countMemory();
			}
			else {
				finish(Outcome.TOO_LARGE);
			}
		}

		@Override
		public void onComplete() {
			finish(Outcome.READ);
		}

		@Override
		public void onError(Throwable error) {
			finish(Outcome.ABORTED);
		}

		private void cancel() {
			Subscription current = this.subscription;
			if (current != null) {
				current.cancel();
			}
		}

	}

}
