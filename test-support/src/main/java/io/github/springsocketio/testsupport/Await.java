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

package io.github.springsocketio.testsupport;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for what must happen, for at most {@link #LIMIT}.
 *
 * @since 0.1.0
 */
public final class Await {

	/**
	 * How long anything may take.
	 */
	public static final Duration LIMIT = Duration.ofSeconds(60);

	private Await() {
	}

	/**
	 * Wait until a condition is true.
	 * @param what what is awaited, for the message of a failure
	 * @param condition the condition
	 */
	public static void until(String what, BooleanSupplier condition) {
		long end = System.nanoTime() + LIMIT.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - end > 0) {
				throw new AssertionError("Did not happen: " + what);
			}
			LockSupport.parkNanos(2_000_000);
		}
	}

	/**
	 * Wait for the next element of a queue.
	 * @param <T> the type of the elements
	 * @param what what is awaited, for the message of a failure
	 * @param queue the queue
	 * @return the element
	 */
	public static <T> T next(String what, BlockingQueue<T> queue) {
		try {
			T next = queue.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
			if (next == null) {
				throw new AssertionError("Did not come: " + what);
			}
			return next;
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	/**
	 * Wait for the result of a future.
	 * @param <T> the type of the result
	 * @param what what is awaited, for the message of a failure
	 * @param future the future
	 * @return the result
	 */
	public static <T> T get(String what, Future<T> future) {
		try {
			return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			throw new AssertionError("Did not come: " + what, ex);
		}
		catch (ExecutionException ex) {
			throw new AssertionError(what + " failed: " + ex.getCause(), ex.getCause());
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	public static void on(String what, CountDownLatch latch) {
		try {
			if (!latch.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new AssertionError("Did not happen: " + what);
			}
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	/**
	 * Let time pass, where the passing of time is what a test is about.
	 * @param time how long
	 */
	public static void pass(Duration time) {
		try {
			Thread.sleep(time.toMillis());
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	private static AssertionError interrupted(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new AssertionError("Interrupted", ex);
	}

}
