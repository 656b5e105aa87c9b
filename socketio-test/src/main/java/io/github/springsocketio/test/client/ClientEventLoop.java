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

package io.github.springsocketio.test.client;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

import org.springframework.util.Assert;

/**
 * The event loop of a client. All changes of its state, by received packets and by calls
 * of its methods, happen on this event loop.
 */
final class ClientEventLoop {

	/**
	 * Separate from the global resources of Reactor Netty, which are disposed with any
	 * Spring application of the JVM.
	 */
	static final LoopResources LOOPS = LoopResources.create("socketio-client", LoopResources.DEFAULT_IO_WORKER_COUNT,
			true);

	private final EventLoop loop;

	private final Conversation conversation;

	ClientEventLoop(Conversation conversation) {
		this.loop = LOOPS.onClient(true).next();
		this.conversation = conversation;
	}

	Conversation conversation() {
		return this.conversation;
	}

	boolean inEventLoop() {
		return this.loop.inEventLoop();
	}

	void run(Runnable task) {
		if (inEventLoop()) {
			task.run();
		}
		else {
			this.loop.execute(task);
		}
	}

	/**
	 * Return a value from the event loop.
	 * @param supplier called on the event loop
	 * @return completes with the value, or with the exception of the supplier
	 */
	<T> CompletableFuture<T> call(Supplier<T> supplier) {
		return compose(() -> CompletableFuture.completedFuture(supplier.get()));
	}

	/**
	 * Start an asynchronous operation on the event loop.
	 * @param supplier called on the event loop; returns the future result
	 * @return completes like the result, or with the exception of the supplier; a
	 * cancellation does not affect the result
	 */
	<T> CompletableFuture<T> compose(Supplier<CompletableFuture<T>> supplier) {
		CompletableFuture<T> result = new CompletableFuture<>();
		run(() -> {
			try {
				supplier.get().whenComplete((value, error) -> {
					if (error != null) {
						result.completeExceptionally(error);
					}
					else {
						result.complete(value);
					}
				});
			}
			catch (RuntimeException ex) {
				result.completeExceptionally(ex);
			}
		});
		return result;
	}

	/**
	 * Run a task on the event loop.
	 * @param task called on the event loop
	 * @return completes after the task, or with its exception
	 */
	CompletableFuture<Void> perform(Runnable task) {
		CompletableFuture<Void> result = new CompletableFuture<>();
		run(() -> {
			try {
				task.run();
				result.complete(null);
			}
			catch (RuntimeException ex) {
				result.completeExceptionally(ex);
			}
		});
		return result;
	}

	void schedule(Duration delay, Runnable task) {
		this.loop.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Wait for a result.
	 * @param future the result
	 * @param timeout the time limit
	 * @param what the description of the result, the end of a sentence such as "The
	 * client has waited for 5000 ms for …"
	 * @return the result
	 */
	<T> T await(CompletableFuture<T> future, Duration timeout, String what) {
		Assert.state(!inEventLoop() || future.isDone(),
				"A listener must not wait: use the method that returns a CompletableFuture");
		try {
			return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			future.cancel(false);
			throw new ClientTimeoutException("The client has waited for " + timeout.toMillis() + " ms for " + what,
					this.conversation);
		}
		catch (ExecutionException ex) {
			throw failure(ex.getCause(), what);
		}
		catch (CancellationException ex) {
			throw failure(ex, what);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failure(ex, what);
		}
	}

	private RuntimeException failure(@Nullable Throwable cause, String what) {
		Throwable error = (cause instanceof CompletionException && cause.getCause() != null) ? cause.getCause() : cause;
		if (error instanceof SocketIoClientException ex) {
			// the stack trace of the caller instead of the event loop
			ex.setStackTrace(new Throwable().getStackTrace());
			return ex;
		}
		return new SocketIoClientException("The client has waited for " + what + ", but there is an error: " + error,
				this.conversation, error);
	}

}
