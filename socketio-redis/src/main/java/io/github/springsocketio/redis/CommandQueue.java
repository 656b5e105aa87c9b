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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.scheduler.Schedulers;

/**
 * Sends commands with Lettuce in the order in which they are added. They are never sent
 * on an event loop of Lettuce: on its own event loop, a connection writes a command
 * immediately, ahead of earlier commands of other threads that the event loop has not
 * written yet.
 */
final class CommandQueue {

	private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	/**
	 * Add a command.
	 * @param connection the connection
	 * @param command sends a command; must not throw
	 */
	void add(CommandConnection connection, Runnable command) {
		this.commands.add(command);
		if (this.waiting.getAndIncrement() != 0) {
			return;
		}
		if (connection.mayBeInEventLoop()) {
			try {
				Schedulers.parallel().schedule(this::drain);
				return;
			}
			catch (RejectedExecutionException ex) {
				// the schedulers of Reactor are closed, as the application ends
			}
		}
		drain();
	}

	private void drain() {
		int count = this.waiting.get();
		do {
			for (int i = 0; i < count; i++) {
				Runnable next = this.commands.poll();
				if (next != null) {
					next.run();
				}
			}
			count = this.waiting.addAndGet(-count);
		}
		while (count != 0);
	}

}
