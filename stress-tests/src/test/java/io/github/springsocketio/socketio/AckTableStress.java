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
public final class AckTableStress {

	private AckTableStress() {
	}

	private static void ignore(Arguments arguments) {
		// what comes does not matter
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

		private final AckTable table = new AckTable(10);

		private boolean answered;

		private boolean timedOut;

		/** Adds the acknowledgement before anybody takes it. */
		public TakeTwice() {
			this.table.add(1, AckTableStress::ignore);
		}

		/** The answer. */
		@Actor
		public void answer() {
			this.answered = this.table.remove(1) != null;
		}

		/** The time-out. */
		@Actor
		public void timeout() {
			this.timedOut = this.table.remove(1) != null;
		}

		/** Counts. */
		@Arbiter
		public void count(II_Result result) {
			result.r1 = (this.answered ? 1 : 0) + (this.timedOut ? 1 : 0);
			result.r2 = this.table.size();
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

		private final AckTable table = new AckTable(1);

		private boolean first;

		private boolean second;

		/** Adds. */
		@Actor
		public void first() {
			this.first = this.table.add(1, AckTableStress::ignore);
		}

		/** Adds. */
		@Actor
		public void second() {
			this.second = this.table.add(2, AckTableStress::ignore);
		}

		/** Counts. */
		@Arbiter
		public void count(II_Result result) {
			result.r1 = (this.first ? 1 : 0) + (this.second ? 1 : 0);
			result.r2 = this.table.size();
		}

	}

}
