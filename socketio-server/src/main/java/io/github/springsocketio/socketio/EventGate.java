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

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Holds back the events of one socket while a serial handler is in progress. Used in the
 * session's turn only. Queued tasks count as handlers in flight, so that reading pauses
 * when there are too many of them.
 */
final class EventGate {

	private final DefaultSocket socket;

	private final Runnable onOpen;

	private final Queue<Runnable> entering = new ArrayDeque<>();

	private final Queue<Waiting> waiting = new ArrayDeque<>();

	private final Queue<Runnable> afterwards = new ArrayDeque<>();

	private boolean closed;

	private boolean draining;

	private boolean cleared;

	/**
	 * Create a gate, which is initially open.
	 * @param onOpen called when the gate opens, before the queued tasks
	 */
	EventGate(DefaultSocket socket, Runnable onOpen) {
		this.socket = socket;
		this.onOpen = onOpen;
	}

	/**
	 * Return whether events have to wait.
	 */
	boolean isClosed() {
		return this.closed || this.draining || !this.waiting.isEmpty();
	}

	/**
	 * Return whether a serial handler is in progress.
	 */
	boolean isBusy() {
		return this.closed;
	}

	void close() {
		this.closed = true;
	}

	/**
	 * Called when a serial handler has ended. {@link #open()} then runs the queued tasks,
	 * unless another serial handler closes the gate before.
	 */
	void unlock() {
		this.closed = false;
	}

	/**
	 * Run the queued tasks, until one of them closes the gate again.
	 */
	void open() {
		if (this.draining) {
			return;
		}
		this.draining = true;
		try {
			runEntering();
			this.onOpen.run();
			runWaiting();
		}
		finally {
			this.draining = false;
			if (!this.closed && !(this.waiting.isEmpty() && this.entering.isEmpty())) {
				// a task has failed: the remaining ones still have to run
				this.socket.execute(this::open);
			}
		}
		runAfterwards();
	}

	private void runWaiting() {
		Waiting next;
		while (!this.closed && (next = this.waiting.poll()) != null) {
			this.socket.client().load().handling(next.bytes());
			try {
				next.task().run();
			}
			finally {
				next.release();
			}
			runEntering();
		}
	}

	/**
	 * Run a task as soon as no serial handler is in progress. It precedes the queued
	 * tasks, which belong to later events, runs also after the disconnection, and may
	 * close the gate.
	 */
	void enter(Runnable task) {
		this.entering.add(task);
		runEntering();
	}

	private void runEntering() {
		Runnable task;
		while (!this.closed && (task = this.entering.poll()) != null) {
			task.run();
		}
	}

	/**
	 * Queue a task.
	 */
	void add(Runnable task) {
		if (!this.cleared) {
			HandlerLoad load = this.socket.client().load();
			this.waiting.add(new Waiting(task, load, load.started()));
		}
	}

	/**
	 * Run a task as soon as no serial handler is in progress, also after the
	 * disconnection.
	 */
	void afterwards(Runnable task) {
		this.afterwards.add(task);
		runAfterwards();
	}

	private void runAfterwards() {
		Runnable task;
		while (!this.closed && this.cleared && (task = this.afterwards.poll()) != null) {
			task.run();
		}
	}

	/**
	 * Drop the queued tasks, because the socket is disconnected.
	 */
	void clear() {
		this.cleared = true;
		Waiting next;
		while ((next = this.waiting.poll()) != null) {
			next.release();
		}
	}

	/**
	 * A queued task.
	 *
	 * @param task the task
	 * @param load counts the task as in flight
	 * @param bytes the size of its event, which is counted with it
	 */
	private record Waiting(Runnable task, HandlerLoad load, int bytes) {

		private void release() {
			this.load.finished(this.bytes);
		}

	}

}
