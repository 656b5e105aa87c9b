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

package io.github.springsocketio.engineio.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handshakes that come together on one event loop, which takes a millisecond for each.
 */
class HandshakeQueueTests {

	private static final long MILLISECOND = 1_000_000;

	private long now = 1;

	private List<Runnable> endOfPass = new ArrayList<>();

	private List<Runnable> nextPass = new ArrayList<>();

	private final List<String> begun = new ArrayList<>();

	private final List<String> refused = new ArrayList<>();

	private long refusal;

	private HandshakeQueue queue = queue(Duration.ofSeconds(1));

	@Test
	void shouldBeginOneAfterTheOtherAtOnce() {
		for (int i = 0; i < 3; i++) {
			arrive("h" + i);
			pass();
		}
		assertThat(this.begun).containsExactly("h0", "h1", "h2");
		assertThat(this.nextPass).isEmpty();
	}

	@Test
	void shouldLetThoseThatComeTogetherWaitForFurtherPasses() {
		for (int i = 0; i < 4; i++) {
			arrive("h" + i);
		}
		assertThat(this.begun).containsExactly("h0");
		pass();
		assertThat(this.begun).containsExactly("h0", "h1");
		arrive("h4");
		pass();
		pass();
		pass();
		assertThat(this.begun).containsExactly("h0", "h1", "h2", "h3", "h4");
		pass();
		assertThat(this.nextPass).isEmpty();
	}

	@Test
	void shouldBeginMoreInAPassThatTakesLong() {
		for (int i = 0; i < 30; i++) {
			arrive("h" + i);
		}
		this.now += 8 * MILLISECOND;
		pass();
		assertThat(this.begun).hasSize(1 + 4);
		this.now += 100 * MILLISECOND;
		pass();
		assertThat(this.begun).hasSize(1 + 4 + 10);
	}

	@Test
	void shouldSkipThoseWhoseClientsAreGone() {
		arrive("h0");
		Disposable gone = arrive("h1");
		arrive("h2");
		assertThat(gone).isNotNull();
		gone.dispose();
		pass();
		assertThat(this.begun).containsExactly("h0", "h2");
	}

	@Test
	void shouldRefuseThoseThatHaveWaitedForTooLong() {
		this.queue = queue(Duration.ofMillis(5));
		for (int i = 0; i < 10; i++) {
			arrive("h" + i);
		}
		for (int i = 0; i < 4; i++) {
			pass();
		}
		pass();
		assertThat(this.begun).containsExactly("h0", "h1", "h2", "h3", "h4", "h5");
		assertThat(this.refused).isEmpty();
		pass();
		assertThat(this.refused).containsExactly("h6", "h7", "h8", "h9");
		assertThat(this.nextPass).isEmpty();
	}

	@Test
	void shouldWaitHoweverManyOthersWait() {
		this.queue = queue(Duration.ofMillis(5));
		for (int i = 0; i < 1000; i++) {
			arrive("h" + i);
			assertThat(this.queue.isLate()).isFalse();
		}
	}

	@Test
	void shouldBeLateUntilOneIsInTime() {
		this.queue = queue(Duration.ofMillis(5));
		arrive("h0");
		for (int i = 1; i < 10; i++) {
			arrive("h" + i);
			this.now += MILLISECOND / 2;
		}
		assertThat(this.queue.isLate()).isFalse();
		this.now += MILLISECOND / 2;
		this.refusal = 3 * MILLISECOND;
		pass();
		assertThat(this.refused).containsExactly("h1");
		assertThat(this.queue.isLate()).isTrue();
		this.refusal = 0;
		pass();
		assertThat(this.refused).containsExactly("h1", "h2", "h3", "h4", "h5", "h6", "h7");
		assertThat(this.begun).containsExactly("h0", "h8");
		assertThat(this.nextPass).isNotEmpty();
		assertThat(this.queue.isLate()).isFalse();
	}

	@Test
	void shouldServeTheNextAtOnceWhenAllHaveWaitedForTooLong() {
		this.queue = queue(Duration.ofMillis(5));
		arrive("h0");
		arrive("h1");
		this.now += 10 * MILLISECOND;
		pass();
		assertThat(this.refused).containsExactly("h1");
		assertThat(this.queue.isLate()).isFalse();
		arrive("h2");
		assertThat(this.begun).containsExactly("h0", "h2");
	}

	private HandshakeQueue queue(Duration maxDelay) {
		return new HandshakeQueue((task) -> this.endOfPass.add(task), (task) -> this.nextPass.add(task), () -> this.now,
				maxDelay);
	}

	private Disposable arrive(String name) {
		if (this.queue.isNext()) {
			begin(name);
			return () -> {
			};
		}
		return this.queue.await().subscribe((inTime) -> {
			if (inTime) {
				begin(name);
			}
			else {
				refuse(name);
			}
		});
	}

	private void begin(String name) {
		this.begun.add(name);
		this.now += MILLISECOND;
	}

	private void refuse(String name) {
		this.refused.add(name);
		this.now += this.refusal;
	}

	private void pass() {
		List<Runnable> tasks = new ArrayList<>(this.endOfPass);
		tasks.addAll(this.nextPass);
		this.endOfPass = new ArrayList<>();
		this.nextPass = new ArrayList<>();
		tasks.forEach(Runnable::run);
	}

}
