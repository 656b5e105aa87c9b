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

package io.github.springsocketio.admin;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FailedLoginsTests {

	private final AtomicLong now = new AtomicLong(-5);

	private final FailedLogins failures = new FailedLogins(this.now::get);

	private int attempts(String address) {
		return (int) IntStream.range(0, 100).filter((i) -> this.failures.begin(address)).count();
	}

	@Test
	void failuresAreCountedForEachAddressAndForAMinute() {
		assertThat(attempts("a")).isEqualTo(FailedLogins.MAX_FAILURES);
		assertThat(attempts("b")).isEqualTo(FailedLogins.MAX_FAILURES);
		this.now.addAndGet(Duration.ofMinutes(1).toNanos());
		assertThat(attempts("a")).isEqualTo(FailedLogins.MAX_FAILURES);
	}

	@Test
	void successfulLoginsDoNotCount() {
		for (int i = 0; i < 100; i++) {
			assertThat(this.failures.begin("a")).isTrue();
			this.failures.succeeded("a");
		}
	}

	@Test
	void manyAddressesDoNotFreeOneThatFailsOften() {
		attempts("a");
		for (int i = 0; i < 3_000; i++) {
			assertThat(this.failures.begin("other " + i)).isTrue();
		}
		assertThat(this.failures.begin("a")).isFalse();
	}

	@Test
	void rateIsLimitedAndRecovers() {
		RateLimit limit = new RateLimit(10, this.now::get);
		assertThat(IntStream.range(0, 100).filter((i) -> limit.tryAcquire()).count()).isEqualTo(10);
		this.now.addAndGet(Duration.ofMillis(300).toNanos());
		assertThat(IntStream.range(0, 100).filter((i) -> limit.tryAcquire()).count()).isEqualTo(3);
		this.now.addAndGet(Duration.ofMinutes(5).toNanos());
		assertThat(IntStream.range(0, 100).filter((i) -> limit.tryAcquire()).count()).isEqualTo(10);
	}

	@Test
	void sessionsEndAndAreBounded() {
		AdminSessions sessions = new AdminSessions(Duration.ofMinutes(1), this.now::get);
		String first = SocketDetails.hash(sessions.create());
		this.now.addAndGet(1);
		String second = SocketDetails.hash(sessions.create());
		assertThat(sessions.remaining(first)).isPositive();
		IntStream.range(0, 999).forEach((i) -> sessions.create());
		assertThat(sessions.remaining(first)).isZero();
		assertThat(sessions.remaining(second)).isPositive();
		this.now.addAndGet(Duration.ofMinutes(1).toNanos());
		assertThat(sessions.remaining(second)).isZero();
		assertThat(sessions.remaining(null)).isZero();
	}

}
