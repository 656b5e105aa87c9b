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

import java.nio.charset.StandardCharsets;

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
 * The switch from one transport to the other while others send and close (SEC-127).
 */
public final class UpgradeStress {

	private static final byte[] UPGRADE = "5".getBytes(StandardCharsets.UTF_8);

	private UpgradeStress() {
	}

	/**
	 * What both tests begin with.
	 */
	abstract static class Upgrading {

		final StressTransport polling = new StressTransport(TransportType.POLLING);

		final StressTransport candidate = new StressTransport(TransportType.WEBSOCKET);

		final StressSession engine = new StressSession();

		final TransportSession session = this.engine.open(this.polling);

		Upgrading() {
			this.session.onUpgradeAttempt(this.candidate);
		}

		final void upgrade() {
			this.session.onText(this.candidate, UPGRADE, 0, 1);
		}

	}

	/**
	 * Messages go by one of the two transports.
	 */
	@JCStressTest
	@Description("Another thread sends two messages during the switch")
	@Outcome(id = "2, 1, 0", expect = Expect.ACCEPTABLE, desc = "written once each, the old transport closed")
	@Outcome(expect = Expect.FORBIDDEN, desc = "lost or twice, or not switched")
	@State
	public static class SwitchAndSend extends Upgrading {

		/** The client's last word. */
		@Actor
		public void client() {
			upgrade();
		}

		/** Sends. */
		@Actor
		public void sender() {
			this.session.send(OutboxStress.MESSAGE);
			this.session.send(OutboxStress.MESSAGE);
		}

		/** Counts. */
		@Arbiter
		public void count(III_Result result) {
			result.r1 = this.polling.written.get() + this.candidate.written.get();
			result.r2 = this.polling.closes.get();
			result.r3 = this.candidate.closes.get();
		}

	}

	/**
	 * A session that ends takes both transports with it.
	 */
	@JCStressTest
	@Description("The session is closed during the switch")
	@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "both closed, told once")
	@Outcome(expect = Expect.FORBIDDEN, desc = "a transport is left open, or told twice")
	@State
	public static class SwitchAndClose extends Upgrading {

		/** The client's last word. */
		@Actor
		public void client() {
			upgrade();
		}

		/** Closes. */
		@Actor
		public void close() {
			this.session.closeNow();
		}

		/** Counts. */
		@Arbiter
		public void count(III_Result result) {
			result.r1 = this.polling.closes.get();
			result.r2 = this.candidate.closes.get();
			result.r3 = this.engine.closes.get();
		}

	}

	/**
	 * Only one websocket at a time may become the transport.
	 */
	@JCStressTest
	@Description("Two candidates at once")
	@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "one is turned away, the session goes on")
	@Outcome(expect = Expect.FORBIDDEN, desc = "both or none")
	@State
	public static class TwoCandidates {

		private final StressTransport polling = new StressTransport(TransportType.POLLING);

		private final StressTransport one = new StressTransport(TransportType.WEBSOCKET);

		private final StressTransport other = new StressTransport(TransportType.WEBSOCKET);

		private final StressSession engine = new StressSession();

		private final TransportSession session = this.engine.open(this.polling);

		/** A websocket. */
		@Actor
		public void one() {
			this.session.onUpgradeAttempt(this.one);
		}

		/** A websocket. */
		@Actor
		public void other() {
			this.session.onUpgradeAttempt(this.other);
		}

		/** Counts. */
		@Arbiter
		public void count(II_Result result) {
			result.r1 = this.one.closes.get() + this.other.closes.get();
			result.r2 = this.polling.closes.get() + this.engine.closes.get();
		}

	}

}
