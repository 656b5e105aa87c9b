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

package io.github.springsocketio.soak;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Duration;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.springsocketio.engineio.EngineState;
import io.github.springsocketio.testsupport.Await;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;

/**
 * What the process holds while no client is there.
 *
 * @param heap bytes that live after a collection
 * @param direct bytes of Netty's buffers outside of the heap
 * @param threads the number of threads
 * @param files open files and connections
 * @param timers timers of the engine
 */
record Footprint(long heap, long direct, int threads, long files, int timers) {

	static Footprint of(SoakServer server) {
		for (int i = 0; i < 3; i++) {
			System.gc();
			Await.pass(Duration.ofMillis(50));
		}
		long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		long direct = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
		return new Footprint(heap, direct, ManagementFactory.getThreadMXBean().getThreadCount(), openFiles(),
				EngineState.timers(server.engine()));
	}

	static long openFiles() {
		OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
		return (system instanceof UnixOperatingSystemMXBean unix) ? unix.getOpenFileDescriptorCount() : 0;
	}

	@Override
	public String toString() {
		return "heap %,d direct %,d threads %d files %d timers %d".formatted(this.heap, this.direct, this.threads,
				this.files, this.timers);
	}

}
