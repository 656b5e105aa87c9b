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

package io.github.springsocketio.socketio.adapter;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Offsets of packets.
 */
class OffsetsTests {

	private long millis;

	private final Clock clock = new Clock() {

		@Override
		public ZoneOffset getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(java.time.ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return Instant.ofEpochMilli(OffsetsTests.this.millis);
		}

	};

	private final Offsets offsets = new Offsets(this.clock);

	@Test
	@Tag("SIO-93")
	void timeIsWrittenInBase64() {
		this.millis = 63;
		assertThat(this.offsets.next()).isEqualTo("_");
		this.millis = 64;
		assertThat(this.offsets.next()).isEqualTo("10");
		this.millis = 64 * 64 * 64 + 11;
		assertThat(this.offsets.next()).isEqualTo("100B");
	}

	@Test
	@Tag("SIO-93")
	void severalInOneMillisecondAreNumbered() {
		this.millis = 1;
		List<String> made = new ArrayList<>();
		for (int i = 0; i < 66; i++) {
			made.add(this.offsets.next());
		}
		assertThat(made.subList(0, 4)).containsExactly("1", "1.0", "1.1", "1.2");
		assertThat(made.subList(63, 66)).containsExactly("1.-", "1._", "1.10");
		this.millis = 2;
		assertThat(this.offsets.next()).isEqualTo("2");
	}

	@Test
	@Tag("SIO-93")
	@Tag("SEC-83")
	void noneComesTwiceWhenTheClockIsSetBack() {
		this.millis = 100;
		Set<String> made = ConcurrentHashMap.newKeySet();
		made.add(this.offsets.next());
		this.millis = 50;
		IntStream.range(0, 10_000).parallel().forEach((i) -> made.add(this.offsets.next()));
		this.millis = 100;
		made.add(this.offsets.next());
		assertThat(made).hasSize(10_002);
	}

	@Test
	@Tag("SIO-93")
	void positionsGrowWithTheOffsets() {
		long last = -1;
		for (long time : new long[] { 0, 1, 63, 64, 4095, 4096, 1_800_000_000_000L, (1L << 43) - 1 }) {
			this.millis = time;
			for (int i = 0; i < 70; i++) {
				long position = Offsets.position(this.offsets.next());
				assertThat(position).isGreaterThan(last);
				last = position;
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "1.", ".1", "01", "1.01", "1.1.1", "a b", "é", "1/", "ZZZZZZZZZ", "z0000000",
			"1.z000", "1.-----", "\u0000" })
	@Tag("SIO-93")
	void otherTextHasNoPosition(String text) {
		assertThat(Offsets.position(text)).isEqualTo(Offsets.NONE);
		assertThat(Offsets.position(text + "x".repeat(100_000))).isEqualTo(Offsets.NONE);
	}

}
