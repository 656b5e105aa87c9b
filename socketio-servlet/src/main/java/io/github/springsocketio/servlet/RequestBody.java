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

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * The body of a request, which is read without blocking and only as far as it is
 * requested. Supports a single subscriber.
 */
final class RequestBody extends Flux<DataBuffer> implements Subscription, ReadListener {

	private static final int SIZE = 4096;

	private final AsyncRequest async;

	private final HttpServletRequest request;

	private final AtomicInteger work = new AtomicInteger();

	private final AtomicLong requested = new AtomicLong();

	private volatile @Nullable CoreSubscriber<? super DataBuffer> actual;

	/** The stream that has the read listener; guarded by the lock of the request. */
	private @Nullable ServletInputStream input;

	private volatile boolean cancelled;

	private volatile @Nullable Throwable failure;

	/** Whether the body has been read to its end. */
	private volatile boolean read;

	private boolean terminated;

	RequestBody(AsyncRequest async, HttpServletRequest request) {
		this.async = async;
		this.request = request;
	}

	@Override
	public void subscribe(CoreSubscriber<? super DataBuffer> subscriber) {
		subscriber.onSubscribe(this);
		// set after onSubscribe(): a concurrent callback of the container must not emit
		// before it
		this.actual = subscriber;
		if (this.async.isDispatching() && !this.cancelled) {
			listen();
		}
		else {
			drain();
		}
	}

	/**
	 * Register the read listener. It has to be registered before the servlet returns.
	 * Otherwise Tomcat would invoke it on the registering thread, after waiting for the
	 * lock of the connection.
	 */
	void listen() {
		try {
			boolean open = this.async.perform(() -> {
				if (this.input == null) {
					this.input = this.request.getInputStream();
					this.input.setReadListener(this);
				}
			});
			if (!open) {
				onError(new IOException("The request has ended"));
			}
		}
		catch (IOException | RuntimeException ex) {
			onError(ex);
		}
	}

	@Override
	public void request(long count) {
		if (count > 0) {
			this.requested.accumulateAndGet(count, Operators::addCap);
			drain();
		}
	}

	@Override
	public void cancel() {
		this.cancelled = true;
	}

	// Called by the container

	@Override
	public void onDataAvailable() {
		drain();
	}

	@Override
	public void onAllDataRead() {
		this.read = true;
		drain();
	}

	@Override
	public void onError(Throwable error) {
		this.failure = error;
		drain();
	}

	/**
	 * Read and emit buffers, on one thread at a time.
	 */
	private void drain() {
		if (this.work.getAndIncrement() != 0) {
			return;
		}
		int missed = 1;
		while (missed != 0) {
			emit();
			missed = this.work.addAndGet(-missed);
		}
	}

	private void emit() {
		CoreSubscriber<? super DataBuffer> subscriber = this.actual;
		if (subscriber == null) {
			return;
		}
		while (!this.cancelled && this.requested.get() > 0) {
			DataBuffer next = (this.failure == null) ? read() : null;
			if (next == null) {
				break;
			}
			if (this.requested.get() != Long.MAX_VALUE) {
				this.requested.decrementAndGet();
			}
			subscriber.onNext(next);
		}
		Throwable error = this.failure;
		if (!this.cancelled && !this.terminated && (error != null || this.read)) {
			this.terminated = true;
			if (error != null) {
				subscriber.onError(error);
			}
			else {
				subscriber.onComplete();
			}
		}
	}

	/**
	 * Return the next part of the body.
	 * @return the part, or {@code null} if there is none for now
	 */
	private @Nullable DataBuffer read() {
		byte[][] bytes = new byte[1][];
		int[] count = new int[1];
		try {
			this.async.perform(() -> {
				ServletInputStream current = this.input;
				if (current == null) {
					return;
				}
				if (current.isFinished()) {
					count[0] = -1;
				}
				else if (current.isReady()) {
					bytes[0] = new byte[SIZE];
					count[0] = current.read(bytes[0]);
				}
			});
		}
		catch (IOException ex) {
			this.failure = ex;
			return null;
		}
		if (count[0] < 0) {
			this.read = true;
		}
		return (count[0] > 0) ? DefaultDataBufferFactory.sharedInstance.wrap(bytes[0]).writePosition(count[0]) : null;
	}

}
