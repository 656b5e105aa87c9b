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

package io.github.springsocketio.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawWebSocket;

/**
 * Eight clients that behave: each sends an event ten times a second, and waits for its
 * acknowledgement. Two of them poll.
 */
final class HealthyClients implements AutoCloseable {

	static final int COUNT = 8;

	private static final int POLLING = 2;

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

	private final List<Thread> threads = new ArrayList<>();

	private final List<Throwable> failures = new CopyOnWriteArrayList<>();

	private final AtomicLong worst = new AtomicLong();

	private final AtomicLong answered = new AtomicLong();

	private volatile boolean stopped;

	HealthyClients(int port) {
		for (int i = 0; i < COUNT; i++) {
			Conversation conversation = (i < POLLING) ? new Polling(port) : new WebSocket(port);
			Thread thread = new Thread(() -> talk(conversation), "healthy-" + i);
			thread.setDaemon(true);
			this.threads.add(thread);
			thread.start();
		}
	}

	private void talk(Conversation conversation) {
		try (conversation) {
			for (int id = 0; !this.stopped; id++) {
				long start = System.nanoTime();
				conversation.ask(id);
				long time = System.nanoTime() - start;
				this.worst.accumulateAndGet(time, Math::max);
				this.answered.incrementAndGet();
				LockSupport.parkNanos(PAUSE);
			}
		}
		catch (RuntimeException | AssertionError ex) {
			if (!this.stopped) {
				this.failures.add(ex);
			}
		}
	}

	/**
	 * Return what ended a conversation.
	 */
	List<Throwable> failures() {
		return this.failures;
	}

	/**
	 * Return how many events were acknowledged.
	 */
	long answered() {
		return this.answered.get();
	}

	/**
	 * Return the longest time to an acknowledgement since the last call, in milliseconds.
	 */
	long worst() {
		return TimeUnit.NANOSECONDS.toMillis(this.worst.getAndSet(0));
	}

	@Override
	public void close() {
		this.stopped = true;
	}

	/**
	 * A client that sends one event at a time.
	 */
	private interface Conversation extends AutoCloseable {

		/**
		 * Send an event and wait for its acknowledgement.
		 */
		void ask(int id);

		@Override
		void close();

	}

	private static final class WebSocket implements Conversation {

		private final RawWebSocket websocket;

		WebSocket(int port) {
			RawHttp http = new RawHttp(port);
			http.connection().patience(AttackSuite.PATIENCE);
			http.upgrade("/socket.io/?EIO=4&transport=websocket");
			this.websocket = new RawWebSocket(http.connection());
			this.websocket.readText();
			this.websocket.sendText("40");
			this.websocket.readText();
		}

		@Override
		public void ask(int id) {
			this.websocket.sendText("42" + id + "[\"echo\",\"hello\"]");
			String text = this.websocket.readText();
			while (!text.startsWith("43" + id)) {
				if (text.equals("2")) {
					this.websocket.sendText("3");
				}
				text = this.websocket.readText();
			}
		}

		@Override
		public void close() {
			this.websocket.close();
		}

	}

	private static final class Polling implements Conversation {

		private final RawHttp polls;

		private final RawHttp posts;

		private final String target;

		Polling(int port) {
			this.polls = new RawHttp(port);
			this.posts = new RawHttp(port);
			this.polls.connection().patience(AttackSuite.PATIENCE);
			this.posts.connection().patience(AttackSuite.PATIENCE);
			String open = this.polls.get("/socket.io/?EIO=4&transport=polling").text();
			int sid = open.indexOf("\"sid\":\"") + 7;
			this.target = "/socket.io/?EIO=4&transport=polling&sid=" + open.substring(sid, open.indexOf('"', sid));
			post("40");
			this.polls.get(this.target);
		}

		private void post(String body) {
			int status = this.posts.post(this.target, body, "Content-Type: text/plain;charset=UTF-8").status();
			if (status != 200) {
				throw new IllegalStateException("Status " + status);
			}
		}

		@Override
		public void ask(int id) {
			post("42" + id + "[\"echo\",\"hello\"]");
			boolean answered = false;
			while (!answered) {
				for (String packet : this.polls.get(this.target).text().split("\u001e")) {
					answered |= packet.startsWith("43" + id);
					if (packet.equals("2")) {
						post("3");
					}
				}
			}
		}

		@Override
		public void close() {
			this.polls.close();
			this.posts.close();
		}

	}

}
