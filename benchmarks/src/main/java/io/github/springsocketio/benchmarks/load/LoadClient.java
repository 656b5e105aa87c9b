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

package io.github.springsocketio.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.netty.util.HashedWheelTimer;

import org.springframework.boot.logging.LoggingSystem;

/**
 * Puts a server, or a balancer before several servers, under load, and prints one line of
 * JSON. The server has to send the event {@code echo} back with its arguments, as
 * {@link io.github.springsocketio.benchmarks.BenchmarkServer} does.
 */
public final class LoadClient {

	private static final Duration DRAIN = Duration.ofSeconds(5);

	private static final int DROPPING_THREADS = 4;

	private LoadClient() {
	}

	/**
	 * Run the load.
	 * @param args the options, see {@link LoadOptions#USAGE}
	 */
	public static void main(String[] args) {
		// nothing is logged without a further call
		LoggingSystem.get(LoadClient.class.getClassLoader()).beforeInitialize();
		try {
			System.out.println(run(LoadOptions.parse(args)));
			System.exit(0);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage() + "\n\n" + LoadOptions.USAGE);
			System.exit(2);
		}
	}

	static String run(LoadOptions options) {
		ScheduledExecutorService emitter = Executors.newSingleThreadScheduledExecutor();
		HashedWheelTimer timer = new HashedWheelTimer();
		timer.start();
		ExecutorService executor = Executors.newFixedThreadPool(DROPPING_THREADS);
		LoadReport report = new LoadReport();
		List<LoadUser> users = new ArrayList<>();
		long start = System.nanoTime();
		for (int i = 0; i < options.clients(); i++) {
			pauseUntil(start + i * 1_000_000_000L / options.connectRate());
			LoadUser user = new LoadUser(options, report, timer, executor);
			users.add(user);
			user.start(emitter);
		}
		long end = System.nanoTime() + options.duration().toNanos();
		pauseUntil(end);
		double seconds = (System.nanoTime() - start) / 1e9;
		users.forEach(LoadUser::stop);
		end(emitter);
		drain(report);
		long connected = users.stream().filter(LoadUser::isConnected).count();
		users.forEach(LoadUser::close);
		timer.stop();
		executor.shutdownNow();
		return report.toJson(options, connected, seconds);
	}

	/**
	 * End what emits, so that nothing is sent while the last events come back.
	 */
	private static void end(ScheduledExecutorService emitter) {
		emitter.shutdown();
		try {
			if (!emitter.awaitTermination(DRAIN.toNanos(), TimeUnit.NANOSECONDS)) {
				throw new IllegalStateException("The events are not emitted in time");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Wait until all events have come back, or for five seconds.
	 */
	private static void drain(LoadReport report) {
		long end = System.nanoTime() + DRAIN.toNanos();
		while (!report.isComplete() && System.nanoTime() - end < 0) {
			LockSupport.parkNanos(10_000_000);
		}
	}

	private static void pauseUntil(long time) {
		for (long rest = time - System.nanoTime(); rest > 0; rest = time - System.nanoTime()) {
			LockSupport.parkNanos(rest);
		}
	}

}
