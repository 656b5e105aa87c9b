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

/**
 * Threads that send to a session and end it, and the registry of sessions (SEC-127).
 */
public final class SessionStress {

	private SessionStress() {
	}

	private static int flag(boolean value) {
		return value ? 1 : 0;
	}

	/**
	 * The one who finds nobody draining drains, for the others too.
	 */
	@JCStressTest
	@Description("Two threads send, one of them twice")
	@Outcome(id = "3, 0", expect = Expect.ACCEPTABLE, desc = "all written, by one at a time")
	@Outcome(expect = Expect.FORBIDDEN, desc = "one stays in the outbox, or two wrote at once")
	@State
	public static class SendAndSend {

		private final StressTransport transport = new StressTransport(TransportType.POLLING);

		private final EngineSession session = new StressSession().open(this.transport);

		/** Sends. */
		@Actor
		public void first() {
			this.session.send(OutboxStress.MESSAGE);
		}

		/** Sends twice. */
		@Actor
		public void second() {
			this.session.send(OutboxStress.MESSAGE);
			this.session.send(OutboxStress.MESSAGE);
		}

		/** Counts. */
		@Arbiter
		public void count(II_Result result) {
			result.r1 = this.transport.written.get();
			result.r2 = flag(this.transport.overlapped);
		}

	}

	/**
	 * A session ends once, whoever ends it.
	 */
	@JCStressTest
	@Description("The peer and the application end a session")
	@Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "told once, closed once, out of the registry")
	@Outcome(expect = Expect.FORBIDDEN, desc = "told twice or never, or still there")
	@State
	public static class CloseAndClose {

		private final StressTransport transport = new StressTransport(TransportType.WEBSOCKET);

		private final StressSession engine = new StressSession();

		private final TransportSession session = this.engine.open(this.transport);

		/** The peer went. */
		@Actor
		public void peer() {
			this.session.onClose(this.transport);
		}

		/** The application has had enough. */
		@Actor
		public void application() {
			this.session.closeNow();
		}

		/** Counts. */
		@Arbiter
		public void count(III_Result result) {
			result.r1 = this.engine.closes.get();
			result.r2 = this.transport.closes.get();
			result.r3 = this.engine.server.clientsCount();
		}

	}

	/**
	 * What was sent before an orderly end is written before it.
	 */
	@JCStressTest
	@Description("An orderly close while another thread sends")
	@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "taken and written")
	@Outcome(id = "0, 0, 1", expect = Expect.ACCEPTABLE, desc = "refused")
	@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE_INTERESTING,
			desc = "taken while the session was closing, and dropped by its end")
	@Outcome(expect = Expect.FORBIDDEN, desc = "refused and written, or not closed once")
	@State
	public static class SendAndClose {

		private final StressTransport transport = new StressTransport(TransportType.POLLING);

		private final StressSession engine = new StressSession();

		private final EngineSession session = this.engine.open(this.transport);

		private boolean taken;

		/** Sends. */
		@Actor
		public void send() {
			this.taken = this.session.send(OutboxStress.MESSAGE);
		}

		/** Closes in an orderly way. */
		@Actor
		public void close() {
			this.session.close();
		}

		/** Counts. */
		@Arbiter
		public void count(III_Result result) {
			result.r1 = flag(this.taken);
			result.r2 = this.transport.written.get();
			result.r3 = this.engine.closes.get();
		}

	}

	/**
	 * One id, one session.
	 */
	@JCStressTest
	@Description("Two sessions with the same id")
	@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "one is opened")
	@Outcome(expect = Expect.FORBIDDEN, desc = "none or both")
	@State
	public static class OpenAndOpen {

		private final StressSession engine = new StressSession();

		private @Nullable TransportSession first;

		private @Nullable TransportSession second;

		/** Opens. */
		@Actor
		public void first() {
			this.first = this.engine.tryOpen("id", new StressTransport(TransportType.POLLING));
		}

		/** Opens. */
		@Actor
		public void second() {
			this.second = this.engine.tryOpen("id", new StressTransport(TransportType.POLLING));
		}

		/** Counts. */
		@Arbiter
		public void count(II_Result result) {
			result.r1 = flag(this.first != null) + flag(this.second != null);
			result.r2 = this.engine.server.clientsCount();
		}

	}

	/**
	 * No session survives the engine.
	 */
	@JCStressTest
	@Description("A session is opened while the engine is closed")
	@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "nothing is left, the engine has closed")
	@Outcome(expect = Expect.FORBIDDEN, desc = "a session is left, or the engine waits for ever")
	@State
	public static class OpenAndCloseEngine {

		private final StressSession engine = new StressSession();

		private volatile boolean closed;

		/** Opens. */
		@Actor
		public void open() {
			this.engine.tryOpen("id", new StressTransport(TransportType.POLLING));
		}

		/** Closes. */
		@Actor
		public void close() {
			this.engine.server.close().subscribe(null, null, () -> this.closed = true);
		}

		/** Counts. */
		@Arbiter
		public void count(II_Result result) {
			result.r1 = this.engine.server.clientsCount();
			result.r2 = flag(!this.closed);
		}

	}

}
