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

package io.github.springsocketio.engineio;

import java.time.Duration;
import java.util.BitSet;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.NonBlockingThread;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A hashed timing wheel with 4096 slots of 2 ms. Scheduling appends the task to a queue;
 * cancelling clears a field. All other work is done by one daemon thread, which sleeps
 * until the next slot with a task.
 */
final class TimerWheel implements Timers {

	private static final Log logger = LogFactory.getLog(TimerWheel.class);

	static final long TICK = Duration.ofMillis(2).toNanos();

	private static final int SLOTS = 4096;

	private static final AtomicInteger threads = new AtomicInteger();

	private final LongSupplier clock;

	private final long start;

	private final @Nullable Node[] slots = new @Nullable Node[SLOTS];

	private final BitSet occupied = new BitSet(SLOTS);

	private final Queue<Node> added = new ConcurrentLinkedQueue<>();

	private final AtomicInteger pending = new AtomicInteger();

	private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

	private final boolean threaded;

	private long tick;

	private volatile long wakeAt = Long.MAX_VALUE;

	private volatile boolean stopped;

	TimerWheel() {
		this(System::nanoTime, true);
	}

	/**
	 * Create a wheel that turns only when {@link #advance()} is called.
	 * @param clock nanoseconds
	 */
	TimerWheel(LongSupplier clock) {
		this(clock, false);
	}

	private TimerWheel(LongSupplier clock, boolean threaded) {
		this.clock = clock;
		this.start = clock.getAsLong();
		this.threaded = threaded;
	}

	@Override
	public long nanoTime() {
		return this.clock.getAsLong();
	}

	@Override
	public Timeout schedule(Duration delay, Runnable task) {
		return schedule(delay.toNanos(), task);
	}

	@Override
	public Timeout schedule(long nanos, Runnable task) {
		Node node = new Node(nanoTime() - this.start + Math.max(0, nanos), task);
		if (this.stopped) {
			return node;
		}
		this.added.add(node);
		this.pending.incrementAndGet();
		if (this.threaded && node.deadline < this.wakeAt) {
			wakeUp();
		}
		return node;
	}

	@Override
	public void stop() {
		this.stopped = true;
		Thread running = this.thread.get();
		if (running != null) {
			LockSupport.unpark(running);
		}
	}

	int pending() {
		return this.pending.get();
	}

	private void wakeUp() {
		Thread running = this.thread.get();
		if (running == null) {
			Thread created = new TimerThread(this::run);
			if (this.thread.compareAndSet(null, created)) {
				start(created);
				return;
			}
			running = this.thread.get();
		}
		LockSupport.unpark(running);
	}

	private void start(Thread created) {
		boolean started = false;
		try {
			created.start();
			started = true;
		}
		finally {
			if (!started) {
				// no memory for a thread: the next timer tries again
				this.thread.set(null);
			}
		}
	}

	private void run() {
		while (!this.stopped) {
			try {
				advance();
			}
			catch (Throwable ex) {
				failed(ex);
			}
			long next = nextTick();
			this.wakeAt = (next < 0) ? Long.MAX_VALUE : next * TICK;
			if (!this.added.isEmpty()) {
				continue;
			}
			if (next < 0) {
				LockSupport.park(this);
			}
			else {
				LockSupport.parkNanos(this, Math.max(1, this.wakeAt - (nanoTime() - this.start)));
			}
		}
	}

	private long nextTick() {
		int current = (int) (this.tick % SLOTS);
		int slot = this.occupied.nextSetBit(current);
		if (slot < 0) {
			slot = this.occupied.nextSetBit(0);
		}
		return (slot < 0) ? -1 : this.tick + Math.floorMod(slot - current, SLOTS);
	}

	/**
	 * Return the time of the next slot that holds a task. Called by the thread that calls
	 * {@link #advance()}.
	 * @return the time of the clock, or -1 if there is no task
	 */
	long nextTime() {
		long next = nextTick();
		return (next < 0) ? -1 : this.start + next * TICK;
	}

	/**
	 * Run the tasks that are due. Called by one thread only.
	 * @return whether a task was due
	 */
	boolean advance() {
		boolean ran = false;
		long now = nanoTime() - this.start;
		long target = now / TICK;
		place();
		long first = Math.max(this.tick, target - SLOTS + 1);
		for (long turned = first; turned <= target; turned++) {
			int slot = (int) (turned % SLOTS);
			if (this.occupied.get(slot)) {
				ran |= turn(slot, now);
			}
		}
		this.tick = Math.max(this.tick, target + 1);
		return ran;
	}

	private void place() {
		Node node;
		while ((node = this.added.poll()) != null) {
			long due = Math.max((node.deadline + TICK - 1) / TICK, this.tick);
			int slot = (int) (due % SLOTS);
			node.next = this.slots[slot];
			this.slots[slot] = node;
			this.occupied.set(slot);
		}
	}

	private boolean turn(int slot, long now) {
		Node node = this.slots[slot];
		Node kept = null;
		Node due = null;
		while (node != null) {
			Node next = node.next;
			if (node.get() == null) {
				this.pending.decrementAndGet();
				node.next = null;
			}
			else if (node.deadline <= now) {
				this.pending.decrementAndGet();
				node.next = due;
				due = node;
			}
			else {
				node.next = kept;
				kept = node;
			}
			node = next;
		}
		this.slots[slot] = kept;
		if (kept == null) {
			this.occupied.clear(slot);
		}
		for (node = due; node != null; node = node.next) {
			fire(node);
		}
		return due != null;
	}

	private void fire(Node node) {
		Runnable task = node.getAndSet(null);
		if (task == null) {
			return;
		}
		try {
			task.run();
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	/**
	 * Log any error, even a fatal one: all sessions depend on this thread.
	 */
	private static void failed(Throwable ex) {
		FatalErrors.report(ex);
		try {
			logger.error("A timer task failed", ex);
		}
		catch (Throwable ignored) {
			// There may be no memory to log it
		}
	}

	/**
	 * The thread of a wheel. Not one of Reactor's non-blocking threads, because it parks.
	 */
	static final class TimerThread extends Thread implements NonBlockingThread {

		private TimerThread(Runnable task) {
			super(task, "socketio-timers-" + threads.incrementAndGet());
			setDaemon(true);
		}

	}

	/**
	 * A task, linked to the next one of its slot.
	 */
	private static final class Node extends AtomicReference<@Nullable Runnable> implements Timeout {

		private static final long serialVersionUID = 1L;

		private final long deadline;

		private transient @Nullable Node next;

		private Node(long deadline, Runnable task) {
			super(task);
			this.deadline = deadline;
		}

		@Override
		public void cancel() {
			set(null);
		}

	}

}
