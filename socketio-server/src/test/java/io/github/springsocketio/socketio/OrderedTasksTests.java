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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The order of what is written in a namespace.
 */
class OrderedTasksTests {

	/**
	 * The common pool may have one thread only.
	 */
	private static final Executor THREADS = (task) -> new Thread(task, "ordered-tasks").start();

	private final OrderedTasks tasks = new OrderedTasks();

	private final List<Integer> seen = new ArrayList<>();

	@Test
	void taskRunsAtOnceAndThoseItBringsAfterwards() {
		this.tasks.run(() -> {
			for (int i = 0; i < 5000; i++) {
				int number = i;
				this.tasks.run(() -> this.seen.add(number));
			}
			assertThat(this.seen).isEmpty();
		});
		assertThat(this.seen).isEqualTo(IntStream.range(0, 5000).boxed().toList());
	}

	@Test
	void failingTaskDoesNotStopTheOthers() {
		this.tasks.run(() -> {
			this.tasks.run(() -> this.seen.add(1));
			throw new IllegalStateException("test");
		});
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> this.tasks.run(() -> {
			this.tasks.run(() -> this.seen.add(2));
			throw new OutOfMemoryError("test");
		}));
		this.tasks.run(() -> this.seen.add(3));
		assertThat(this.seen).containsExactly(1, 2, 3);
	}

	@Test
	void whoeverBringsTooManyIsSlowedDown() throws Exception {
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch gate = new CountDownLatch(1);
		CompletableFuture<Void> worker = CompletableFuture.runAsync(() -> this.tasks.run(() -> {
			running.countDown();
			await(gate);
		}), THREADS);
		await(running);
		AtomicInteger brought = new AtomicInteger();
		AtomicInteger ran = new AtomicInteger();
		CompletableFuture<Void> producer = CompletableFuture.runAsync(() -> {
			for (int i = 0; i < 5000; i++) {
				this.tasks.run(ran::incrementAndGet);
				brought.incrementAndGet();
			}
		}, THREADS);
		while (brought.get() < 1000) {
			Thread.onSpinWait();
		}
		assertThat(brought.get()).isLessThan(1010);
		assertThat(producer).isNotDone();
		gate.countDown();
		CompletableFuture.allOf(worker, producer).get(30, TimeUnit.SECONDS);
		this.tasks.run(() -> this.seen.add(ran.get()));
		assertThat(this.seen).containsExactly(5000);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
