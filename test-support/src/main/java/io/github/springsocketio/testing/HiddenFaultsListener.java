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

import java.lang.StackWalker.StackFrame;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.netty.util.ResourceLeakDetectorFactory;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;
import reactor.blockhound.BlockHound;

/**
 * Begins to look for {@link HiddenFaults} before the first test: for leaks of buffers
 * with Netty's own detector, and for calls that block a thread which must not with
 * BlockHound. Those threads are Netty's event loops and Reactor's parallel ones. Nothing
 * is installed when tests are only discovered, as Maven does in its own process, which
 * cannot be instrumented.
 */
public final class HiddenFaultsListener implements TestExecutionListener {

	private static final String LOCKS = "java.util.concurrent.locks.";

	private static final AtomicBoolean started = new AtomicBoolean();

	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		if (!started.compareAndSet(false, true)) {
			return;
		}
		// before Netty makes its first detector
		ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Leaks());
		BlockHound.install(HiddenFaultsListener::allow, (builder) -> builder.blockingMethodCallback((method) -> {
			if (!isLockOfRedisClient()) {
				HiddenFaults.add(new AssertionError("%s blocks %s".formatted(method, thread())));
			}
		}));
	}

	/**
	 * Return whether the caller of the blocking method is a lock that the client for
	 * Redis acquires itself: it guards its connections and its view of a cluster with
	 * locks that are held for moments. Waiting for a response is not exempted, nor is
	 * code that is called with such a lock.
	 */
	private static boolean isLockOfRedisClient() {
		StackFrame entered = null;
		for (StackFrame frame : StackWalker.getInstance().walk(Stream::toList)) {
			if (frame.getClassName().startsWith(LOCKS)) {
				entered = frame;
			}
			else if (entered != null) {
				return entered.getMethodName().equals("lock") && frame.getClassName().startsWith("io.lettuce.core.");
			}
		}
		return false;
	}

	/**
	 * Name what may block, beyond what BlockHound, Netty and Reactor name themselves.
	 */
	private static void allow(BlockHound.Builder builder) {
		// The kernel's random numbers: reading /dev/urandom never waits
		builder.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
		// Netty's allocator, for moments: several threads look for memory of one arena
		builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate");
		// Queues of tests, for moments: a test starts or stops waiting for an element
		builder.allowBlockingCallsInside("java.util.concurrent.LinkedBlockingQueue", "offer");
		// Threads for blocking code, for moments: event loops start some at the same time
		builder.allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "addWorker");
		// Spring's connections to Redis, for moments: they are created once
		builder.allowBlockingCallsInside("org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory",
				"doInLock");
		// A servlet container, for moments: the locks of its queues and websockets, and
		// ours around its objects; what is written there waits for no client
		builder.allowBlockingCallsInside("io.github.springsocketio.servlet.AsyncRequest", "perform");
		builder.allowBlockingCallsInside("io.github.springsocketio.servlet.AsyncRequest", "complete");
		builder.allowBlockingCallsInside("io.github.springsocketio.servlet.MessageSender", "send");
		builder.allowBlockingCallsInside("io.github.springsocketio.servlet.TomcatReadControl", "resume");
		// Once in the life of a JVM: Spring reads a file of its own jar with the first
		// request
		builder.allowBlockingCallsInside("org.springframework.http.codec.CodecConfigurerFactory", "<clinit>");
		// Once in the life of a JVM: Reactor looks for accessors of thread locals on the
		// class path
		builder.allowBlockingCallsInside("reactor.core.publisher.ContextPropagationSupport", "<clinit>");
		// Once in the life of a JVM: OpenTelemetry looks for services on the class path
		builder.allowBlockingCallsInside("io.opentelemetry.context.LazyStorage", "<clinit>");
		// Once in the life of a JVM: coroutines look for services on the class path
		builder.allowBlockingCallsInside("kotlinx.coroutines.reactive.ReactiveFlowKt", "<clinit>");
		// Once for each language: the messages of constraints are read
		builder.allowBlockingCallsInside("org.hibernate.validator.resourceloading.PlatformResourceBundleLocator",
				"getResourceBundle");
	}

	private static String thread() {
		return Thread.currentThread().getName();
	}

}
