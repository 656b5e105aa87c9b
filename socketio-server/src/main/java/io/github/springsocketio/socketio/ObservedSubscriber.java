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

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.springsocketio.socketio.ServerObserver.Operation;
import io.github.springsocketio.socketio.ServerObserver.Outcome;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * Ends an operation with its publisher. Reactor's {@code tap} would do the same, but
 * restores thread locals for each signal when Micrometer's context propagation is there.
 *
 * @param <T> the type of the values
 */
final class ObservedSubscriber<T> implements CoreSubscriber<T>, Subscription {

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<ObservedSubscriber> ENDED = AtomicIntegerFieldUpdater
		.newUpdater(ObservedSubscriber.class, "ended");

	private final CoreSubscriber<? super T> subscriber;

	private final Operation operation;

	private final Context context;

	/**
	 * 1 after the end, which is either the end of the publisher or the cancellation.
	 */
	private volatile int ended;

	private @Nullable Subscription subscription;

	ObservedSubscriber(CoreSubscriber<? super T> subscriber, Operation operation) {
		this.subscriber = subscriber;
		this.operation = operation;
		this.context = operation.context(subscriber.currentContext());
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onSubscribe(Subscription source) {
		this.subscription = source;
		this.subscriber.onSubscribe(this);
	}

	@Override
	public void onNext(T value) {
		this.subscriber.onNext(value);
	}

	@Override
	public void onError(Throwable error) {
		end(outcome(error), error);
		this.subscriber.onError(error);
	}

	@Override
	public void onComplete() {
		end(Outcome.SUCCESS, null);
		this.subscriber.onComplete();
	}

	@Override
	public void request(long count) {
		if (this.subscription != null) {
			this.subscription.request(count);
		}
	}

	@Override
	public void cancel() {
		end(Outcome.CANCELED, null);
		if (this.subscription != null) {
			this.subscription.cancel();
		}
	}

	private void end(Outcome outcome, @Nullable Throwable error) {
		if (ENDED.compareAndSet(this, 0, 1)) {
			this.operation.end(outcome, error);
		}
	}

	/**
	 * Return the outcome of an operation that has failed.
	 */
	static Outcome outcome(Throwable error) {
		if (error instanceof AckTimeoutException) {
			return Outcome.TIMEOUT;
		}
		return (error instanceof SocketDisconnectedException) ? Outcome.DISCONNECTED : Outcome.ERROR;
	}

}
