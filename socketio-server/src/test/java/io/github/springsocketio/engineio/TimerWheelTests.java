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

package io.github.springsocketio.engineio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.springsocketio.NonBlockingThread;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TimerWheel}.
 */
class TimerWheelTests {

	private long now = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

	private final TimerWheel wheel = new TimerWheel(() -> this.now);

	@Test
	@Tag("SEC-83")
	void runsTasksInTimeAlsoWhenTheClockOverflows() {
		List<Integer> ran = new ArrayList<>();
		for (int millis : new int[] { 1, 2, 3, 10, 500, 9000, 45000 }) {
			this.wheel.schedule(Duration.ofMillis(millis), () -> ran.add(millis));
		}
		pass(4);
		assertThat(ran).containsExactlyInAnyOrder(1, 2, 3);
		pass(10);
		assertThat(ran).containsExactlyInAnyOrder(1, 2, 3, 10);
		pass(490);
		assertThat(ran).contains(500).doesNotContain(9000);
		pass(9000);
		assertThat(ran).contains(9000).doesNotContain(45000);
		pass(40000);
		assertThat(ran).contains(45000);
		assertThat(this.wheel.pending()).isZero();
	}

	@Test
	void neverRunsATaskEarlyAndForgetsCancelledOnes() {
		Random random = new Random(7);
		long start = this.now;
		for (int i = 0; i < 2000; i++) {
			long delay = Duration.ofMillis(random.nextInt(20000)).toNanos();
			Timers.Timeout timeout = this.wheel.schedule(delay,
					() -> assertThat(this.now - start).isBetween(delay, delay + 10 * TimerWheel.TICK));
			if (random.nextBoolean()) {
				timeout.cancel();
			}
		}
		for (int i = 0; i < 6000; i++) {
			pass(random.nextInt(8));
		}
		assertThat(this.wheel.pending()).isZero();
	}

	@Test
	void taskMayScheduleTheNextOne() {
		int[] count = new int[1];
		Runnable[] task = new Runnable[1];
		task[0] = () -> {
			count[0]++;
			this.wheel.schedule(Duration.ofMillis(10), task[0]);
		};
		this.wheel.schedule(Duration.ofMillis(10), task[0]);
		for (int i = 0; i < 1000; i++) {
			pass(1);
		}
		assertThat(count[0]).isBetween(80, 100);
	}

	@Test
	void ownThreadRunsTasksAndStops() throws InterruptedException {
		TimerWheel threaded = new TimerWheel();
		CountDownLatch ran = new CountDownLatch(3);
		threaded.schedule(Duration.ofMillis(60), ran::countDown);
		threaded.schedule(Duration.ofMillis(5), ran::countDown);
		threaded.schedule(Duration.ZERO, ran::countDown);
		assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
		threaded.stop();
		threaded.schedule(Duration.ZERO, ran::countDown);
		assertThat(threaded.pending()).isZero();
	}

	@Test
	void ownThreadOutlivesWhateverTasksThrow() throws InterruptedException {
		TimerWheel threaded = new TimerWheel();
		CountDownLatch ran = new CountDownLatch(1);
		threaded.schedule(Duration.ZERO, () -> {
			threaded.schedule(Duration.ofMillis(10), ran::countDown);
			throw new LinkageError("test");
		});
		assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
		threaded.stop();
	}

	@Test
	void ownThreadIsKnownAsOne() {
		TimerWheel threaded = new TimerWheel();
		CompletableFuture<Boolean> known = new CompletableFuture<>();
		threaded.schedule(Duration.ZERO, () -> known.complete(NonBlockingThread.isCurrent()));
		assertThat(NonBlockingThread.isCurrent()).isFalse();
		assertThat(known).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(true);
		threaded.stop();
	}

	private void pass(long millis) {
		this.now += Duration.ofMillis(millis).toNanos();
		this.wheel.advance();
	}

}
