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

import io.github.springsocketio.socketio.adapter.AckCallback;
import io.github.springsocketio.socketio.packet.Arguments;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Acknowledgements that come, time out and go with their socket at once (SEC-127).
 */
public final class PendingAcksStress {

	private static final AckCallback IGNORED = new AckCallback() {

		@Override
		public void onAck(Arguments response) {
			// the response does not matter
		}

		@Override
		public void onDisconnect() {
			// as the response
		}

	};

	private PendingAcksStress() {
	}

	/**
	 * An acknowledgement is answered or timed out, not both.
	 */
	@JCStressTest
	@Description("Answer and time-out")
	@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "taken once, nothing left")
	@Outcome(expect = Expect.FORBIDDEN, desc = "taken twice or never, or left")
	@State
	public static class TakeTwice {

		private final PendingAcks acks = new PendingAcks(10);

		private boolean answered;

		private boolean timedOut;

		/** Adds the acknowledgement before anybody takes it. */
		public TakeTwice() {
			this.acks.add(1, IGNORED);
		}

		/** The answer. */
		@Actor
		public void answer() {
			this.answered = this.acks.remove(1) != null;
		}

		/** The time-out. */
		@Actor
		public void timeout() {
			this.timedOut = this.acks.remove(1) != null;
		}

		/** Counts. */
		@Arbiter
		public void count(II_Result result) {
			result.r1 = (this.answered ? 1 : 0) + (this.timedOut ? 1 : 0);
			result.r2 = this.acks.size();
		}

	}

	/**
	 * The limit holds, but for the number of threads that add at the same moment.
	 */
	@JCStressTest
	@Description("Two threads add the last acknowledgement")
	@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "one was taken")
	@Outcome(id = "2, 2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "one more than the limit")
	@Outcome(expect = Expect.FORBIDDEN, desc = "lost")
	@State
	public static class AddTheLast {

		private final PendingAcks acks = new PendingAcks(1);

		private boolean first;

		private boolean second;

		/** Adds. */
		@Actor
		public void first() {
			this.first = this.acks.add(1, IGNORED);
		}

		/** Adds. */
		@Actor
		public void second() {
			this.second = this.acks.add(2, IGNORED);
		}

		/** Counts. */
		@Arbiter
		public void count(II_Result result) {
			result.r1 = (this.first ? 1 : 0) + (this.second ? 1 : 0);
			result.r2 = this.acks.size();
		}

	}

}
