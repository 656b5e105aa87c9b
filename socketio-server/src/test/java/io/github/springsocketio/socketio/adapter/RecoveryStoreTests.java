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
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import io.github.springsocketio.testsupport.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is kept in memory for clients that come back (section 12).
 */
class RecoveryStoreTests {

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private final RecoveryLimits limits = RecoveryLimits.builder(LIMIT)
		.maxSessions(3)
		.maxPackets(4)
		.maxBytes(100_000)
		.maxPacketAge(LIMIT.plusSeconds(45))
		.maxOutboundBytes(100_000)
		.maxOutboundPackets(1000)
		.build();

	private final TestNamespace namespace = new TestNamespace(this.limits);

	private long now = Long.MAX_VALUE - 1000;

	private final InMemoryAdapter adapter = new InMemoryAdapter(this.namespace, () -> this.now);

	private final RecoveryStore store = Objects.requireNonNull(this.adapter.recovery());

	private void pass(Duration time) {
		this.now += time.toNanos();
	}

	private PersistedSession session(String pid) {
		return session(pid, (builder) -> {
		});
	}

	private PersistedSession session(String pid, Consumer<PersistedSession.Builder> customizer) {
		PersistedSession.Builder builder = PersistedSession.builder("sid-" + pid, pid)
			.rooms(Set.of("sid-" + pid, "r"))
			.endOffset(this.adapter.position());
		customizer.accept(builder);
		return builder.build();
	}

	private void persist(PersistedSession session) {
		this.adapter.persistSession(session).block(Await.LIMIT);
	}

	private String broadcast(String event) {
		return broadcast(event, BroadcastOptions.ALL);
	}

	private String broadcastTo(String room) {
		return broadcast("x", BroadcastOptions.room(room));
	}

	private String broadcast(String event, BroadcastOptions options, Object... args) {
		this.adapter.broadcast(new BroadcastPacket(event, args), options).block(Await.LIMIT);
		return Objects.requireNonNull(this.adapter.position());
	}

	private RecoveryOutcome outcome(String pid, @Nullable String offset) {
		return restore(pid, offset, null).outcome();
	}

	private RestoreResult restore(String pid, @Nullable String offset, @Nullable String principal) {
		return Objects.requireNonNull(this.adapter.restoreSession(pid, offset, principal).block(Await.LIMIT));
	}

	private @Nullable List<String> missed(PersistedSession session, @Nullable String offset) {
		List<MissedPacket> missed = this.adapter.missedPackets(session, offset).block(Await.LIMIT);
		return (missed != null) ? missed.stream().map(MissedPacket::offset).toList() : null;
	}

	@Test
	@Tag("SIO-93")
	void offsetsAreInTheOrderOfDelivery() {
		TestAdapterSocket witness = this.namespace.add("witness");
		String first = broadcast("1");
		String second = broadcast("2");
		assertThat(witness.sent).containsExactly("42[\"1\",\"" + first + "\"]", "42[\"2\",\"" + second + "\"]");
		assertThat(Offsets.position(second)).isGreaterThan(Offsets.position(first));
	}

	// Sessions

	@Test
	@Tag("SIO-97")
	@Tag("CL-08")
	void sessionIsRestoredInTime() {
		String offset = broadcast("x");
		persist(session("a"));
		persist(session("b"));
		pass(LIMIT);
		PersistedSession restored = restore("a", offset, null).session();
		assertThat(restored).isNotNull();
		assertThat(restored.pid()).isEqualTo("a");
		assertThat(restored.sid()).isEqualTo("sid-a");
		assertThat(restored.rooms()).containsExactlyInAnyOrder("sid-a", "r");
		assertThat(outcome("a", offset)).isEqualTo(RecoveryOutcome.UNKNOWN);
		pass(Duration.ofNanos(1));
		assertThat(outcome("b", offset)).isEqualTo(RecoveryOutcome.EXPIRED);
		assertThat(outcome("b", offset)).isEqualTo(RecoveryOutcome.UNKNOWN);
	}

	@Test
	@Tag("SIO-97")
	void expiredSessionsAreToldFromUnknownOnesForAWhile() {
		persist(session("a"));
		persist(session("b"));
		pass(LIMIT.multipliedBy(5));
		this.namespace.runScheduled();
		assertThat(this.store.sessions()).isZero();
		assertThat(outcome("a", null)).isEqualTo(RecoveryOutcome.EXPIRED);
		pass(Duration.ofNanos(1));
		this.namespace.runScheduled();
		assertThat(outcome("b", null)).isEqualTo(RecoveryOutcome.UNKNOWN);
		assertThat(this.namespace.scheduled).isEmpty();
	}

