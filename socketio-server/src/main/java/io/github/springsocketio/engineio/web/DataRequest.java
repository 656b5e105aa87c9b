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

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.springsocketio.engineio.Timers;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Reads the body of a {@code POST}, up to a limit and within a time limit (EIO-48,
 * EIO-49, SEC-14, SEC-16). An error that comes after the end, as a reset does after the
 * cancellation that it causes, is no news.
 */
final class DataRequest implements CoreSubscriber<DataBuffer> {

	private final EngineRequest request;

	private final int limit;

	private final AtomicBoolean done = new AtomicBoolean();

	private byte[] bytes = new byte[0];

	private int length;

	private @Nullable MonoSink<Body> sink;

	private volatile @Nullable Subscription subscription;

	private volatile Timers.@Nullable Timeout timer;

	DataRequest(EngineRequest request, int limit) {
		this.request = request;
		this.limit = limit;
	}

	/**
	 * Read the body.
	 * @return emits what was read, exactly one value; cancelled when the client goes away
	 */
	Mono<Body> read(Timers timers, Duration timeout) {
		return Mono.create((created) -> {
			this.sink = created;
			created.onCancel(() -> finish(Outcome.ABORTED));
			this.request.exchange().getRequest().getBody().subscribe(this);
			if (!this.done.get()) {
				this.timer = timers.schedule(timeout, () -> this.request.onEventLoop(() -> finish(Outcome.TIMED_OUT)));
				if (this.done.get()) {
					stopTimer();
				}
			}
		});
	}

	@Override
	public void onSubscribe(Subscription created) {
		this.subscription = created;
		long announced = this.request.headers().getContentLength();
		if (announced > this.limit) {
			finish(Outcome.TOO_LARGE);
			return;
		}
		if (announced > 0) {
			this.bytes = new byte[(int) Math.min(announced, 65536)];
		}
		created.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(DataBuffer buffer) {
		int count = buffer.readableByteCount();
		if (!this.done.get() && this.length + (long) count <= this.limit) {
			if (this.length + count > this.bytes.length) {
				this.bytes = Arrays.copyOf(this.bytes,
						Math.min(this.limit, Math.max(this.length + count, this.bytes.length * 2)));
			}
			buffer.read(this.bytes, this.length, count);
			this.length += count;
			DataBufferUtils.release(buffer);
			return;
		}
		DataBufferUtils.release(buffer);
		finish(Outcome.TOO_LARGE);
	}

	@Override
	public void onComplete() {
		finish(Outcome.READ);
	}

	@Override
	public void onError(Throwable error) {
		finish(Outcome.ABORTED);
	}

	/**
	 * Cut the connection without an answer.
	 */
	void abort() {
		if (!this.done.get()) {
			this.request.abort();
		}
	}

	private void finish(Outcome outcome) {
		if (!this.done.compareAndSet(false, true)) {
			return;
		}
		stopTimer();
		Subscription body = this.subscription;
		if (outcome != Outcome.READ && body != null) {
			body.cancel();
		}
		byte[] read = (this.length == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.length);
		this.bytes = new byte[0];
		MonoSink<Body> current = this.sink;
		if (current != null) {
			current.success(new Body(outcome, (outcome == Outcome.READ) ? read : new byte[0]));
		}
	}

	private void stopTimer() {
		Timers.Timeout current = this.timer;
		if (current != null) {
			current.cancel();
		}
	}

	/**
	 * What became of the body.
	 */
	enum Outcome {

		READ, TOO_LARGE, ABORTED, TIMED_OUT

	}

	/**
	 * The body, if it was read.
	 *
	 * @param outcome what became of it
	 * @param bytes the bytes, empty unless it was read
	 */
	record Body(Outcome outcome, byte[] bytes) {

	}

}
