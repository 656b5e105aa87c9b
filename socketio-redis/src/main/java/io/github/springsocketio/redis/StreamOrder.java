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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.LocalSockets;
import io.github.springsocketio.socketio.adapter.OrderedTasks;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * The order of deliveries if broadcasts of this node have offsets. A broadcast is queued
 * until it is read back from the stream, or until it is stored, and later tasks are
 * queued behind it. A broadcast that is not stored in time is delivered without an
 * offset. If it is read back later, it is not delivered again.
 */
final class StreamOrder implements DeliveryOrder {

	private static final Log logger = LogFactory.getLog(StreamOrder.class);

	private static final int MANY = 1_000;

	private static final int MAX_WAITING = 20_000;

	private static final Duration CHECK_INTERVAL = Duration.ofMillis(250);

	/** The multiple of the time limit for a broadcast that is already stored. */
	private static final int STORED_FACTOR = 4;

	private final OrderedTasks tasks = new OrderedTasks();

	private final LocalSockets local;

	private final boolean readBack;

	private final boolean offsets;

	private final long limit;

	private final LongSupplier clock;

	private final BiFunction<Duration, Runnable, Disposable> scheduler;

	private final Listener listener;

	/**
	 * The queued broadcasts and tasks; accessed in ordered tasks only, as the next two.
	 */
	private final Deque<Waiting> queue = new ArrayDeque<>();

	private final Map<String, Own> byNonce = new HashMap<>();

	private long counter;

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicBoolean checking = new AtomicBoolean();

	/**
	 * Create an order.
	 * @param readBack whether broadcasts of this node are delivered when they are read
	 * back; otherwise when they are stored
	 * @param offsets whether to send the offsets to clients
	 * @param limit the time for which a broadcast is queued
	 * @param clock the time in nanoseconds
	 * @param scheduler runs a task after a delay
	 * @param listener notified in the order of deliveries
	 */
	StreamOrder(LocalSockets local, boolean readBack, boolean offsets, Duration limit, LongSupplier clock,
			BiFunction<Duration, Runnable, Disposable> scheduler, Listener listener) {
		this.local = local;
		this.readBack = readBack;
		this.offsets = offsets;
		this.limit = limit.toNanos();
		this.clock = clock;
		this.scheduler = scheduler;
		this.listener = listener;
	}

	@Override
	public OrderedTasks tasks() {
		return this.tasks;
	}

	@Override
	public void inOrder(Runnable task) {
		this.tasks.run(() -> {
			if (this.queue.isEmpty()) {
				task.run();
			}
			else {
				add(new Task(task));
			}
		});
	}

	@Override
	public boolean isIdle() {
		return this.waiting.get() == 0 && this.tasks.isIdle();
	}

	@Override
	public boolean isBehind() {
		return this.waiting.get() > MANY || this.tasks.isFull();
	}

	@Override
	public CompletionStage<?> broadcast(BroadcastPacket packet, BroadcastOptions options,
			Supplier<CompletionStage<?>> send) {
		CompletableFuture<Object> result = new CompletableFuture<>();
		inOrder(() -> {
			DeliveryOrder.send(send, result);
			this.local.deliver(packet, options);
		});
		return result;
	}

	private void add(Waiting item) {
		this.queue.add(item);
		this.waiting.incrementAndGet();
		if (this.queue.size() > MAX_WAITING) {
			flush("too many broadcasts wait for Redis");
		}
		scheduleCheck();
	}

	/**
	 * Store a broadcast of this node, and deliver it when it has an offset.
	 * @param store stores the broadcast with the given nonce and returns its offset
	 * @return completes when the broadcast is stored
	 */
	CompletionStage<?> broadcastStored(BroadcastPacket packet, BroadcastOptions options,
			Function<String, CompletionStage<String>> store) {
		CompletableFuture<Object> result = new CompletableFuture<>();
		this.tasks.run(() -> {
			Own own = new Own(Long.toString(this.counter++, Character.MAX_RADIX), packet, options, result);
			this.byNonce.put(own.nonce, own);
			add(own);
			store.apply(own.nonce).whenComplete((id, error) -> this.tasks.run(() -> stored(own, id, error)));
		});
		return result;
	}

	private void stored(Own own, @Nullable String id, @Nullable Throwable error) {
		if (error != null) {
			own.result.completeExceptionally(error);
			own.settled = true;
		}
		else {
			own.result.complete("");
			own.stored = true;
			if (!this.readBack) {
				own.offset = StreamId.parse(id);
				own.settled = true;
			}
		}
		advance();
	}

