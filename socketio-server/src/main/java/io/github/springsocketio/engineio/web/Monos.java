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

import java.util.function.Supplier;

import io.github.springsocketio.FatalErrors;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Fuseable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Utilities for Monos that are often empty or scalar. They avoid an operator if there is
 * nothing to wait for.
 */
final class Monos {

	private Monos() {
	}

	/**
	 * Continue with the next step when a step has completed.
	 * @param step the step, which is not subscribed to yet
	 * @param next creates the next step
	 * @return completes with the next step; fails with the error of either
	 */
	static Mono<Void> then(Mono<Void> step, Supplier<Mono<Void>> next) {
		if (!isEmpty(step)) {
			return step.then(Mono.defer(next));
		}
		try {
			return next.get();
		}
		catch (RuntimeException ex) {
			return Mono.error(ex);
		}
	}

	/**
	 * Return a Mono that also emits the errors which Reactor's operators throw instead of
	 * emitting, such as a {@link LinkageError}. For steps that start in a task of the
	 * event loop, where nothing handles a thrown error.
	 * @param step the step
	 * @return completes or fails with the step
	 */
	static Mono<Void> emitErrors(Mono<Void> step) {
		return Mono.create((sink) -> {
			Disposable.Swap subscription = Disposables.swap();
			sink.onDispose(subscription);
			try {
				subscription.replace(step.subscribe(null, sink::error, sink::success, Context.of(sink.contextView())));
			}
			catch (Throwable ex) {
				FatalErrors.report(ex);
				sink.error(ex);
			}
		});
	}

	/**
	 * Return whether a step is {@link Mono#empty()}, which has no value and completes at
	 * once.
	 */
	static boolean isEmpty(Mono<?> step) {
		return step == Mono.empty();
	}

	/**
	 * Return the value of a {@code Mono.just}, or {@code null} for any other Mono.
	 */
	@SuppressWarnings("unchecked")
	static <T> @Nullable T value(Mono<T> step) {
		if (!(step instanceof Fuseable.ScalarCallable)) {
			return null;
		}
		try {
			return ((Fuseable.ScalarCallable<T>) step).call();
		}
		catch (Exception ex) {
			// A Mono.error, whose subscriber receives the error
			return null;
		}
	}

}
