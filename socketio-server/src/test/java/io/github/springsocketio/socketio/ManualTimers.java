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
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.springsocketio.engineio.Timers;

/**
 * Timers whose time goes by hand. Tasks may be scheduled by any thread.
 */
final class ManualTimers implements Timers {

	private final List<Task> tasks = new CopyOnWriteArrayList<>();

	private volatile long now;

	@Override
	public Timeout schedule(Duration delay, Runnable runnable) {
		Task task = new Task(this.now + delay.toNanos(), runnable);
		this.tasks.add(task);
		return () -> this.tasks.remove(task);
	}

	@Override
	public long nanoTime() {
		return this.now;
	}

	@Override
	public void stop() {
		this.tasks.clear();
	}

	/**
	 * Let time go by, and run what is due in between.
	 */
	void advance(Duration time) {
		long end = this.now + time.toNanos();
		while (true) {
			Task next = this.tasks.stream()
				.filter((task) -> task.at <= end)
				.min(Comparator.comparingLong(Task::at))
				.orElse(null);
			if (next == null) {
				break;
			}
			this.tasks.remove(next);
			this.now = next.at;
			next.runnable.run();
		}
		this.now = end;
	}

	/**
	 * Return the number of tasks that wait.
	 */
	int size() {
		return this.tasks.size();
	}

	private record Task(long at, Runnable runnable) {

	}

}
