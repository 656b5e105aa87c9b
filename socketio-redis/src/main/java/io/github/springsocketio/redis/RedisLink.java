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

package io.github.springsocketio.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

import io.lettuce.core.RedisException;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * The connections of a node to Redis, which the adapters of all namespaces share. While
 * Redis is not available, commands fail immediately. A command is never sent twice. The
 * number and the size of commands in flight are bounded.
 */
final class RedisLink {

	private static final Log logger = LogFactory.getLog(RedisLink.class);

	private static final int MAX_COMMANDS = 20_000;

	private static final long MAX_BYTES = 64L << 20;

	/** The size of a command in addition to its payload, in bytes. */
	private static final int OVERHEAD = 256;

	/** The number of timeout checks within the command timeout. */
	private static final int WATCHES = 4;

	private final RedisClients clients;

	private final Duration timeout;

	private final AdapterObservers observers;

	private final ManagedConnection<CommandConnection> commands;

	private final Subscriptions subscriptions;

	private final CommandQueue queue = new CommandQueue();

	/**
	 * The commands with pending responses, and completed ones that were not removed yet.
	 */
	private final Queue<InFlight> pending = new ConcurrentLinkedQueue<>();

	/** The commands that wait for the first connection. */
	private final Queue<Early> early = new ConcurrentLinkedQueue<>();

	private final List<Runnable> watches = new CopyOnWriteArrayList<>();

	private final List<Runnable> upListeners = new CopyOnWriteArrayList<>();

	private final AtomicInteger inFlight = new AtomicInteger();

	private final AtomicLong bytesInFlight = new AtomicLong();

	private final AtomicBoolean warned = new AtomicBoolean();

	private final AtomicBoolean started = new AtomicBoolean();

	private volatile @Nullable Disposable watch;

	/** Accessed by the watch task only, as the next field. */
	private long lastWatch;

	private boolean resumed;

	private volatile boolean opened;

	private volatile boolean closed;

	/**
	 * Create the connections, which are opened by {@link #start()}.
	 * @param timeout the time to wait for a response of Redis
	 */
	RedisLink(RedisClients clients, Duration timeout, AdapterObservers observers) {
		this.clients = clients;
		this.timeout = timeout;
		this.observers = observers;
		this.commands = new ManagedConnection<>(clients::connect, CommandConnection::connection,
				new ManagedConnection.Listener<>() {

					@Override
					public void opened(CommandConnection connection) {
						RedisLink.this.opened = true;
						sendEarly();
						recovered();
						RedisLink.this.upListeners.forEach(Runnable::run);
					}

					@Override
					public void lost(String reason) {
						unavailable(reason);
					}

				});
		this.subscriptions = new Subscriptions(clients, timeout, this::recovered, this::unavailable);
	}

	void start() {
		if (this.closed || !this.started.compareAndSet(false, true)) {
			return;
		}
		this.commands.start();
		this.subscriptions.start();
		long interval = Math.max(this.timeout.toMillis() / WATCHES, 1);
		this.lastWatch = System.nanoTime();
		this.watch = Schedulers.parallel()
			.schedulePeriodically(() -> watch(System.nanoTime()), interval, interval, TimeUnit.MILLISECONDS);
	}

	RedisClients clients() {
		return this.clients;
	}

	Duration timeout() {
		return this.timeout;
	}

	AdapterObservers observers() {
		return this.observers;
	}

	Subscriptions subscriptions() {
		return this.subscriptions;
	}

	/**
	 * Add a task that runs whenever the connection for commands has been opened.
	 */
	void onUp(Runnable task) {
		this.upListeners.add(task);
	}

	void removeOnUp(Runnable task) {
		this.upListeners.remove(task);
	}

	boolean isUp() {
		return this.commands.current() != null && this.subscriptions.isUp();
	}

	private void recovered() {
		if (isUp() && this.warned.compareAndSet(true, false)) {
			logger.info("Redis is available again");
		}
	}

	private void unavailable(String reason) {
		if (!this.closed && this.warned.compareAndSet(false, true)) {
			logger.warn(
					"Redis is not available (" + reason + "): clients of this node are served, and other nodes are not"
							+ " reached until it is available again");
		}
	}

	/**
	 * Add a task that checks timeouts periodically.
	 */
	void onWatch(Runnable task) {
		this.watches.add(task);
	}

	/**
	 * Fail commands that have timed out, and close connections that are open but do not
	 * respond.
	 */
	void watch(long now) {
		boolean late = now - this.lastWatch > this.timeout.toNanos() / 2;
		this.lastWatch = now;
		this.resumed = late && !this.resumed;
		if (this.resumed) {
			// the process was suspended; responses that have arrived in the meantime are
			// read first
			return;
		}
		InFlight head = this.pending.peek();
		while (head != null && (head.response().isDone() || now - head.start() > this.timeout.toNanos())) {
			this.pending.poll();
			CommandConnection connection = head.connection().get();
			if (head.response().completeExceptionally(noResponse()) && connection != null) {
				this.commands.lost(connection, "no response within " + this.timeout);
			}
			head = this.pending.peek();
		}
		this.early.removeIf((command) -> command.response().isDone());
		if (head == null && this.opened) {
			execute(0, RedisClusterAsyncCommands::ping);
		}
		this.subscriptions.watch();
		this.watches.forEach(Runnable::run);
	}

