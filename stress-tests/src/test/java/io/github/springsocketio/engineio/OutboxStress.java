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

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Those who offer to an {@link Outbox}, the one who drains it and the one who clears it
 * (SEC-127).
 */
public final class OutboxStress {

	static final EncodedMessage MESSAGE = EncodedMessage.text("4hello");

	private OutboxStress() {
	}

	static int drain(Outbox outbox) {
		int count = 0;
		while (outbox.poll() != null) {
			count++;
		}
		return count;
	}

	/**
	 * Nothing is lost, and nothing is counted that is not there.
	 */
	@JCStressTest
	@Description("One thread offers two messages while another one drains")
	@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "both came, nothing is left")
	@Outcome(expect = Expect.FORBIDDEN, desc = "lost, twice or counted wrongly")
	@State
	public static class OfferAndDrain {

		private final Outbox outbox = new Outbox();

		private int drained;

		/** Offers. */
		@Actor
		public void offer() {
			this.outbox.add(MESSAGE);
			this.outbox.add(MESSAGE);
		}

		/** Drains. */
		@Actor
		public void drainer() {
			this.drained = drain(this.outbox);
		}

		/** Drains what is left. */
		@Arbiter
		public void rest(II_Result result) {
			result.r1 = this.drained + drain(this.outbox);
			result.r2 = (int) this.outbox.bytes() + (this.outbox.isEmpty() ? 0 : 1);
		}

	}

	/**
	 * A session ends while something is sent.
	 */
	@JCStressTest
	@Description("Offer and clear")
	@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "empty")
	@Outcome(id = "1, 6", expect = Expect.ACCEPTABLE, desc = "it came after the end")
	@Outcome(expect = Expect.FORBIDDEN, desc = "counted wrongly")
	@State
	public static class OfferAndClear {

		private final Outbox outbox = new Outbox();

		/** Offers. */
		@Actor
		public void offer() {
			this.outbox.add(MESSAGE);
		}

		/** Clears. */
		@Actor
		public void clear() {
			this.outbox.clear();
		}

		/** Compares what is there with what is counted. */
		@Arbiter
		public void compare(II_Result result) {
			result.r2 = (int) this.outbox.bytes();
			result.r1 = drain(this.outbox);
		}

	}

	/**
	 * A session ends while its transport writes.
	 */
	@JCStressTest
	@Description("Drain and clear")
	@Outcome(id = { "0, 0", "1, 0", "2, 0" }, expect = Expect.ACCEPTABLE, desc = "each was taken once")
	@Outcome(expect = Expect.FORBIDDEN, desc = "counted wrongly")
	@State
	public static class DrainAndClear {

		private final Outbox outbox = new Outbox();

		private int drained;

		/** Fills it. */
		public DrainAndClear() {
			this.outbox.add(MESSAGE);
			this.outbox.add(MESSAGE);
		}

		/** Drains. */
		@Actor
		public void drainer() {
			this.drained = drain(this.outbox);
		}

		/** Clears. */
		@Actor
		public void clear() {
			this.outbox.clear();
		}

		/** Compares. */
		@Arbiter
		public void compare(II_Result result) {
			result.r1 = this.drained;
			result.r2 = (int) this.outbox.bytes() + (this.outbox.isEmpty() ? 0 : 1);
		}

	}

}
