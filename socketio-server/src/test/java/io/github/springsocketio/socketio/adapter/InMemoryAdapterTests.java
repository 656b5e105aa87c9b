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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The contract of adapters (cluster layer, section 1).
 */
class InMemoryAdapterTests {

	private final TestNamespace namespace = new TestNamespace(null);

	private final InMemoryAdapter adapter = new InMemoryAdapter(this.namespace);

	private final TestAdapterSocket a = this.namespace.add("a");

	private final TestAdapterSocket b = this.namespace.add("b");

	private final TestAdapterSocket c = this.namespace.add("c");

	private static BroadcastOptions options(Set<String> rooms, Set<String> except) {
		return new BroadcastOptions(rooms, except, BroadcastFlags.NONE);
	}

	@Test
	@Tag("CL-01")
	@Tag("CL-03")
	void roomsAndSocketsAreKnown() {
		this.adapter.addAll(this.a, List.of("r", "s"));
		this.adapter.addAll(this.b, List.of("r"));
		assertThat(this.adapter.socketRooms(this.a)).containsExactly("a", "r", "s");
		assertThat(this.adapter.rooms()).containsExactlyInAnyOrder("a", "b", "c", "r", "s");
		assertThat(this.adapter.sockets(options(Set.of("r"), Set.of()))).containsExactlyInAnyOrder(this.a, this.b);
		this.adapter.del(this.a, "r");
		assertThat(this.adapter.socketRooms(this.a)).containsExactly("a", "s");
		this.a.left = true;
		this.adapter.delAll(this.a);
		this.a.connected = false;
		assertThat(this.adapter.socketRooms(this.a)).isEmpty();
		this.adapter.addAll(this.a, List.of("t"));
		assertThat(this.adapter.rooms()).doesNotContain("a", "s", "t");
	}

	@Test
	@Tag("CL-04")
	void broadcastIsEncodedOnceAndFlagsHold() {
		BroadcastPacket packet = new BroadcastPacket("x", 1);
		this.adapter.broadcast(packet, new BroadcastOptions(Set.of(), Set.of(), BroadcastFlags.NONE.asVolatile()));
		assertThat(this.a.sent).containsExactly("42[\"x\",1] volatile");
		assertThat(packet.encoded(this.namespace.parser().encoder(), "/", true))
			.isSameAs(packet.encoded(this.namespace.parser().encoder(), "/other", true));
	}

	@Test
	@Tag("CL-05")
	void broadcastWithAckCountsItsReceivers() {
		List<Object> told = new ArrayList<>();
		BroadcastAckListener listener = new BroadcastAckListener() {

			@Override
			public void onClientCount(int clients) {
				told.add(clients);
			}

			@Override
			public void onAck(Arguments answer) {
				told.add(answer.get(0));
			}

		};
		this.adapter.addAll(this.a, List.of("r"));
		this.adapter.addAll(this.b, List.of("r"));
		this.adapter.broadcastWithAck(new BroadcastPacket("x"), options(Set.of("r"), Set.of()), listener);
		assertThat(this.a.sent).containsExactly("420[\"x\"]");
		this.b.acks.get(0L).accept(this.namespace.parser().encoder().arguments("yes"));
		assertThat(told).containsExactly(2, "yes");
		Disposable second = this.adapter.broadcastWithAck(new BroadcastPacket("x"), options(Set.of("r"), Set.of()),
				listener);
		assertThat(this.a.acks).containsOnlyKeys(0L, 1L);
		second.dispose();
		assertThat(second.isDisposed()).isTrue();
		assertThat(this.a.acks).containsOnlyKeys(0L);
		this.adapter.broadcastWithAck(new BroadcastPacket("x"), options(Set.of("nobody"), Set.of()), listener);
		assertThat(told).containsExactly(2, "yes", 2, 0);
	}

	@Test
	@Tag("CL-06")
	void selectionIsAUnionWithoutTheExceptedAndTheUnconnected() {
		this.adapter.addAll(this.a, List.of("r", "s"));
		this.adapter.addAll(this.b, List.of("s"));
		this.adapter.addAll(this.c, List.of("r"));
		this.c.connected = false;
		assertThat(this.adapter.sockets(options(Set.of(), Set.of()))).containsExactlyInAnyOrder(this.a, this.b);
		assertThat(this.adapter.sockets(options(Set.of("r", "s"), Set.of()))).containsExactlyInAnyOrder(this.a, this.b);
		assertThat(this.adapter.sockets(options(Set.of("r", "s"), Set.of("r")))).containsExactly(this.b);
		assertThat(this.adapter.sockets(options(Set.of("a", "r", "s"), Set.of()))).containsExactlyInAnyOrder(this.a,
				this.b);
		assertThat(this.adapter.sockets(options(Set.of("b"), Set.of()))).containsExactly(this.b);
		assertThat(this.adapter.sockets(options(Set.of("b"), Set.of("b")))).isEmpty();
	}

	@Test
	@Tag("CL-07")
	void singleNodeIsAloneAndCannotReachOthers() {
		assertThat(this.adapter.serverCount().block()).isOne();
		assertThat(this.adapter.fetchRemoteSockets(BroadcastOptions.ALL).block()).isEmpty();
		this.adapter.serverSideEmit("x", 1);
		this.adapter.serverSideEmit("x", 1);
		assertThat(this.a.sent).isEmpty();
	}

	@Test
	@Tag("CL-08")
	@Tag("SIO-103")
	void nothingIsKeptWithoutRecovery() {
		this.adapter.persistSession(new PersistedSession("sid", "pid", Set.of(), Map.of()));
		assertThat(this.adapter.restoreSession("pid", "0").block()).isNull();
		assertThat(this.adapter.missedPackets(new PersistedSession("sid", "pid", Set.of(), Map.of()), "0").block())
			.isEmpty();
		assertThat(this.adapter.close().block()).isNull();
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
		assertThat(flags).isEqualTo(new BroadcastFlags(true, true, false, Duration.ofSeconds(1), true));
		assertThat(BroadcastFlags.NONE).isEqualTo(new BroadcastFlags(false, false, true, null, false));
		assertThatIllegalArgumentException().isThrownBy(() -> flags.withTimeout(Duration.ZERO));
	}

	@Test
	void secretsAreNotPrinted() {
		assertThat(new PersistedSession("the-sid", "the-pid", Set.of("r"), Map.of("k", "v")).toString())
			.isEqualTo("PersistedSession[rooms=1]");
		assertThat(new RemoteSocketDetails("the-sid", Map.of("h", "v"), Set.of(), Map.of()).toString())
			.isEqualTo("RemoteSocketDetails[rooms=0]");
	}

}
