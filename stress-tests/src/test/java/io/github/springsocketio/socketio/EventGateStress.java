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

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.engineio.StressPeer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Events that wait for the end of serial handlers, which end on other threads.
 */
public final class EventGateStress {

	private EventGateStress() {
	}

	private static int flag(boolean value) {
		return value ? 1 : 0;
	}

	/**
	 * A server with serial handlers that end when their sinks do, and a client. Each
	 * event has the number that it must have among the events of the socket.
	 */
	abstract static class Serial {

		final Sinks.Empty<Void> first = Sinks.empty();

		final Sinks.Empty<Void> second = Sinks.empty();

		private final AtomicInteger running = new AtomicInteger();

		private final AtomicInteger handled = new AtomicInteger();

		private volatile boolean disordered;

		private volatile boolean overlapped;

		private final AtomicInteger left = new AtomicInteger();

		private volatile boolean leftEarly;

		private volatile @Nullable DefaultSocket socket;

		final StressPeer peer = new StressPeer((engine) -> SocketIoServer.create(engine, SocketIoOptions.defaults())
			.onConnection((socket) -> this.socket = (DefaultSocket) socket)
			.handleSerial("first", Integer.class, (socket, number, event) -> serial(number, this.first.asMono()))
			.handleSerial("second", Integer.class, (socket, number, event) -> serial(number, this.second.asMono()))
			.on("plain", Integer.class, (socket, number, event) -> begin(number))
			.handleDisconnect((socket, reason, detail) -> {
				this.left.incrementAndGet();
				this.leftEarly |= this.running.get() != 0;
				return Mono.empty();
			}));

		private Mono<Void> serial(int number, Mono<Void> end) {
			begin(number);
			this.running.incrementAndGet();
			// before the next handler is called
			return end.doOnTerminate(this.running::decrementAndGet);
		}

		private void begin(int number) {
			this.overlapped |= this.running.get() != 0;
			this.disordered |= this.handled.getAndIncrement() != number;
		}

		final void send(String event, int number) {
			this.peer.send("2[\"" + event + "\"," + number + "]");
		}

		final int handled() {
			return this.handled.get();
		}

		/**
		 * Return 1 if the events were handled in order and one after the other.
		 */
		final int inOrder() {
			return flag(!this.disordered && !this.overlapped);
		}

		/**
		 * Return how many handlers and events that wait are counted.
		 */
		final int inFlight() {
			return Objects.requireNonNull(this.socket).client().load().inFlight();
		}

		/**
		 * Return how often the handler for the disconnection was called, or -1 if it was
		 * called before the others had ended.
		 */
		final int left() {
			return this.leftEarly ? -1 : this.left.get();
		}

	}

	/**
	 * No event is lost or overtaken when the gate opens.
	 */
	@JCStressTest
	@Description("A handler ends while events come that wait for it")
	@Outcome(id = "4, 1", expect = Expect.ACCEPTABLE, desc = "all handled in order")
	@Outcome(expect = Expect.FORBIDDEN, desc = "lost, twice, too early or out of order")
	@State
	public static class EndAndReceive extends Serial {

		/** One event waits already. */
		public EndAndReceive() {
			send("first", 0);
			send("plain", 1);
		}

		/** The client. */
		@Actor
		public void client() {
			send("plain", 2);
			send("plain", 3);
		}

		/** The handler ends. */
		@Actor
		public void end() {
			this.first.tryEmitEmpty();
		}

		/** Counts. */
		@Arbiter
		public void count(II_Result result) {
			result.r1 = handled();
			result.r2 = inOrder();
		}

	}

	/**
	 * The gate closes for a handler whose end comes at any time.
	 */
	@JCStressTest
	@Description("A handler ends while it is called")
	@Outcome(id = "3, 1", expect = Expect.ACCEPTABLE, desc = "all handled in order")
	@Outcome(expect = Expect.FORBIDDEN, desc = "lost, twice, too early or out of order")
	@State
	public static class EndAndCall extends Serial {

		/** The client. */
		@Actor
		public void client() {
			send("plain", 0);
			send("first", 1);
			send("plain", 2);
		}

		/** The handler ends. */
		@Actor
		public void end() {
			this.first.tryEmitEmpty();
		}

		/** Counts. */
		@Arbiter
		public void count(II_Result result) {
			result.r1 = handled();
			result.r2 = inOrder();
		}

	}

	/**
	 * An event that waits closes the gate again.
	 */
	@JCStressTest
	@Description("Two handlers end, of which the second one waits for the first one")
	@Outcome(id = "4, 1", expect = Expect.ACCEPTABLE, desc = "all handled in order")
	@Outcome(expect = Expect.FORBIDDEN, desc = "lost, twice, too early or out of order")
	@State
	public static class EndAndEnd extends Serial {

		/** Three events wait. */
		public EndAndEnd() {
			send("first", 0);
			send("plain", 1);
			send("second", 2);
			send("plain", 3);
		}

		/** The first handler ends. */
		@Actor
		public void first() {
			this.first.tryEmitEmpty();
		}

		/** The second handler ends. */
		@Actor
		public void second() {
			this.second.tryEmitEmpty();
		}

		/** Counts. */
		@Arbiter
		public void count(II_Result result) {
			result.r1 = handled();
			result.r2 = inOrder();
		}

	}

	/**
	 * Events that wait go with the socket, whose handler for disconnections comes last.
	 */
	@JCStressTest
	@Description("The client leaves while a handler ends")
	@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "the event that waits is dropped")
	@Outcome(id = "2, 1, 1", expect = Expect.ACCEPTABLE, desc = "the event that waits is handled before")
	@Outcome(expect = Expect.FORBIDDEN, desc = "twice, or the last handler is called too early, twice or never")
	@State
	public static class EndAndLeave extends Serial {

		/** One event waits. */
		public EndAndLeave() {
			send("first", 0);
			send("plain", 1);
		}

		/** The client leaves. */
		@Actor
		public void client() {
			this.peer.leave();
		}

		/** The handler ends. */
		@Actor
		public void end() {
			this.first.tryEmitEmpty();
		}

		/** Counts. */
		@Arbiter
		public void count(III_Result result) {
			result.r1 = handled();
			result.r2 = inOrder();
			result.r3 = left();
		}

	}

	/**
	 * Waiting events are no longer counted once they have been handled or dropped.
	 */
	@JCStressTest
	@Description("Events that wait are in flight until they have been handled")
	@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "nothing is in flight")
	@Outcome(expect = Expect.FORBIDDEN, desc = "counted twice or for ever")
	@State
	public static class EndAndCount extends Serial {

		/** One event waits. */
		public EndAndCount() {
			send("first", 0);
			send("plain", 1);
		}

		/** The client sends and leaves. */
		@Actor
		public void client() {
			send("plain", 2);
			this.peer.leave();
		}

		/** The handler ends. */
		@Actor
		public void end() {
			this.first.tryEmitEmpty();
		}

		/** Counts. */
		@Arbiter
		public void count(I_Result result) {
			result.r1 = inFlight();
		}

	}

}
