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

import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Outbox} and {@link MemoryBudget}.
 */
class OutboxTests {

	private final AtomicInteger exceeded = new AtomicInteger();

	private final MemoryBudget budget = new MemoryBudget(100_000, this.exceeded::incrementAndGet);

	@Test
	void sharedMessageCountsOnce() {
		EncodedMessage message = EncodedMessage.binary(new byte[50_000]);
		Outbox[] outboxes = new Outbox[20];
		for (int i = 0; i < outboxes.length; i++) {
			outboxes[i] = new Outbox(this.budget);
			outboxes[i].add(message);
		}
		assertThat(this.budget.used()).isEqualTo(50_000);
		for (Outbox outbox : outboxes) {
			assertThat(outbox.poll()).isSameAs(message);
		}
		assertThat(this.budget.used()).isZero();
		assertThat(this.exceeded).hasValue(0);
	}

	@Test
	void packetCountsWithItsOverhead() {
		Outbox outbox = new Outbox(this.budget);
		for (int i = 0; i < 1500; i++) {
			outbox.add(EncodedMessage.text("4"));
		}
		assertThat(this.budget.used()).isBetween(90_000L, 97_500L);
		for (int i = 0; i < 1500; i++) {
			outbox.add(EncodedMessage.text("4"));
		}
		assertThat(this.exceeded).hasPositiveValue();
		outbox.clear();
		assertThat(this.budget.used()).isZero();
		assertThat(outbox.isEmpty()).isTrue();
	}

	@Test
	void otherFormOfAMessageCountsWhileTheMessageIsHeld() {
		EncodedMessage message = EncodedMessage.binary(new byte[10_000]);
		Outbox first = new Outbox(this.budget);
		Outbox second = new Outbox(this.budget);
		first.add(message);
		this.budget.grow(message, 1000);
		second.add(message);
		assertThat(this.budget.used()).isEqualTo(11_000);
		first.clear();
		this.budget.grow(message, 500);
		assertThat(this.budget.used()).isEqualTo(11_500);
		second.clear();
		assertThat(this.budget.used()).isZero();
		this.budget.grow(message, 100);
		assertThat(this.budget.used()).isZero();
		first.add(message);
		assertThat(this.budget.used()).isEqualTo(11_600);
		first.clear();
		assertThat(this.budget.used()).isZero();
	}

	@Test
	void otherFormThatExceedsTheLimitIsNoticedWithTheNextMessage() {
		EncodedMessage message = EncodedMessage.binary(new byte[60_000]);
		Outbox outbox = new Outbox(this.budget);
		outbox.add(message);
		this.budget.grow(message, 50_000);
		assertThat(this.exceeded).hasValue(0);
		outbox.add(EncodedMessage.binary(new byte[1024]));
		assertThat(this.exceeded).hasValue(1);
		outbox.clear();
		assertThat(this.budget.used()).isZero();
	}

	@Test
	void otherFormOfASmallMessageDoesNotCount() {
		EncodedMessage message = EncodedMessage.binary(new byte[100]);
		Outbox outbox = new Outbox(this.budget);
		outbox.add(message);
		this.budget.grow(message, 50);
		outbox.clear();
		assertThat(this.budget.used()).isZero();
	}

	@Test
	void messageOfTwoServersIsCountedByOne() {
		MemoryBudget other = new MemoryBudget(0, this.exceeded::incrementAndGet);
		EncodedMessage message = EncodedMessage.binary(new byte[50_000]);
		Outbox first = new Outbox(this.budget);
		Outbox second = new Outbox(other);
		first.add(message);
		second.add(message);
		first.clear();
		second.clear();
		assertThat(this.budget.used()).isZero();
		assertThat(other.used()).isZero();
	}

}
