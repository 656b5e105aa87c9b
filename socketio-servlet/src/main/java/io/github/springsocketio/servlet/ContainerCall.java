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
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * Runs a step with the response after the filters ahead have returned. Supports a single
 * subscriber.
 */
final class ContainerCall extends Mono<Void> implements Subscription, ResponseOutput.Writer {

	private final AsyncRequest async;

	private final ResponseOutput output;

	private final AsyncRequest.Step step;

	private final AtomicBoolean done = new AtomicBoolean();

	private @Nullable CoreSubscriber<? super Void> actual;

	ContainerCall(AsyncRequest async, ResponseOutput output, AsyncRequest.Step step) {
		this.async = async;
		this.output = output;
		this.step = step;
	}

	@Override
	public void subscribe(CoreSubscriber<? super Void> subscriber) {
		this.actual = subscriber;
		subscriber.onSubscribe(this);
		this.output.write(this);
	}

	private CoreSubscriber<? super Void> subscriber() {
		return Objects.requireNonNull(this.actual, "No subscriber");
	}

	@Override
	public void onOpen() {
		if (this.done.compareAndSet(false, true)) {
			try {
				if (!this.async.perform(this.step)) {
					throw new IOException("The request has ended");
				}
				subscriber().onComplete();
			}
			catch (IOException | RuntimeException ex) {
				subscriber().onError(ex);
			}
		}
	}

	@Override
	public void onError(Throwable error) {
		if (this.done.compareAndSet(false, true)) {
			subscriber().onError(error);
		}
	}

	@Override
	public void request(long count) {
		// There are no values
	}

	@Override
	public void cancel() {
		this.done.set(true);
	}

}
