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
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Writes a response without blocking. The container buffers the bytes that the client
 * does not accept at once, and invokes {@link #onWritePossible()} after they are written.
 * Supports a single subscriber.
 */
final class BodyWriter extends Mono<Void> implements CoreSubscriber<DataBuffer>, Subscription, ResponseOutput.Writer {

	private final AsyncRequest async;

	private final ResponseOutput output;

	private final AsyncRequest.Step head;

	private final Publisher<? extends DataBuffer> body;

	private final AtomicBoolean terminated = new AtomicBoolean();

	private @Nullable CoreSubscriber<? super Void> actual;

	private volatile @Nullable Subscription upstream;

	// Guarded by the lock of the request

	private boolean demanded;

	private boolean writing;

	private boolean read;

	private boolean flushed;

	/**
	 * Create a writer.
	 * @param head sets status and headers
	 * @param body the body
	 */
	BodyWriter(AsyncRequest async, ResponseOutput output, AsyncRequest.Step head,
			Publisher<? extends DataBuffer> body) {
		this.async = async;
		this.output = output;
		this.head = head;
		this.body = body;
	}

	@Override
	public void subscribe(CoreSubscriber<? super Void> subscriber) {
		this.actual = subscriber;
		subscriber.onSubscribe(this);
		this.output.write(this);
	}

	private static IOException ended() {
		return new IOException("The request has ended");
	}

	// Called by the output

	@Override
	public void onOpen() throws IOException {
		if (this.async.perform(this.head)) {
			this.body.subscribe(this);
		}
		else {
			fail(ended());
		}
	}

	@Override
	public void onWritePossible() throws IOException {
		advance();
	}

	@Override
	public void onError(Throwable error) {
		// The error is from the container, the output or the body
		Subscription current = this.upstream;
		if (current != null) {
			current.cancel();
		}
		fail(error);
	}

	private void fail(Throwable error) {
		if (this.terminated.compareAndSet(false, true)) {
			subscriber().onError(error);
		}
	}

	private CoreSubscriber<? super Void> subscriber() {
		return Objects.requireNonNull(this.actual, "No subscriber");
	}

	// Called by the body

	@Override
	public void onSubscribe(Subscription subscription) {
		this.upstream = subscription;
		if (this.terminated.get()) {
			subscription.cancel();
		}
		else {
			this.demanded = true;
			subscription.request(1);
		}
	}

	@Override
	public void onNext(DataBuffer buffer) {
		try {
			boolean open = this.async.perform(() -> {
				this.demanded = false;
				this.writing = true;
				write(buffer);
			});
			if (!open) {
				this.output.fail(ended());
				return;
			}
		}
		catch (IOException | RuntimeException ex) {
			this.output.fail(ex);
			return;
		}
		finally {
			DataBufferUtils.release(buffer);
		}
		proceed();
	}

	private void write(DataBuffer buffer) throws IOException {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		this.output.stream().write(bytes);
	}

	@Override
	public void onComplete() {
		this.read = true;
		proceed();
	}

	private void proceed() {
		try {
			advance();
		}
		catch (IOException | RuntimeException ex) {
			this.output.fail(ex);
		}
	}

	/**
	 * Proceed if the container is ready: request the next buffer, or flush and complete
	 * after the last one.
	 */
	private void advance() throws IOException {
		boolean[] next = new boolean[2];
		this.async.perform(() -> {
			if (this.writing && !this.output.stream().isReady()) {
				return;
			}
			this.writing = false;
			if (!this.read) {
				next[0] = !this.demanded;
				this.demanded = true;
				return;
			}
			if (!this.flushed) {
				// Otherwise a thread of the container would block until the client
				// accepts the rest
				this.flushed = true;
				this.output.stream().flush();
				this.writing = true;
				if (!this.output.stream().isReady()) {
					return;
				}
				this.writing = false;
			}
			next[1] = true;
		});
		Subscription current = this.upstream;
		if (next[0] && current != null) {
			current.request(1);
		}
		if (next[1] && this.terminated.compareAndSet(false, true)) {
			subscriber().onComplete();
		}
	}

	// Called by the subscriber

	@Override
	public void request(long count) {
		// There are no values
	}

	@Override
	public void cancel() {
		if (this.terminated.compareAndSet(false, true)) {
			Subscription current = this.upstream;
			if (current != null) {
				current.cancel();
			}
		}
	}

}