	@Test
	@Tag("SEC-115")
	void onlyTheSamePrincipalMayRestore() {
		persist(session("a", (builder) -> builder.principal("ada")));
		persist(session("b"));
		assertThat(restore("a", null, "eve").outcome()).isEqualTo(RecoveryOutcome.REFUSED);
		assertThat(restore("a", null, null).outcome()).isEqualTo(RecoveryOutcome.REFUSED);
		assertThat(restore("b", null, "ada").outcome()).isEqualTo(RecoveryOutcome.REFUSED);
		assertThat(restore("a", null, "ada").outcome()).isEqualTo(RecoveryOutcome.RECOVERED);
		assertThat(restore("b", null, null).outcome()).isEqualTo(RecoveryOutcome.RECOVERED);
	}

	// Where a client continues

	@Test
	@Tag("SIO-98")
	void missedPacketsAreThoseAfterTheOffset() {
		String first = broadcast("1");
		PersistedSession session = session("a", (builder) -> builder.sent(null, List.of(first)));
		String second = broadcast("2");
		broadcastTo("other");
		broadcast("no", BroadcastOptions.ALL.withExcept(Set.of("r")));
		String fifth = broadcastTo("r");
		assertThat(missed(session, first)).containsExactly(second, fifth);
		assertThat(missed(session, fifth)).isEmpty();
	}

	@Test
	@Tag("SIO-97")
	void offsetMustBeKnown() {
		String first = broadcast("x");
		for (String unknown : List.of("unknown", "", "\u0000", first + "0", "0" + first, "zzzzzzzz.zzz", "-.-.-")) {
			persist(session("a", (builder) -> builder.sent(null, List.of(first))));
			assertThat(outcome("a", unknown)).as(unknown).isEqualTo(RecoveryOutcome.GAP);
		}
	}

	@Test
	@Tag("SIO-97")
	void lastOffsetThatWasSentNeedNotBeKept() {
		String first = broadcast("1");
		String second = broadcast("2");
		PersistedSession quiet = session("a", (builder) -> builder.sent(first, List.of(second)));
		PersistedSession confirmed = session("b", (builder) -> builder.receivedOffset(second).sent(second, List.of()));
		pass(LIMIT.multipliedBy(2));
		this.namespace.runScheduled();
		assertThat(this.store.packets()).isZero();
		String third = broadcast("3");
		assertThat(missed(quiet, second)).containsExactly(third);
		assertThat(missed(confirmed, second)).containsExactly(third);
		assertThat(missed(quiet, first)).isNull();
		assertThat(missed(confirmed, first)).isNull();
	}

	@Test
	@Tag("SIO-95")
	void clientWithoutOffsetContinuesFromItsStart() {
		broadcastTo("r");
		String start = this.adapter.position();
		String second = broadcast("2");
		PersistedSession session = session("a", (builder) -> builder.startOffset(start).sent(null, List.of(second)));
		String third = broadcast("3");
		assertThat(missed(session, null)).containsExactly(second, third);
	}

	@Test
	@Tag("SIO-95")
	void clientToWhichNothingWasSentContinuesFromItsStart() {
		PersistedSession session = session("a",
				(builder) -> builder.startOffset(this.adapter.position()).aliases(Map.of("earlier", "")));
		String first = broadcast("1");
		assertThat(missed(session, null)).containsExactly(first);
		assertThat(missed(session, "earlier")).containsExactly(first);
		assertThat(missed(session, "anything")).isNull();
	}

	@Test
	@Tag("SIO-95")
	void lastArgumentOfAVolatileEventStandsForTheOffsetBefore() {
		String start = this.adapter.position();
		String first = broadcast("1");
		String second = broadcast("2");
		PersistedSession session = session("a",
				(builder) -> builder.startOffset(start)
					.sent(null, List.of(first, second))
					.aliases(Map.of("tick", first, "tock", second, "none", "")));
		assertThat(missed(session, "tick")).containsExactly(second);
		assertThat(missed(session, "tock")).isEmpty();
		assertThat(missed(session, "none")).containsExactly(first, second);
		assertThat(missed(session, "other")).isNull();
	}

	@Test
	@Tag("SIO-98")
	void whatWasSentIsExactWhicheverRoomsWereJoinedSince() {
		String first = broadcast("1");
		broadcastTo("r");
		String third = broadcastTo("left");
		PersistedSession session = session("a", (builder) -> builder.sent(null, List.of(first, third)));
		assertThat(missed(session, first)).containsExactly(third);
	}

	@Test
	@Tag("SIO-98")
	void whatIsNotListedIsSelectedByRooms() {
		String first = broadcast("1");
		broadcastTo("other");
		String third = broadcast("3");
		String fourth = broadcast("4");
		PersistedSession session = session("a", (builder) -> builder.sent(third, List.of(fourth)));
		assertThat(missed(session, first)).containsExactly(third, fourth);
	}

