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

package io.github.springsocketio.socketio.adapter.test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Waits for conditions and results, for a limited time.
 *
 * @param limit the time limit
 */
record KitWait(Duration limit) {

	private static final long PAUSE = Duration.ofMillis(5).toNanos();

	void until(String what, BooleanSupplier condition) {
		long end = System.nanoTime() + this.limit.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - end > 0) {
				Assertions.fail("Did not happen within %s: %s", this.limit, what);
			}
			LockSupport.parkNanos(PAUSE);
		}
	}

	/**
	 * Acquire a permit.
	 */
	void acquire(String what, Semaphore permits) {
		try {
			if (!permits.tryAcquire(this.limit.toNanos(), TimeUnit.NANOSECONDS)) {
				Assertions.fail("Did not happen within %s: %s", this.limit, what);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted: " + what, ex);
		}
	}

	<T> @Nullable T value(String what, Mono<T> mono) {
		return get(what, mono.toFuture());
	}

	<T> T require(String what, Mono<T> mono) {
		T value = value(what, mono);
		return (value != null) ? value : Assertions.fail("Completed without a value: %s", what);
	}

	/**
	 * Wait until a publisher has failed.
	 * @return the error
	 */
	Throwable error(String what, Mono<?> mono) {
		Throwable error = outcome(what, mono);
		return (error != null) ? error : Assertions.fail("Did not fail: %s", what);
	}

	/**
	 * Wait until a publisher has completed or failed.
	 * @return the error, or {@code null} if it has completed
	 */
	@Nullable Throwable outcome(String what, Mono<?> mono) {
		CompletableFuture<@Nullable Throwable> outcome = new CompletableFuture<>();
		mono.subscribe((value) -> {
		}, outcome::complete, () -> outcome.complete(null));
		return get(what, outcome);
	}

	<T> T get(String what, Future<T> future) {
		try {
			return future.get(this.limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			throw new AssertionError("Did not happen within " + this.limit + ": " + what, ex);
		}
		catch (ExecutionException ex) {
			throw new AssertionError("Failed: " + what, ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted: " + what, ex);
		}
	}

}
