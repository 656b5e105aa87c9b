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

import java.util.List;
import java.util.stream.IntStream;

import io.github.springsocketio.socketio.adapter.PersistedSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is known of the packets that were sent to a client.
 */
class SentPacketsTests {

	private final TestSession session = new TestServer().open();

	private final SentPackets sent = new SentPackets();

	private void add(String... offsets) {
		for (String offset : offsets) {
			this.sent.add(offset, this.session);
		}
	}

	private PersistedSession written() {
		PersistedSession.Builder builder = PersistedSession.builder("sid", "pid");
		this.sent.writeTo(builder);
		return builder.build();
	}

	@Test
	@Tag("SIO-97")
	void pongConfirmsEverythingBeforeItsPing() {
		add("a", "b");
		assertThat(this.sent.received(this.session)).isNull();
		this.session.pong();
		assertThat(this.sent.received(this.session)).isEqualTo("b");
		assertThat(written().sentOffsets()).isEmpty();
		assertThat(written().lastOffset()).isEqualTo("b");
	}

	@Test
	@Tag("SIO-97")
	void whatWasSentAfterThePingIsNotConfirmed() {
		add("a", "b");
		this.session.mark = 1;
		add("c");
		this.session.mark = 2;
		add("d");
		this.session.delivered = 0;
		assertThat(this.sent.received(this.session)).isEqualTo("b");
		assertThat(written().sentAfter()).isEqualTo("b");
		assertThat(written().sentOffsets()).containsExactly("c", "d");
		this.session.delivered = 2;
		assertThat(this.sent.received(this.session)).isEqualTo("d");
	}

	@Test
	void lastOffsetsAreListed() {
		List<String> offsets = IntStream.range(0, 1000).mapToObj((i) -> "o" + i).toList();
		offsets.forEach(this::add);
		assertThat(written().sentOffsets()).isEqualTo(offsets.subList(872, 1000));
		assertThat(written().sentAfter()).isEqualTo("o871");
		this.session.pong();
		add("last");
		assertThat(this.sent.received(this.session)).isEqualTo("o999");
		assertThat(written().sentOffsets()).containsExactly("last");
	}

	@Test
	@Tag("SIO-95")
	void lastArgumentsAreLimited() {
		add("a");
		this.sent.addWithoutOffset("x".repeat(1000));
		IntStream.range(0, 20).forEach((i) -> this.sent.addWithoutOffset("t" + i));
		assertThat(written().aliases()).hasSize(8).containsEntry("t19", "a").doesNotContainKey("t0");
		this.sent.reset("named");
		assertThat(written().aliases()).hasSize(1).containsEntry("named", "");
		assertThat(written().lastOffset()).isNull();
	}

}
