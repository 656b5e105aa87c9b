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

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Calls blocking code of the application: on its executor, or on a thread pool that is
 * created on first use. Calls without an idle thread are queued in one common queue, so
 * that no call waits while a thread is idle.
 */
final class BlockingCalls {

	private static final int THREADS = Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE;

	private static final int IDLE_SECONDS = 60;

	private static final Duration GRACE = Duration.ofSeconds(1);

	private final List<ThreadContext> threadContexts;

	private final @Nullable Scheduler given;

	private final AtomicReference<@Nullable Scheduler> own = new AtomicReference<>();

	BlockingCalls(@Nullable Executor executor, List<ThreadContext> threadContexts) {
		this.threadContexts = threadContexts;
		this.given = (executor != null) ? Schedulers.fromExecutor(executor) : null;
	}

	/**
	 * Return a Mono that calls the code when it is subscribed to.
	 */
	<T> Mono<T> call(Callable<? extends @Nullable T> code) {
		// the operator handle restores thread locals with Micrometer's context
		// propagation
		Mono<T> result = this.threadContexts.isEmpty()
				? Mono.just(code).publishOn(scheduler()).handle(BlockingCalls::call)
				: Mono.just(code).publishOn(scheduler()).handle(this::callInContext);
		return result.onErrorMap(Thrown.class, Thrown::error);
	}

	private <T> void callInContext(Callable<? extends @Nullable T> code, SynchronousSink<T> sink) {
		Deque<ThreadContext.Scope> scopes = new ArrayDeque<>(this.threadContexts.size());
		try {
			for (ThreadContext context : this.threadContexts) {
				scopes.push(context.open(sink.contextView()));
			}
			call(code, sink);
		}
		catch (Throwable ex) {
			failed(ex, sink);
		}
		finally {
			scopes.forEach(ThreadContext.Scope::close);
		}
	}

	private static <T> void call(Callable<? extends @Nullable T> code, SynchronousSink<T> sink) {
		try {
			T value = code.call();
			if (value != null) {
				sink.next(value);
			}
		}
		catch (Throwable ex) {
			failed(ex, sink);
		}
	}

	private static void failed(Throwable error, SynchronousSink<?> sink) {
		// Reactor would rethrow some errors on another thread, where they would be lost
		sink.error((error instanceof Error serious) ? new Thrown(serious) : error);
	}

	private Scheduler scheduler() {
		if (this.given != null) {
			return this.given;
		}
		Scheduler existing = this.own.get();
		return (existing != null) ? existing : create();
	}

	private Scheduler create() {
		Scheduler created = Schedulers.fromExecutorService(newExecutor());
		Scheduler existing = this.own.compareAndExchange(null, created);
		if (existing == null) {
			return created;
		}
		created.dispose();
		return existing;
	}

	private static ExecutorService newExecutor() {
		AtomicInteger number = new AtomicInteger();
		// a queue without locks, because event loops use it; its size is limited by the
		// handlers in flight of each client and, for @OnConnect, by the number of
		// sessions and namespaces
		ThreadPoolExecutor executor = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedTransferQueue<>(), (task) -> {
					Thread thread = new Thread(task, "socketio-blocking-" + number.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	/**
	 * Start no more calls, and wait briefly for calls in progress.
	 */
	Mono<Void> close() {
		return Mono.defer(() -> {
			Scheduler scheduler = this.own.get();
			return (scheduler != null) ? scheduler.disposeGracefully().timeout(GRACE).onErrorComplete() : Mono.empty();
		});
	}

	/**
	 * Wraps an error that operators would rethrow.
	 */
	private static final class Thrown extends RuntimeException {

		private final transient Error error;

		private Thrown(Error error) {
			super(error);
			this.error = error;
		}

		private Error error() {
			return this.error;
		}

		@Override
		public Throwable fillInStackTrace() {
			return this;
		}

	}

}
