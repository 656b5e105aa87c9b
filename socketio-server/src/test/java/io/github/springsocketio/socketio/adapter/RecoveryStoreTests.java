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

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is kept in memory for clients that come back (section 12).
 */
class RecoveryStoreTests {

	private final RecoveryLimits limits = RecoveryLimits.builder(Duration.ofMinutes(2))
		.maxSessions(3)
		.maxPackets(4)
		.maxOutboundBytes(1000)
		.maxOutboundPackets(1000)
		.build();

	private final TestNamespace namespace = new TestNamespace(this.limits);

	private long now = Long.MAX_VALUE - 1000;

	private final InMemoryAdapter adapter = new InMemoryAdapter(this.namespace, () -> this.now);

	private final RecoveryStore store = Objects.requireNonNull(this.adapter.recovery());

	private void pass(Duration time) {
		this.now += time.toNanos();
	}

	private static PersistedSession session(String pid) {
		return PersistedSession.builder("sid-" + pid, pid).rooms(Set.of("sid-" + pid, "r")).build();
	}

	private String broadcast(String event) {
		TestAdapterSocket socket = this.namespace.add("witness");
		socket.sent.clear();
		this.adapter.broadcast(new BroadcastPacket(event), BroadcastOptions.ALL).block();
		String packet = socket.sent.get(0);
		return packet.substring(packet.indexOf(',') + 2, packet.length() - 2);
	}

	private List<String> missed(String pid, String offset) {
		return this.adapter.missedPackets(session(pid), offset).block().stream().map(MissedPacket::offset).toList();
	}

	@Test
	@Tag("SIO-97")
	@Tag("CL-08")
	void sessionIsRestoredInTime() {
		String offset = broadcast("x");
		this.adapter.persistSession(session("a")).block();
		this.adapter.persistSession(session("b")).block();
		pass(Duration.ofMinutes(2));
		PersistedSession restored = this.adapter.restoreSession("a", offset).block();
		assertThat(restored).isNotNull();
		assertThat(restored.pid()).isEqualTo("a");
		assertThat(restored.sid()).isEqualTo("sid-a");
		assertThat(restored.rooms()).containsExactlyInAnyOrder("sid-a", "r");
		assertThat(this.adapter.restoreSession("a", offset).block()).isNull();
		pass(Duration.ofNanos(1));
		assertThat(this.adapter.restoreSession("b", offset).block()).isNull();
	}

	@Test
	@Tag("SIO-97")
	void offsetMustBeKnown() {
		broadcast("x");
		this.adapter.persistSession(session("a")).block();
		assertThat(this.adapter.restoreSession("a", "unknown").block()).isNull();
	}

	@Test
	@Tag("SIO-98")
	void missedPacketsAreThoseAfterTheOffset() {
		String first = broadcast("1");
		String second = broadcast("2");
		this.adapter.broadcast(new BroadcastPacket("no"), BroadcastOptions.room("other")).block();
		String fourth = broadcast("4");
		assertThat(missed("a", first)).containsExactly(second, fourth);
		assertThat(missed("a", fourth)).isEmpty();
		assertThat(missed("a", "unknown")).isEmpty();
	}

	@Test
	@Tag("SIO-102")
	void oldOnesAreDropped() {
		broadcast("x");
		this.adapter.persistSession(session("a")).block();
		assertThat(this.namespace.scheduled).hasSize(1);
		pass(Duration.ofMinutes(1));
		broadcast("y");
		this.adapter.persistSession(session("b")).block();
		pass(Duration.ofMinutes(1).plusNanos(1));
		this.namespace.runScheduled();
		assertThat(this.store.packets()).isOne();
		assertThat(this.store.sessions()).isOne();
		assertThat(this.namespace.scheduled).hasSize(1);
		pass(Duration.ofMinutes(1));
		this.namespace.runScheduled();
		assertThat(this.store.packets()).isZero();
		assertThat(this.store.sessions()).isZero();
		assertThat(this.namespace.scheduled).isEmpty();
		broadcast("z");
		assertThat(this.namespace.scheduled).hasSize(1);
	}

	@Test
	void oldestIsForgottenWhereThereAreTooMany() {
		String first = broadcast("1");
		String second = broadcast("2");
		List.of("3", "4", "5").forEach(this::broadcast);
		List.of("a", "b", "c", "d").forEach((pid) -> this.adapter.persistSession(session(pid)).block());
		assertThat(this.store.packets()).isEqualTo(4);
		assertThat(this.store.sessions()).isEqualTo(3);
		assertThat(this.adapter.restoreSession("a", second).block()).isNull();
		assertThat(this.adapter.restoreSession("b", first).block()).isNull();
		assertThat(this.adapter.restoreSession("c", second).block()).isNotNull();
	}

	@Test
	@Tag("SIO-89")
	void onlyPlainEventsAreStored() {
		this.adapter
			.broadcast(new BroadcastPacket("x"), BroadcastOptions.ALL.withFlags(BroadcastFlags.NONE.asVolatile()))
			.block();
		assertThat(this.store.packets()).isZero();
		assertThat(this.namespace.scheduled).isEmpty();
	}

	@Test
	void nothingIsLeftWhenClosed() {
		broadcast("x");
		this.adapter.persistSession(session("a")).block();
		this.adapter.close().block();
		assertThat(this.store.packets()).isZero();
		assertThat(this.store.sessions()).isZero();
		assertThat(this.namespace.scheduled).isEmpty();
		this.adapter.persistSession(session("b")).block();
		assertThat(this.store.sessions()).isZero();
	}

}
