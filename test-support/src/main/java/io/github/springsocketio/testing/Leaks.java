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

import java.util.concurrent.locks.LockSupport;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;

/**
 * Makes Netty report its leaks as {@link HiddenFaults}, and in the log as always.
 */
final class Leaks extends ResourceLeakDetectorFactory {

	private static final int ATTEMPTS = 3;

	private static final long PAUSE = 20_000_000;

	@Override
	@SuppressWarnings("deprecation")
	public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval,
			long maxActive) {
		return new Detector<>(resource, samplingInterval);
	}

	/**
	 * Let Netty find the buffers that nobody holds any more: it looks when another one is
	 * made.
	 */
	static void find() {
		for (int i = 0; i < ATTEMPTS; i++) {
			System.gc();
			LockSupport.parkNanos(PAUSE);
			UnpooledByteBufAllocator.DEFAULT.directBuffer(1).release();
		}
	}

	private static final class Detector<T> extends ResourceLeakDetector<T> {

		Detector(Class<T> resource, int samplingInterval) {
			super(resource, samplingInterval);
		}

		@Override
		protected boolean needReport() {
			return true;
		}

		@Override
		protected void reportTracedLeak(String resourceType, String records) {
			super.reportTracedLeak(resourceType, records);
			HiddenFaults.add(new AssertionError("LEAK: " + resourceType + records));
		}

		@Override
		protected void reportUntracedLeak(String resourceType) {
			super.reportUntracedLeak(resourceType);
			HiddenFaults.add(new AssertionError("LEAK: " + resourceType));
		}

	}

}