	private TimeoutException noResponse() {
		return new TimeoutException("Redis has not responded within " + this.timeout);
	}

	/**
	 * Send a command.
	 * @param bytes the size of the payload
	 * @param command the command
	 * @return the response; fails immediately if Redis is not available, and after the
	 * timeout
	 */
	<T> CompletionStage<T> execute(int bytes,
			Function<RedisClusterAsyncCommands<byte[], byte[]>, ? extends CompletionStage<T>> command) {
		return executeOn(bytes, (connection) -> command.apply(connection.async()));
	}

	/**
	 * Publish a message, and notify the observers of its duration.
	 */
	<T> CompletionStage<T> publish(int bytes,
			Function<RedisClusterAsyncCommands<byte[], byte[]>, ? extends CompletionStage<T>> command) {
		long start = System.nanoTime();
		return execute(bytes, command).whenComplete((result, error) -> {
			if (error == null) {
				this.observers.published(Duration.ofNanos(System.nanoTime() - start));
			}
		});
	}

	/**
	 * Count the subscribers of channels.
	 */
	CompletionStage<List<Integer>> subscribers(Collection<String> channels, boolean sharded) {
		return executeOn(OVERHEAD, (connection) -> RedisClients.subscribers(connection, channels, sharded));
	}

	private <T> CompletionStage<T> executeOn(int bytes,
			Function<CommandConnection, ? extends CompletionStage<T>> command) {
		CommandConnection connection = this.commands.current();
		if (connection == null && (this.opened || this.closed)) {
			return CompletableFuture.failedFuture(unavailable());
		}
		long size = OVERHEAD + (long) bytes;
		if (!acquire(size)) {
			return CompletableFuture
				.failedFuture(new RedisException("Too many commands or too much data are in flight to Redis"));
		}
		CompletableFuture<T> response = new CompletableFuture<>();
		AtomicReference<@Nullable CommandConnection> used = new AtomicReference<>(connection);
		this.pending.add(new InFlight(response, used, System.nanoTime()));
		CompletionStage<T> result = response.whenComplete((value, error) -> release(size));
		if (connection != null) {
			this.queue.add(connection, () -> send(connection, command, response));
		}
		else {
			this.early.add(new Early(response, (first) -> {
				used.set(first);
				this.queue.add(first, () -> send(first, command, response));
			}));
			if (this.opened) {
				sendEarly();
			}
		}
		return result;
	}

	private void sendEarly() {
		Early next = this.early.poll();
		while (next != null) {
			CommandConnection first = this.commands.current();
			if (first != null && !next.response().isDone()) {
				next.action().accept(first);
			}
			next = this.early.poll();
		}
	}

	private <T> void send(CommandConnection connection,
			Function<CommandConnection, ? extends CompletionStage<T>> command, CompletableFuture<T> response) {
		try {
			CompletionStage<T> sent = command.apply(connection);
			sent.whenComplete((value, error) -> {
				complete(response, value, error);
				if (error instanceof RedisReadOnlyException) {
					// the next connection may be to the same server, so wait before it is
					// opened
					this.commands.lost(connection, "the server has become a replica", ManagedConnection.MAX_PAUSE);
				}
			});
		}
		catch (RuntimeException ex) {
			response.completeExceptionally(ex);
		}
	}

	private static RedisException unavailable() {
		return new RedisException("Redis is not available");
	}

	private boolean acquire(long size) {
		if (this.inFlight.incrementAndGet() <= MAX_COMMANDS & this.bytesInFlight.addAndGet(size) <= MAX_BYTES) {
			return true;
		}
		release(size);
		return false;
	}

	private void release(long size) {
		this.inFlight.decrementAndGet();
		this.bytesInFlight.addAndGet(-size);
	}

	private static <T> void complete(CompletableFuture<T> response, T result, @Nullable Throwable error) {
		if (error == null) {
			response.complete(result);
		}
		else {
			response.completeExceptionally(
					(error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error);
		}
	}

	void close() {
		this.closed = true;
		Disposable task = this.watch;
		if (task != null) {
			task.dispose();
		}
		this.commands.close();
		this.subscriptions.close();
		for (Early next = this.early.poll(); next != null; next = this.early.poll()) {
			next.response().completeExceptionally(unavailable());
		}
	}

	/**
	 * Allow {@link #start()} again after {@link #close()}.
	 */
	void reopen() {
		this.opened = false;
		this.commands.reopen();
		this.subscriptions.reopen();
		this.closed = false;
		this.started.set(false);
	}

	/**
	 * A command that waits for the first connection.
	 *
	 * @param response the response
	 * @param action sends the command
	 */
	private record Early(CompletableFuture<?> response, Consumer<CommandConnection> action) {

	}

	/**
	 * A command.
	 *
	 * @param response the response
	 * @param connection holds the connection after it is open
	 * @param start the time at which the command was added, in nanoseconds
	 */
	private record InFlight(CompletableFuture<?> response, AtomicReference<@Nullable CommandConnection> connection,
			long start) {

	}

}
