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

package io.github.springsocketio.socketio.adapter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.testsupport.HeldThread;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The order of tasks of several threads.
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
		bring(60);
		assertThat(this.seen).isEqualTo(IntStream.range(0, 60).boxed().toList());
	}

	@Test
	void manyTasksKeepTheirOrderAcrossThreads() throws Exception {
		bring(5000);
		CompletableFuture<Void> last = new CompletableFuture<>();
		this.tasks.run(() -> last.complete(null));
		last.get(30, TimeUnit.SECONDS);
		assertThat(this.seen).isEqualTo(IntStream.range(0, 5000).boxed().toList());
	}

	private void bring(int count) {
		this.tasks.run(() -> {
			for (int i = 0; i < count; i++) {
				int number = i;
				this.tasks.run(() -> this.seen.add(number));
			}
			assertThat(this.seen).isEmpty();
		});
	}

	@Test
	@Tag("SEC-75")
	void threadIsNotKeptByTheTasksOfOthers() throws Exception {
		CountDownLatch running = new CountDownLatch(1);
		AtomicBoolean over = new AtomicBoolean();
		CompletableFuture<Void> kept = CompletableFuture.runAsync(() -> this.tasks.run(() -> {
			running.countDown();
			again(over);
		}), THREADS);
		await(running);
		// its tasks never end, but somebody else does them by now
		kept.get(30, TimeUnit.SECONDS);
		assertThat(over).isFalse();
		over.set(true);
		CompletableFuture<Void> last = new CompletableFuture<>();
		this.tasks.run(() -> last.complete(null));
		last.get(30, TimeUnit.SECONDS);
	}

	private void again(AtomicBoolean over) {
		if (!over.get()) {
			this.tasks.run(() -> again(over));
		}
	}

	@Test
	@Tag("SEC-75")
	void threadsThatWaitForEachOtherGoOn() throws Exception {
		OrderedTasks others = new OrderedTasks();
		CountDownLatch both = new CountDownLatch(2);
		CompletableFuture<Void> one = CompletableFuture.runAsync(() -> bringToEachOther(this.tasks, others, both),
				THREADS);
		CompletableFuture<Void> two = CompletableFuture.runAsync(() -> bringToEachOther(others, this.tasks, both),
				THREADS);
		CompletableFuture.allOf(one, two).get(30, TimeUnit.SECONDS);
	}

	private static void bringToEachOther(OrderedTasks own, OrderedTasks others, CountDownLatch both) {
		own.run(() -> {
			for (int i = 0; i < 1100; i++) {
				own.run(() -> {
				});
			}
			both.countDown();
			await(both);
			others.run(() -> {
			});
		});
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
	void stackOverflowIsAFailureOfTheTaskOnly() {
		this.tasks.run(() -> {
			throw new StackOverflowError("test");
		});
		this.tasks.run(() -> this.seen.add(1));
		assertThat(this.seen).containsExactly(1);
	}

	@Test
	void whoeverBringsTooManyIsSlowedDown() throws Exception {
		HeldThread held = HeldThread.by(this.tasks::run);
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
		// one more each tenth of a second
		assertThat(brought.get()).isLessThan(1100);
		assertThat(producer).isNotDone();
		held.release();
		producer.get(30, TimeUnit.SECONDS);
		this.tasks.run(() -> this.seen.add(ran.get()));
		assertThat(this.seen).containsExactly(5000);
	}

	@Test
	void eventLoopsNeverWait() throws Exception {
		assertNeverWaits(Schedulers.parallel()::schedule);
	}

	@Test
	@Tag("SEC-75")
	void threadOfTimersNeverWaits() throws Exception {
		EngineServer engine = EngineServer.create(EngineOptions.defaults());
		assertNeverWaits((task) -> engine.timers().schedule(Duration.ZERO, task));
		engine.close().block(Duration.ofSeconds(30));
	}

	private void assertNeverWaits(Executor thread) throws Exception {
		HeldThread held = HeldThread.by(this.tasks::run);
		AtomicInteger ran = new AtomicInteger();
		CompletableFuture.runAsync(() -> {
			for (int i = 0; i < 5000; i++) {
				this.tasks.run(ran::incrementAndGet);
			}
		}, thread).get(30, TimeUnit.SECONDS);
		assertThat(ran).hasValue(0);
		held.release();
		CompletableFuture<Void> last = new CompletableFuture<>();
		this.tasks.run(() -> last.complete(null));
		last.get(30, TimeUnit.SECONDS);
		assertThat(ran).hasValue(5000);
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
