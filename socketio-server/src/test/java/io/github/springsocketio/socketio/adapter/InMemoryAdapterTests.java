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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.testsupport.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The contract of adapters (cluster layer, section 1).
 */
class InMemoryAdapterTests {

	private final TestNamespace namespace = new TestNamespace(null);

	private final LocalSockets local = this.namespace.localNode();

	private final InMemoryAdapter adapter = new InMemoryAdapter(this.namespace);

	private final TestAdapterSocket a = this.namespace.add("a");

	private final TestAdapterSocket b = this.namespace.add("b");

	private final TestAdapterSocket c = this.namespace.add("c");

	private static BroadcastOptions options(Set<String> rooms, Set<String> except) {
		return BroadcastOptions.ALL.withRooms(rooms).withExcept(except);
	}

	@Test
	@Tag("CL-01")
	@Tag("CL-03")
	void roomsAndSocketsAreKnown() {
		this.local.join(this.a, List.of("r", "s"));
		this.local.join(this.b, List.of("r"));
		assertThat(this.local.rooms(this.a)).containsExactly("a", "r", "s");
		assertThat(this.local.rooms()).containsExactlyInAnyOrder("a", "b", "c", "r", "s");
		assertThat(this.local.select(options(Set.of("r"), Set.of()))).containsExactlyInAnyOrder(this.a, this.b);
		this.local.leave(this.a, "r");
		assertThat(this.local.rooms(this.a)).containsExactly("a", "s");
		this.a.left = true;
		this.local.leaveAll(this.a);
		this.a.connected = false;
		assertThat(this.local.rooms(this.a)).isEmpty();
		this.local.join(this.a, List.of("t"));
		assertThat(this.local.rooms()).doesNotContain("a", "s", "t");
	}

	@Test
	@Tag("CL-04")
	void broadcastIsEncodedOnceAndFlagsHold() {
		BroadcastPacket packet = new BroadcastPacket("x", 1);
		this.adapter.broadcast(packet, BroadcastOptions.ALL.withFlags(BroadcastFlags.NONE.asVolatile()))
			.block(Await.LIMIT);
		assertThat(this.a.sent).containsExactly("42[\"x\",1] volatile");
		assertThat(packet.encoded(this.namespace.parser().encoder(), "/", true))
			.isSameAs(packet.encoded(this.namespace.parser().encoder(), "/other", true));
	}

	@Test
	@Tag("CL-05")
	void broadcastWithAckCountsItsReceivers() {
		List<Object> told = new ArrayList<>();
		List<PendingBroadcastAcks> pending = new ArrayList<>();
		BroadcastAckListener listener = new BroadcastAckListener() {

			@Override
			public void onPending(PendingBroadcastAcks acks) {
				pending.add(acks);
			}

			@Override
			public void onClientCount(int clients) {
				told.add(clients);
			}

			@Override
			public void onAck(Arguments response) {
				told.add(response.get(0));
			}

			@Override
			public void onDisconnect() {
				told.add("disconnected");
			}

		};
		this.local.join(this.a, List.of("r"));
		this.local.join(this.b, List.of("r"));
		this.adapter.broadcastWithAck(new BroadcastPacket("x"), options(Set.of("r"), Set.of()), listener)
			.block(Await.LIMIT);
		assertThat(pending.get(0).socketIds()).containsExactlyInAnyOrder("a", "b");
		assertThat(this.a.sent).containsExactly("420[\"x\"]");
		this.b.acks.get(0L).onAck(this.namespace.parser().encoder().arguments("yes"));
		assertThat(told).containsExactly(2, "yes");
		assertThat(pending.get(0).socketIds()).containsExactly("a");
		this.a.acks.get(0L).onDisconnect();
		assertThat(told).containsExactly(2, "yes", "disconnected");
		assertThat(pending.get(0).socketIds()).isEmpty();
		this.adapter.broadcastWithAck(new BroadcastPacket("x"), options(Set.of("r"), Set.of()), listener)
			.block(Await.LIMIT);
		PendingBroadcastAcks second = pending.get(1);
		assertThat(this.a.acks).containsOnlyKeys(0L, 1L);
		second.dispose();
		assertThat(second.isDisposed()).isTrue();
		assertThat(this.a.acks).containsOnlyKeys(0L);
		this.adapter.broadcastWithAck(new BroadcastPacket("x"), options(Set.of("nobody"), Set.of()), listener)
			.block(Await.LIMIT);
		assertThat(told).containsExactly(2, "yes", "disconnected", 2, 0);
	}