	@Test
	@Tag("SIO-98")
	void earlierOffsetThanTheClientHasReceivedIsAGap() {
		String first = broadcast("1");
		String second = broadcast("2");
		PersistedSession session = session("a", (builder) -> builder.receivedOffset(second).sent(second, List.of()));
		assertThat(missed(session, first)).isNull();
		assertThat(missed(session, null)).isNull();
		assertThat(missed(session, second)).isEmpty();
	}

	@Test
	@Tag("SEC-77")
	void clientThatHasMissedTooMuchForItsBufferIsAGap() {
		String first = broadcast("1");
		persist(session("a", (builder) -> builder.sent(null, List.of(first))));
		broadcast("2", BroadcastOptions.ALL, "x".repeat(45_000));
		broadcast("2", BroadcastOptions.ALL, "x".repeat(45_000));
		assertThat(outcome("a", first)).isEqualTo(RecoveryOutcome.GAP);
	}

	// Bounds

	@Test
	@Tag("SIO-102")
	void oldOnesAreDropped() {
		broadcast("x");
		persist(session("a"));
		assertThat(this.namespace.scheduled).hasSize(1);
		pass(Duration.ofMinutes(1));
		broadcast("y");
		persist(session("b"));
		pass(Duration.ofSeconds(105).plusNanos(1));
		this.namespace.runScheduled();
		assertThat(this.store.packets()).isOne();
		assertThat(this.store.sessions()).isOne();
		assertThat(this.namespace.scheduled).hasSize(1);
		pass(LIMIT.multipliedBy(5));
		this.namespace.runScheduled();
		assertThat(this.store.packets()).isZero();
		assertThat(this.store.bytes()).isZero();
		assertThat(this.store.sessions()).isZero();
		assertThat(this.namespace.scheduled).isEmpty();
		broadcast("z");
		assertThat(this.namespace.scheduled).hasSize(1);
	}

	@Test
	void oldestIsDroppedWhereThereAreTooMany() {
		String first = broadcast("1");
		String second = broadcast("2");
		List.of("3", "4", "5").forEach(this::broadcast);
		List.of("a", "b", "c", "d")
			.forEach((pid) -> persist(session(pid, (builder) -> builder.sent(null, List.of(first, second)))));
		assertThat(this.store.packets()).isEqualTo(4);
		assertThat(this.store.sessions()).isEqualTo(3);
		assertThat(outcome("a", second)).isEqualTo(RecoveryOutcome.UNKNOWN);
		assertThat(outcome("b", "0")).isEqualTo(RecoveryOutcome.GAP);
		assertThat(outcome("c", second)).isEqualTo(RecoveryOutcome.RECOVERED);
	}

	@Test
	void oldestIsDroppedWhereTheyAreTooLarge() {
		persist(session("own"));
		String[] offsets = new String[4];
		offsets[0] = broadcast("x", BroadcastOptions.room("sid-own"), "x".repeat(40_000));
		offsets[1] = broadcast("x", BroadcastOptions.ALL, "x".repeat(40_000));
		assertThat(this.store.bytes()).isBetween(80_000L, 81_000L);
		offsets[2] = broadcast("x", BroadcastOptions.room("sid-own"), "x".repeat(40_000));
		assertThat(this.store.packets()).isEqualTo(2);
		offsets[3] = broadcast("x", BroadcastOptions.ALL, "x".repeat(40_000));
		assertThat(this.store.packets()).isEqualTo(2);
		assertThat(this.store.bytes()).isBetween(80_000L, 81_000L);
		PersistedSession session = session("own", (builder) -> builder.sent(null, List.of(offsets)));
		assertThat(missed(session, offsets[1])).isNotNull();
		assertThat(missed(session, offsets[0])).isNull();
		broadcast("x", BroadcastOptions.ALL, "x".repeat(200_000));
		assertThat(this.store.packets()).isZero();
		assertThat(this.store.bytes()).isZero();
	}

	@Test
	void attachmentOfSeveralPacketsCountsOnce() {
		byte[] shared = new byte[50_000];
		for (int i = 0; i < 4; i++) {
			broadcast("x", BroadcastOptions.ALL, shared);
		}
		assertThat(this.store.packets()).isEqualTo(4);
		assertThat(this.store.bytes()).isBetween(50_000L, 52_000L);
		for (int i = 0; i < 4; i++) {
			broadcast("x", BroadcastOptions.ALL);
		}
		assertThat(this.store.bytes()).isLessThan(2000L);
	}

