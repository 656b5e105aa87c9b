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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutboundFrames}.
 */
class OutboundFramesTests {

	private final AtomicInteger ready = new AtomicInteger();

	private final OutboundFrames<Integer> frames = new OutboundFrames<>(this.ready::incrementAndGet);

	@Test
	void framesWaitForDemand() {
		Taker taker = new Taker(0);
		this.frames.send(1);
		assertThat(this.frames.isWritable()).isFalse();
		this.frames.subscribe(taker);
		assertThat(taker.taken).isEmpty();
		taker.request(1);
		assertThat(taker.taken).containsExactly(1);
		assertThat(this.ready).hasValue(1);
		assertThat(this.frames.isWritable()).isFalse();
		taker.request(2);
		assertThat(this.frames.isWritable()).isTrue();
		this.frames.send(2);
		this.frames.send(3);
		this.frames.send(4);
		assertThat(taker.taken).containsExactly(1, 2, 3);
		assertThat(this.frames.isWritable()).isFalse();
	}

	@Test
	void endComesBehindTheFrames() {
		Taker taker = new Taker(0);
		this.frames.subscribe(taker);
		this.frames.send(1);
		this.frames.end();
		assertThat(this.frames.isWritable()).isFalse();
		assertThat(taker.completed).isFalse();
		taker.request(5);
		assertThat(taker.taken).containsExactly(1);
		assertThat(taker.completed).isTrue();
	}

	@Test
	void endNeedsNoDemand() {
		Taker taker = new Taker(0);
		this.frames.end();
		this.frames.subscribe(taker);
		assertThat(taker.completed).isTrue();
	}

	@Test
	void nothingComesAfterCancellation() {
		Taker taker = new Taker(5);
		this.frames.subscribe(taker);
		taker.cancel();
		this.frames.send(1);
		this.frames.end();
		assertThat(taker.taken).isEmpty();
		assertThat(taker.completed).isFalse();
		assertThat(this.frames.isWritable()).isFalse();
	}

	@Test
	void thereIsOneSubscriber() {
		this.frames.subscribe(new Taker(1));
		StepVerifier.create(Flux.from(this.frames)).verifyError(IllegalStateException.class);
	}

	@Test
	void signalsAreSerialised() throws InterruptedException {
		int count = 20000;
		SerialTaker taker = new SerialTaker(2 * count);
		this.frames.subscribe(taker);
		List<Thread> threads = List.of(new Thread(() -> send(0, count)), new Thread(() -> send(count, count)),
				new Thread(() -> ask(taker, 2 * count)));
		threads.forEach(Thread::start);
		assertThat(taker.all.await(10, TimeUnit.SECONDS)).isTrue();
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(taker.overlaps).hasValue(0);
		assertThat(taker.taken.stream().filter((value) -> value < count)).hasSize(count).isSorted();
		assertThat(taker.taken.stream().filter((value) -> value >= count)).hasSize(count).isSorted();
	}

	private void send(int first, int count) {
		for (int i = first; i < first + count; i++) {
			this.frames.send(i);
		}
	}

	private static void ask(SerialTaker taker, int count) {
		for (int i = 0; i < count; i++) {
			taker.request(1);
		}
	}

	private static class Taker extends BaseSubscriber<Integer> {

		final List<Integer> taken = new ArrayList<>();

		private final int demand;

		private boolean completed;

		Taker(int demand) {
			this.demand = demand;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			if (this.demand > 0) {
				subscription.request(this.demand);
			}
		}

		@Override
		protected void hookOnNext(Integer value) {
			this.taken.add(value);
		}

		@Override
		protected void hookOnComplete() {
			this.completed = true;
		}

	}

	private static final class SerialTaker extends Taker {

		private final AtomicInteger inside = new AtomicInteger();

		private final AtomicInteger overlaps = new AtomicInteger();

		private final CountDownLatch all;

		SerialTaker(int count) {
			super(0);
			this.all = new CountDownLatch(count);
		}

		@Override
		protected void hookOnNext(Integer value) {
			if (this.inside.incrementAndGet() != 1) {
				this.overlaps.incrementAndGet();
			}
			super.hookOnNext(value);
			this.inside.decrementAndGet();
			this.all.countDown();
		}

	}

}
