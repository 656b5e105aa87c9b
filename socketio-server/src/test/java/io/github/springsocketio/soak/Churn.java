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

package io.github.springsocketio.soak;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.ChaosLink;
import io.github.springsocketio.testsupport.ChaosProxy;

/**
 * Some clients, each with a thread and some sessions, that open, talk and drop at random;
 * one session of eight goes through a proxy that may forget it.
 */
final class Churn {

	private final SoakServer server;

	private final Settings settings;

	private final Queue<SoakSession> limbo = new ConcurrentLinkedQueue<>();

	private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

	private final LongAdder opened = new LongAdder();

	private final LongAdder messages = new LongAdder();

	private final LongAdder lost = new LongAdder();

	private final LongAccumulator atOnce = new LongAccumulator(Math::max, 0);

	private final Map<String, LongAdder> drops = new ConcurrentHashMap<>();

	private final AtomicInteger turn = new AtomicInteger();

	private int rounds;

	Churn(SoakServer server, Settings settings) {
		this.server = server;
		this.settings = settings;
	}

	/**
	 * Let the clients run for a while, and return when they are gone and the server has
	 * noticed.
	 * @param time how long
	 */
	void round(Duration time) {
		long end = System.nanoTime() + time.toNanos();
		this.rounds++;
		try (ChaosProxy proxy = new ChaosProxy(this.server.port())) {
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < this.settings.clients(); i++) {
				Random random = new Random(this.rounds * 1000L + i);
				Thread thread = new Thread(() -> new Client(random, proxy).run(end), "soak-client");
				thread.start();
				threads.add(thread);
			}
			threads.forEach(Churn::join);
			Settings.await("the server has closed every session", this.settings.silence(),
					() -> this.server.engine().clientsCount() == 0 && this.server.io().sockets().sockets().isEmpty()
							&& this.server.io().sockets().rooms().isEmpty());
		}
		this.limbo.forEach(SoakSession::close);
		this.limbo.clear();
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	long opened() {
		return this.opened.sum();
	}

	long lost() {
		return this.lost.sum();
	}

	long messages() {
		return this.messages.sum();
	}

	Queue<Throwable> errors() {
		return this.errors;
	}

	Map<String, LongAdder> drops() {
		return this.drops;
	}

	@Override
	public String toString() {
		return "opened %,d at once %,d messages %,d lost %,d drops %s".formatted(opened(), this.atOnce.get(),
				messages(), lost(), new TreeMap<>(this.drops));
	}

	private final class Client {

		private final Random random;

		private final ChaosProxy proxy;

		private final List<SoakSession> live = new ArrayList<>();

		Client(Random random, ChaosProxy proxy) {
			this.random = random;
			this.proxy = proxy;
		}

		void run(long end) {
			while (System.nanoTime() - end < 0 && Churn.this.errors.isEmpty() && !Churn.this.settings.isStopped()) {
				step(this.random.nextInt(100));
				Await.pass(Churn.this.settings.pause());
			}
			while (!this.live.isEmpty()) {
				drop(take());
			}
		}

		private void step(int dice) {
			int count = this.live.size();
			int most = Churn.this.settings.sessions();
			// until there are half as many as there may be, more are opened than go
			if (count == 0 || (dice < 35 && count < most) || (dice >= 90 && count < most / 2)) {
				open();
			}
			else if (dice < 70) {
				talk(this.live.get(this.random.nextInt(this.live.size())), dice);
			}
			else {
				drop(take());
			}
		}

		private SoakSession take() {
			int last = this.live.size() - 1;
			int index = this.random.nextInt(last + 1);
			SoakSession taken = this.live.set(index, this.live.get(last));
			this.live.remove(last);
			return taken;
		}

		private void open() {
			int port = (this.random.nextInt(8) == 0) ? this.proxy.port() : Churn.this.server.port();
			SoakSession.Kind[] kinds = SoakSession.Kind.values();
			try {
				this.live.add(SoakSession.open(port, kinds[this.random.nextInt(kinds.length)]));
				Churn.this.opened.increment();
				Churn.this.atOnce.accumulate(Churn.this.server.engine().clientsCount());
			}
			catch (UncheckedIOException ex) {
				// the machine is so slow that the session was over before it began
				Churn.this.lost.increment();
			}
			catch (AssertionError ex) {
				Churn.this.errors.add(ex);
			}
		}

		private void talk(SoakSession session, int dice) {
			try {
				if (dice % 4 == 0) {
					session.send("42[\"room\",\"" + "word ".repeat(dice) + "\"]");
				}
				session.talk("\"echo\",\"" + "hello ".repeat(dice) + "\"]");
				Churn.this.messages.increment();
			}
			catch (UncheckedIOException | AssertionError ex) {
				// not talked to in time, the server has closed it
				Churn.this.lost.increment();
				this.live.remove(session);
				session.close();
			}
		}

		private void drop(SoakSession session) {
			List<ChaosLink> links = links(session);
			if (!links.isEmpty()) {
				count("VANISHED");
				links.forEach(ChaosLink::vanish);
				Churn.this.limbo.add(session);
				return;
			}
			Drop drop = Drop.values()[Churn.this.turn.getAndIncrement() % Drop.values().length];
			count(drop.name());
			try {
				drop.apply(session, session.websocket());
			}
			catch (UncheckedIOException | AssertionError ex) {
				// the server was faster
			}
			if (drop.keepsConnections) {
				Churn.this.limbo.add(session);
			}
			else {
				session.close();
			}
		}

		private List<ChaosLink> links(SoakSession session) {
			if (session.port() != this.proxy.port()) {
				// Its connections may have the same port as others, which go to the proxy
				return List.of();
			}
			return session.connections()
				.stream()
				.map((connection) -> this.proxy.find(connection.localPort()))
				.filter(Objects::nonNull)
				.toList();
		}

		private void count(String drop) {
			Churn.this.drops.computeIfAbsent(drop, (key) -> new LongAdder()).increment();
		}

	}

}
