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

package io.github.springsocketio.testing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventConditions;
import org.junit.platform.testkit.engine.TestExecutionResultConditions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HiddenFaults}, and that nobody has to ask for them.
 */
class HiddenFaultsTests {

	@Test
	@Tag("SEC-122")
	void callThatBlocksAnEventLoopIsFound() throws InterruptedException {
		block();
		assertThat(HiddenFaults.take()).singleElement()
			.extracting(Throwable::getMessage)
			.asString()
			.contains("Thread.sleep", " blocks defaultEventExecutor-");
		assertThat(HiddenFaults.take()).isEmpty();
	}

	@Test
	@Tag("SEC-122")
	void lockThatBlocksAnEventLoopIsFound() throws InterruptedException {
		ReentrantLock lock = new ReentrantLock();
		EventExecutor executor = new DefaultEventExecutor();
		try {
			lock.lock();
			Future<?> locked = executor.submit(() -> {
				lock.lock();
				lock.unlock();
			});
			while (!lock.hasQueuedThreads()) {
				Thread.onSpinWait();
			}
			lock.unlock();
			locked.sync();
		}
		finally {
			executor.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
		}
		assertThat(HiddenFaults.take()).isNotEmpty()
			.allSatisfy((fault) -> assertThat(fault).hasMessageContaining(" blocks defaultEventExecutor-"));
	}

	@Test
	@Tag("SEC-122")
	void callThatBlocksAnyOtherThreadIsNone() throws InterruptedException {
		Thread.sleep(1);
		assertThat(HiddenFaults.take()).isEmpty();
	}

	@Test
	@Tag("SEC-122")
	void blockingCallFailsItsTest() {
		run(Blocks.class).testEvents()
			.assertThatEvents()
			.haveExactly(1, EventConditions
				.finishedWithFailure(TestExecutionResultConditions.message((message) -> message.contains(" blocks "))));
	}

	@Test
	@Tag("SEC-121")
	void leakedBufferFailsTheRunWithTwentyTraces() {
		run(Leaks.class).containerEvents()
			.assertThatEvents()
			.haveExactly(1,
					EventConditions.finishedWithFailure(
							TestExecutionResultConditions.message((message) -> message.contains("LEAK: ByteBuf")),
							TestExecutionResultConditions.message((message) -> message.contains("Hint: touched 0"))));
	}

	@Test
	@Tag("SEC-121")
	void everyBufferIsWatched() {
		assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
	}

	private static EngineExecutionResults run(Class<?> testClass) {
		return EngineTestKit.engine("junit-jupiter")
			.enableImplicitConfigurationParameters(true)
			.selectors(DiscoverySelectors.selectClass(testClass))
			.execute();
	}

	private static void block() throws InterruptedException {
		EventExecutor executor = new DefaultEventExecutor();
		try {
			executor.submit(() -> {
				Thread.sleep(1);
				return null;
			}).sync();
		}
		finally {
			executor.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
		}
	}

	static class Blocks {

		@Test
		void test() throws InterruptedException {
			block();
		}

	}

	static class Leaks {

		@Test
		void test() {
			ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.directBuffer(1);
			for (int i = 0; i < 19; i++) {
				buffer.touch("touched " + i);
			}
		}

	}

}