	@Test
	@Tag("CL-06")
	void selectionIsAUnionWithoutTheExceptedAndTheUnconnected() {
		this.local.join(this.a, List.of("r", "s"));
		this.local.join(this.b, List.of("s"));
		this.local.join(this.c, List.of("r"));
		this.c.connected = false;
		assertThat(this.local.select(options(Set.of(), Set.of()))).containsExactlyInAnyOrder(this.a, this.b);
		assertThat(this.local.select(options(Set.of("r", "s"), Set.of()))).containsExactlyInAnyOrder(this.a, this.b);
		assertThat(this.local.select(options(Set.of("r", "s"), Set.of("r")))).containsExactly(this.b);
		assertThat(this.local.select(options(Set.of("a", "r", "s"), Set.of()))).containsExactlyInAnyOrder(this.a,
				this.b);
		assertThat(this.local.select(options(Set.of("b"), Set.of()))).containsExactly(this.b);
		assertThat(this.local.select(options(Set.of("b"), Set.of("b")))).isEmpty();
	}

	@Test
	@Tag("CL-07")
	void singleNodeIsAloneAndCannotReachOthers() {
		assertThat(this.adapter.serverCount().block(Await.LIMIT)).isOne();
		assertThat(this.adapter.fetchRemoteSockets(BroadcastOptions.ALL).block(Await.LIMIT)).isEmpty();
		this.adapter.serverSideEmit("x", new Object[] { 1 }).block(Await.LIMIT);
		this.adapter.serverSideEmit("x", new Object[] { 1 }).block(Await.LIMIT);
		List<Arguments> responses = new ArrayList<>();
		this.adapter.serverSideEmitWithAck("x", new Object[] { 1 }, responses).block(Await.LIMIT);
		assertThat(responses).isEmpty();
		assertThat(this.a.sent).isEmpty();
	}

	@Test
	@Tag("CL-08")
	@Tag("SIO-103")
	void nothingIsKeptWithoutRecovery() {
		PersistedSession session = PersistedSession.builder("sid", "pid").build();
		this.adapter.persistSession(session).block(Await.LIMIT);
		assertThat(this.adapter.restoreSession("pid", "0", null).block(Await.LIMIT)).isNotNull()
			.extracting(RestoreResult::outcome)
			.isEqualTo(RecoveryOutcome.UNKNOWN);
		assertThat(this.adapter.missedPackets(session, "0").block(Await.LIMIT)).isNull();
		assertThat(this.adapter.position()).isNull();
		assertThat(this.adapter.close().block(Await.LIMIT)).isNull();
		assertThat(this.namespace.scheduled).isEmpty();
	}

	@Test
	@Tag("CL-09")
	void flagsAreImmutable() {
		BroadcastFlags flags = BroadcastFlags.NONE.asLocal()
			.asVolatile()
			.withCompress(false)
			.withTimeout(Duration.ofSeconds(1))
			.asSingleResponse();
		assertFlags(flags, true, true, false, Duration.ofSeconds(1), true);
		assertFlags(BroadcastFlags.NONE, false, false, true, null, false);
		assertThatIllegalArgumentException().isThrownBy(() -> flags.withTimeout(Duration.ZERO));
	}

	private static void assertFlags(BroadcastFlags flags, boolean local, boolean isVolatile, boolean compress,
			@Nullable Duration timeout, boolean singleResponse) {
		assertThat(flags.isLocal()).isEqualTo(local);
		assertThat(flags.isVolatile()).isEqualTo(isVolatile);
		assertThat(flags.isCompress()).isEqualTo(compress);
		assertThat(flags.timeout()).isEqualTo(timeout);
		assertThat(flags.isExpectSingleResponse()).isEqualTo(singleResponse);
	}

	@Test
	void secretsAreNotPrinted() {
		assertThat(PersistedSession.builder("the-sid", "the-pid").rooms(Set.of("r")).data(Map.of("k", "v")).build())
			.hasToString("PersistedSession[rooms=1]");
		assertThat(RemoteSocketDetails.builder("the-sid").handshake(Map.of("h", "v")).build())
			.hasToString("RemoteSocketDetails[rooms=0]");
	}

}