	/**
	 * Handle a broadcast of this node that was read back. Called in an ordered task.
	 */
	void readBack(@Nullable String nonce, StreamId id) {
		Own own = (this.readBack && nonce != null) ? this.byNonce.get(nonce) : null;
		if (own == null) {
			// already delivered
			return;
		}
		for (Waiting before : this.queue) {
			if (before == own) {
				break;
			}
			// earlier broadcasts are not stored, otherwise they would have been read back
			// before
			before.giveUp();
		}
		own.offset = id;
		own.settled = true;
		advance();
	}

	private void advance() {
		Waiting head = this.queue.peek();
		while (head != null && head.isSettled()) {
			this.queue.remove();
			try {
				head.run();
			}
			catch (RuntimeException ex) {
				logger.error("A queued task failed", ex);
			}
			finally {
				this.waiting.decrementAndGet();
			}
			head = this.queue.peek();
		}
	}

	private void deliver(Own own) {
		this.byNonce.remove(own.nonce);
		StreamId offset = own.offset;
		if (offset != null && this.readBack) {
			// before the following tasks, such as the recovery of a client
			this.listener.readBack(offset);
		}
		if (own.options.flags().isVolatile() || !this.offsets) {
			this.local.deliver(own.packet, own.options);
		}
		else if (offset != null) {
			this.local.deliver(own.packet.withOffset(offset.toString()), own.options);
		}
		else {
			this.listener.deliveredDirectly();
			this.local.deliver(own.packet, own.options);
		}
	}

	/**
	 * Deliver all queued broadcasts without offsets. Called in an ordered task.
	 */
	private void flush(String reason) {
		TimeoutException error = new TimeoutException(reason);
		for (Waiting item : this.queue) {
			item.giveUp();
			if (item instanceof Own own) {
				own.result.completeExceptionally(error);
			}
		}
		advance();
	}

	private void scheduleCheck() {
		if (this.checking.compareAndSet(false, true)) {
			long due = this.clock.getAsLong() + CHECK_INTERVAL.toNanos();
			this.scheduler.apply(CHECK_INTERVAL, () -> this.tasks.run(() -> check(due)));
		}
	}

	private void check(long due) {
		this.checking.set(false);
		long now = this.clock.getAsLong();
		// nothing could be read back while the process was suspended
		long lost = (now - due > CHECK_INTERVAL.toNanos()) ? now - due : 0;
		boolean late = false;
		for (Waiting item : this.queue) {
			if (item instanceof Own own && now - own.addWait(lost) > own.limit()) {
				own.result.completeExceptionally(new TimeoutException("Redis has not responded in time"));
				own.giveUp();
				late = true;
			}
		}
		if (late) {
			advance();
		}
		if (!this.queue.isEmpty()) {
			scheduleCheck();
		}
	}

	/**
	 * Deliver all queued broadcasts.
	 */
	void close() {
		this.tasks.run(() -> flush("The adapter is closed"));
	}

	/**
	 * Listens to deliveries of broadcasts of this node.
	 */
	interface Listener {

		/**
		 * Called when a broadcast that was read back is delivered.
		 */
		void readBack(StreamId id);

		/**
		 * Called when a broadcast that should have an offset is delivered without one.
		 */
		void deliveredDirectly();

	}

	/**
	 * A queued broadcast or task.
	 */
	private abstract static class Waiting {

		abstract boolean isSettled();

		abstract void giveUp();

		abstract void run();

	}

	private static final class Task extends Waiting {

		private final Runnable task;

		private Task(Runnable task) {
			this.task = task;
		}

		@Override
		boolean isSettled() {
			return true;
		}

		@Override
		void giveUp() {
			// a task does not wait for Redis
		}

		@Override
		void run() {
			this.task.run();
		}

	}

	/**
	 * A broadcast of this node.
	 */
	private final class Own extends Waiting {

		private final String nonce;

		private final BroadcastPacket packet;

		private final BroadcastOptions options;

		private final CompletableFuture<Object> result;

		private long since = StreamOrder.this.clock.getAsLong();

		private @Nullable StreamId offset;

		private boolean stored;

		private boolean settled;

		private Own(String nonce, BroadcastPacket packet, BroadcastOptions options, CompletableFuture<Object> result) {
			this.nonce = nonce;
			this.packet = packet;
			this.options = options;
			this.result = result;
		}

		/**
		 * Return the time limit. It is longer for a stored broadcast, because without its
		 * offset the broadcast would lose its place in the order of all nodes.
		 */
		private long limit() {
			return this.stored ? STORED_FACTOR * StreamOrder.this.limit : StreamOrder.this.limit;
		}

		/**
		 * Extend the waiting time.
		 * @return the time from which the waiting time is measured
		 */
		private long addWait(long nanos) {
			this.since += nanos;
			return this.since;
		}

		@Override
		boolean isSettled() {
			return this.settled;
		}

		@Override
		void giveUp() {
			this.settled = true;
		}

		@Override
		void run() {
			deliver(this);
		}

	}

}
