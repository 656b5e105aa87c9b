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

import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.github.springsocketio.FatalErrors;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Continues with the result of a Mono in the session's turn: synchronously if the Mono
 * completes during the subscription, otherwise as a new task.
 */
final class Await<T> extends BaseSubscriber<T> {

	private final Executor turn;

	private final BiConsumer<@Nullable T, @Nullable Throwable> next;

	private final Supplier<Context> context;

	private @Nullable Thread subscribing;

	private @Nullable T value;

	private boolean ended;

	private Await(Executor turn, Supplier<Context> context, BiConsumer<@Nullable T, @Nullable Throwable> next) {
		this.turn = turn;
		this.context = context;
		this.next = next;
	}

	/**
	 * Subscribe to a Mono; to be called in the turn of the session.
	 * @param mono the Mono of the application
	 * @param turn runs tasks in the turn of the session
	 * @param context returns the Reactor context to subscribe with
	 * @param next called with the value, which is {@code null} for none, or the error
	 * @return cancels the subscription
	 */
	static <T> Disposable on(Mono<T> mono, Executor turn, Supplier<Context> context,
			BiConsumer<@Nullable T, @Nullable Throwable> next) {
		Await<T> await = new Await<>(turn, context, next);
		await.subscribing = Thread.currentThread();
		try {
			mono.subscribe(await);
		}
		catch (Throwable ex) {
			FatalErrors.rethrowIfFatal(ex);
			await.proceed(null, ex);
		}
		finally {
			await.subscribing = null;
		}
		return await;
	}

	@Override
	public Context currentContext() {
		return this.context.get();
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	protected void hookOnNext(T value) {
		this.value = value;
	}

	@Override
	protected void hookOnComplete() {
		proceed(this.value, null);
	}

	@Override
	protected void hookOnError(Throwable error) {
		proceed(null, error);
	}

	private void proceed(@Nullable T result, @Nullable Throwable error) {
		if (this.ended) {
			return;
		}
		this.ended = true;
		if (Thread.currentThread() == this.subscribing) {
			this.next.accept(result, error);
		}
		else {
			this.turn.execute(() -> this.next.accept(result, error));
		}
	}

}