	@Test
	@Tag("SIO-97")
	void onlyWhoHasLostSomethingIsAGap() {
		String first = broadcast("1");
		PersistedSession member = session("a", (builder) -> builder.sent(null, List.of(first)));
		PersistedSession other = PersistedSession.builder("sid-b", "b")
			.rooms(Set.of("sid-b"))
			.sent(null, List.of(first))
			.endOffset(first)
			.build();
		for (int i = 0; i < 5; i++) {
			broadcastTo("r");
		}
		assertThat(missed(member, first)).isNull();
		assertThat(missed(other, first)).isEmpty();
		for (int i = 0; i < 5; i++) {
			broadcast("x");
		}
		assertThat(missed(other, first)).isNull();
	}

	// Packets for one socket

	@Test
	@Tag("SIO-94")
	void whatGoesToOneSocketIsDroppedOnceItIsReceived() {
		TestAdapterSocket socket = this.namespace.add("a");
		String first = broadcastTo("a");
		String second = broadcastTo("a");
		broadcast("x");
		assertThat(this.store.packets()).isEqualTo(3);
		socket.received = first;
		pass(Duration.ofSeconds(10));
		this.namespace.runScheduled();
		assertThat(this.store.packets()).isEqualTo(2);
		socket.received = second;
		pass(Duration.ofSeconds(10));
		this.namespace.runScheduled();
		assertThat(this.store.packets()).isOne();
	}

	@Test
	@Tag("SIO-94")
	void whatIsReceivedIsDroppedBeforeWhatIsNot() {
		TestAdapterSocket socket = this.namespace.add("a");
		String first = broadcast("1");
		broadcastTo("a");
		socket.received = broadcastTo("a");
		broadcastTo("a");
		pass(Duration.ofSeconds(1));
		broadcast("5");
		assertThat(this.store.packets()).isEqualTo(3);
		assertThat(missed(session("b"), first)).isNotNull();
	}

	@Test
	@Tag("SIO-94")
	void whatGoesToOneSocketIsDroppedWithItsState() {
		persist(session("a"));
		broadcastTo("sid-a");
		assertThat(this.store.packets()).isOne();
		pass(LIMIT.plusNanos(1));
		this.namespace.runScheduled();
		assertThat(this.store.packets()).isZero();
	}

	@Test
	@Tag("SIO-94")
	void whatGoesToOneSocketIsDroppedWhenTheClientIsGone() {
		TestAdapterSocket socket = this.namespace.add("a");
		broadcastTo("a");
		socket.connected = false;
		this.namespace.remove("a");
		pass(Duration.ofSeconds(10));
		this.namespace.runScheduled();
		assertThat(this.store.packets()).isOne();
		this.namespace.runScheduled();
		assertThat(this.store.packets()).isZero();
	}

	@Test
	@Tag("SIO-94")
	void roomOfASocketThatHasOtherMembersIsShared() {
		TestAdapterSocket socket = this.namespace.add("sid-a");
		TestAdapterSocket guest = this.namespace.add("guest");
		String start = this.adapter.position();
		this.namespace.localNode().join(guest, List.of("sid-a"));
		String first = broadcastTo("sid-a");
		assertThat(socket.sent).hasSize(1);
		assertThat(guest.sent).hasSize(1);
		PersistedSession session = PersistedSession.builder("guest", "g")
			.rooms(Set.of("guest", "sid-a"))
			.startOffset(start)
			.sent(null, List.of(first))
			.endOffset(first)
			.build();
		persist(session);
		this.namespace.localNode().leaveAll(guest);
		this.namespace.remove("guest");
		String second = broadcastTo("sid-a");
		assertThat(missed(session, null)).containsExactly(first, second);
		assertThat(outcome("g", null)).isEqualTo(RecoveryOutcome.RECOVERED);
	}

	@Test
	@Tag("SIO-94")
	void whatGoesToASocketThatIsNeitherConnectedNorStoredIsKept() {
		PersistedSession session = session("a");
		String first = broadcastTo("sid-a");
		persist(session);
		String second = broadcastTo("sid-a");
		assertThat(missed(session, null)).containsExactly(first, second);
	}

	@Test
	@Tag("SIO-89")
	void onlyPlainEventsAreStored() {
		this.adapter
			.broadcast(new BroadcastPacket("x"), BroadcastOptions.ALL.withFlags(BroadcastFlags.NONE.asVolatile()))
			.block(Await.LIMIT);
		assertThat(this.store.packets()).isZero();
		assertThat(this.namespace.scheduled).isEmpty();
	}

	@Test
	void nothingIsLeftWhenClosed() {
		broadcast("x");
		persist(session("a"));
		broadcastTo("sid-a");
		this.adapter.close().block(Await.LIMIT);
		assertThat(this.store.packets()).isZero();
		assertThat(this.store.bytes()).isZero();
		assertThat(this.store.sessions()).isZero();
		assertThat(this.namespace.scheduled).isEmpty();
		persist(session("b"));
		assertThat(this.store.sessions()).isZero();
	}

}
