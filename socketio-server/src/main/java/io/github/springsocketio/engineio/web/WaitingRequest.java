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

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A request whose response is written later. Combines {@code Mono.create} and
 * {@code flatMap} in one object. Supports one subscriber.
 */
abstract class WaitingRequest extends Mono<Void> implements CoreSubscriber<Void>, Subscription {

	private static final AtomicReferenceFieldUpdater<WaitingRequest, @Nullable Subscription> ANSWERING = AtomicReferenceFieldUpdater
		.newUpdater(WaitingRequest.class, Subscription.class, "answering");

	private volatile @Nullable Subscription answering;

	private @Nullable CoreSubscriber<? super Void> server;

	@Override
	public final void subscribe(CoreSubscriber<? super Void> actual) {
		this.server = actual;
		actual.onSubscribe(this);
		try {
			onStarted();
		}
		catch (RuntimeException ex) {
			answer(() -> Mono.error(ex));
		}
		if (this.answering == Operators.cancelledSubscription()) {
			// Cancelled between onSubscribe and onStarted
			onAborted();
		}
	}

	/**
	 * Called when the server has subscribed.
	 */
	abstract void onStarted();

	/**
	 * Called when the client disconnects before the response is started. May be called
	 * twice.
	 */
	abstract void onAborted();

	/**
	 * Called when the response was written, or the client has disconnected while it was
	 * being written. May be called twice.
	 */
	void onAnswered() {
	}

	/**
	 * Start the response; called once, on the connection's event loop. Does nothing if
	 * the client has disconnected.
	 * @param answer creates the Mono that writes the response
	 * @return whether the response was started
	 */
	final boolean answer(Supplier<Mono<Void>> answer) {
		if (this.answering != null) {
			return false;
		}
		Mono.defer(answer).subscribe(this);
		return true;
	}

	private CoreSubscriber<? super Void> server() {
		CoreSubscriber<? super Void> current = this.server;
		if (current == null) {
			throw new IllegalStateException("No request is waiting");
		}
		return current;
	}

	// From the server

	@Override
	public final void request(long count) {
		// There are no values
	}

	@Override
	public final void cancel() {
		Subscription answer = ANSWERING.getAndSet(this, Operators.cancelledSubscription());
		if (answer == null) {
			onAborted();
		}
		else {
			answer.cancel();
			onAnswered();
		}
	}

	// From the response

	@Override
	public final void onSubscribe(Subscription subscription) {
		if (ANSWERING.compareAndSet(this, null, subscription)) {
			subscription.request(Long.MAX_VALUE);
		}
		else {
			subscription.cancel();
		}
	}

	@Override
	public final void onNext(Void none) {
		// There are no values
	}

	@Override
	public final void onError(Throwable error) {
		server().onError(error);
		onAnswered();
	}

	@Override
	public final void onComplete() {
		server().onComplete();
		onAnswered();
	}

	@Override
	public final Context currentContext() {
		return server().currentContext();
	}

}
