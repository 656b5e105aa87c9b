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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.springsocketio.socketio.adapter.Adapter;
import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.github.springsocketio.socketio.adapter.AdapterSocket;
import io.github.springsocketio.socketio.adapter.BroadcastAckListener;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.InMemoryAdapter;
import io.github.springsocketio.socketio.adapter.LocalSockets;
import io.github.springsocketio.socketio.adapter.MissedPacket;
import io.github.springsocketio.socketio.adapter.OrderedTasks;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import io.github.springsocketio.socketio.adapter.RemoteSocketDetails;
import io.github.springsocketio.socketio.adapter.RestoreResult;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.PacketEncoder;
import io.github.springsocketio.testsupport.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a cluster adapter can do without any change above it: two servers of one process.
 */
class ClusterAdapterTests {

	private static final Duration LIMIT = Await.LIMIT;

	private final List<ClusterAdapter> nodes = new ArrayList<>();

	private final TestServer one = new TestServer((options) -> options.adapterFactory(ClusterAdapter::new));

	private final TestServer two = new TestServer((options) -> options.adapterFactory(ClusterAdapter::new));

	private final TestSession near = this.one.open();

	private final TestSession far = this.two.open();

	private final Socket local = this.one.io.sockets().sockets().get(this.near.connect("0{\"t\":1}"));

	private final Socket remote = this.two.io.sockets().sockets().get(this.far.connect("0{\"t\":2}"));

	@Test
	@Tag("CL-24")
	@Tag("SIO-74")
	void broadcastsReachAllNodesUnlessLocal() {
		this.one.io.emit("all", 1);
		this.one.io.local().emit("local");
		this.local.broadcast().emit("others");
		assertThat(this.near.sent()).containsExactly("2[\"all\",1]", "2[\"local\"]");
		assertThat(this.far.sent()).containsExactly("2[\"all\",1]", "2[\"others\"]");
	}

	@Test
	@Tag("SIO-81")
	@Tag("SIO-82")
	void remoteSocketsAreTheOnesOfOtherNodes() {
		this.remote.join("r");
		this.remote.data().put("user", "ada");
		List<RemoteSocket> sockets = this.one.io.fetchSockets().collectList().block(Await.LIMIT);
		assertThat(sockets).hasSize(2).contains(this.local);
		RemoteSocket found = this.one.io.in("r").fetchSockets().single().block(Await.LIMIT);
		assertThat(found).isNotNull().isNotInstanceOf(Socket.class);
		assertThat(found.id()).isEqualTo(this.remote.id());
		assertThat(found.rooms()).containsExactly(this.remote.id(), "r");
		assertThat(found.data()).isEqualTo(Map.of("user", "ada"));
		assertThat(found.handshake().auth()).isEqualTo(Map.of("t", 2));
		assertThat(found.handshake().toMap()).isEqualTo(this.remote.handshake().toMap());
		assertThat(found.handshake().header("User-Agent")).isEqualTo("test");
		assertThat(found.handshake().url()).isEqualTo(this.remote.handshake().url());
		assertThat(found.handshake().address()).isEqualTo("127.0.0.1");
		found.emit("hello", 1);
		found.join("s");
		found.leave("r");
		assertThat(this.far.sent()).containsExactly("2[\"hello\",1]");
		assertThat(this.remote.rooms()).containsExactly(this.remote.id(), "s");
		found.disconnect();
		assertThat(this.far.sent()).containsExactly("1");
		assertThat(this.remote.connected()).isFalse();
		assertThat(this.near.sent()).isEmpty();
	}

	@Test
	@Tag("SIO-80")
	void remoteSocketAnswersWithASingleValue() {
		RemoteSocket found = this.one.io.in(this.remote.id()).fetchSockets().single().block(Await.LIMIT);
		assertThat(found).isNotNull();
		StepVerifier.create(found.emitWithAck("q").map((answer) -> answer.get(0)))
			.then(() -> this.far.receive("30[\"a\"]"))
			.expectNext("a")
			.expectComplete()
			.verify(LIMIT);
		StepVerifier.create(found.timeout(Duration.ofMillis(10)).emitWithAck("q"))
			.then(() -> this.one.advance(Duration.ofMillis(10)))
			.expectError(AckTimeoutException.class)
			.verify(LIMIT);
	}

	@Test
	@Tag("SIO-76")
	@Tag("CL-25")
	@Tag("CL-26")
	void acknowledgementsComeFromAllNodes() {
		this.two.io.emitWithAck("warm-up").subscribe();
		this.near.sent();
		this.far.sent();
		StepVerifier.create(this.one.io.emitWithAck("q")).then(() -> {
			assertThat(this.near.sent()).containsExactly("21[\"q\"]");
			assertThat(this.far.sent()).containsExactly("21[\"q\"]");
			this.near.receive("31[1]");
			this.far.receive("31[2]");
		}).expectNextMatches((answers) -> answers.size() == 2).expectComplete().verify(LIMIT);
	}

	@Test
	@Tag("SIO-83")
	@Tag("SIO-86")
	void eventsGoToTheOtherNodes() {
		List<Object> seen = new ArrayList<>();
		this.one.io.sockets().onServerSide("x", (args, ack) -> seen.add("one"));
		this.two.io.sockets().onServerSide("x", (args, ack) -> {
			throw new IllegalStateException("test");
		}).onServerSide("x", (args, ack) -> {
			seen.add("two " + args.get(0));
			if (ack != null) {
				ack.accept("answer");
			}
		});
		this.one.io.sockets().serverSideEmit("x", 1);
		assertThat(seen).containsExactly("two 1");
		StepVerifier
			.create(this.one.io.sockets()
				.serverSideEmitWithAck("x", 2)
				.map((list) -> list.stream().map((answer) -> answer.get(0)).toList()))
			.expectNext(List.of("answer"))
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	@Tag("SIO-83")
	@Tag("CL-29")
	void answersThatCameAreInTheError() {
		ClusterAdapter adapter = (ClusterAdapter) this.one.io.sockets().adapter();
		adapter.silent = true;
		StepVerifier.create(this.one.io.sockets().serverSideEmitWithAck("x"))
			.expectErrorSatisfies((error) -> assertThat(((AckTimeoutException) error).responses()).hasSize(1))
			.verify(LIMIT);
	}

	@Test
	@Tag("SIO-98")
	void whatIsBroadcastDuringALongLookupIsSentOnceAndInOrder() {
		SlowStore store = new SlowStore();
		TestServer server = new TestServer((options) -> options.adapterFactory(store::create)
			.connectionStateRecovery(ConnectionStateRecovery.defaults()));
		TestSession client = server.open();
		client.receive("0{\"pid\":\"the-pid\",\"offset\":\"1\"}");
		assertThat(client.sent()).isEmpty();
		store.session.tryEmitValue(PersistedSession.builder("the-sid", "the-pid")
			.rooms(java.util.Set.of("the-sid", "r"))
			.data(Map.of("a", 1))
			.build());
		assertThat(server.io.sockets().sockets()).containsOnlyKeys("the-sid");
		server.io.emit("n", 3);
		server.io.to("r").emit("n", 4);
		server.io.asVolatile().emit("dropped");
		assertThat(client.sent()).isEmpty();
		store.missed.tryEmitValue(List.of(store.missed(2), store.missed(3)));
		assertThat(client.sent()).containsExactly("2[\"n\",2,\"2\"]", "2[\"n\",3,\"3\"]", "2[\"n\",4,\"4\"]",
				"0{\"sid\":\"the-sid\",\"pid\":\"the-pid\"}");
		server.io.emit("n", 5);
		assertThat(client.sent()).containsExactly("2[\"n\",5,\"5\"]");
	}

	@Test
	@Tag("SIO-97")
	@Tag("SIO-103")
	void failingStoreMakesANewConnection() {
		SlowStore store = new SlowStore();
		TestServer server = new TestServer((options) -> options.adapterFactory(store::create)
			.connectionStateRecovery(ConnectionStateRecovery.defaults()));
		TestSession client = server.open();
		client.receive("0{\"pid\":\"the-pid\",\"offset\":\"1\"}");
		store.session.tryEmitError(new IllegalStateException("test"));
		assertThat(client.sent()).singleElement().asString().startsWith("0{\"sid\":").doesNotContain("the-pid");
	}

	@Test
	@Tag("SIO-98")
	void failingLookupOfPacketsMakesANewConnection() {
		SlowStore store = new SlowStore();
		TestServer server = new TestServer((options) -> options.adapterFactory(store::create)
			.connectionStateRecovery(ConnectionStateRecovery.defaults()));
		TestSession client = server.open();
		client.receive("0{\"pid\":\"the-pid\",\"offset\":\"1\"}");
		store.session.tryEmitValue(PersistedSession.builder("the-sid", "the-pid")
			.rooms(java.util.Set.of("the-sid"))
			.data(Map.of())
			.build());
		List<String> connected = new ArrayList<>();
		server.io.onConnection((socket) -> connected.add(socket.id()));
		store.missed.tryEmitError(new IllegalStateException("test"));
		assertThat(client.sent()).singleElement()
			.asString()
			.startsWith("0{\"sid\":")
			.doesNotContain("the-pid")
			.doesNotContain("the-sid");
		assertThat(connected).hasSize(1).doesNotContain("the-sid");
		assertThat(server.io.sockets().sockets()).containsOnlyKeys(connected.get(0));
	}

	/**
	 * Keeps sessions and packets elsewhere, and takes its time.
	 */
	private static final class SlowStore {

		private final Sinks.One<PersistedSession> session = Sinks.one();

		private final Sinks.One<List<MissedPacket>> missed = Sinks.one();

		private @Nullable AdapterNamespace namespace;

		private int last = 2;

		private Adapter create(AdapterNamespace created) {
			this.namespace = created;
			return new Slow(created);
		}

		private MissedPacket missed(int number) {
			String offset = String.valueOf(number);
			return MissedPacket.of(offset, new BroadcastPacket("n", number).withOffset(offset)
				.encoded(this.namespace.parser().encoder(), "/", true));
		}

		private final class Slow implements Adapter {

			private final LocalSockets local;

			private final OrderedTasks order = new OrderedTasks();

			private Slow(AdapterNamespace namespace) {
				this.local = namespace.localNode();
			}

			@Override
			public Mono<Void> broadcast(BroadcastPacket packet, BroadcastOptions options) {
				BroadcastPacket prepared = options.flags().isVolatile() ? packet
						: packet.withOffset(String.valueOf(++SlowStore.this.last));
				return Mono.fromRunnable(() -> this.order.run(() -> this.local.deliver(prepared, options)));
			}

			@Override
			public Mono<Void> broadcastWithAck(BroadcastPacket packet, BroadcastOptions options,
					BroadcastAckListener listener) {
				return Mono.error(new UnsupportedOperationException());
			}

			@Override
			public Mono<Void> addSockets(BroadcastOptions options, Collection<String> rooms) {
				return Mono.error(new UnsupportedOperationException());
			}

			@Override
			public Mono<Void> delSockets(BroadcastOptions options, Collection<String> rooms) {
				return Mono.error(new UnsupportedOperationException());
			}

			@Override
			public Mono<Void> disconnectSockets(BroadcastOptions options, boolean close) {
				return Mono.error(new UnsupportedOperationException());
			}

			@Override
			public Mono<Void> serverSideEmit(String event, @Nullable Object[] args) {
				return Mono.error(new UnsupportedOperationException());
			}

			@Override
			public void inOrder(Runnable task) {
				this.order.run(task);
			}

			@Override
			public boolean isIdle() {
				return this.order.isIdle();
			}

			@Override
			public Mono<RestoreResult> restoreSession(String pid, @Nullable String offset, @Nullable String principal) {
				return SlowStore.this.session.asMono().map(RestoreResult::recovered);
			}

			@Override
			public Mono<List<MissedPacket>> missedPackets(PersistedSession restored, @Nullable String offset) {
				return SlowStore.this.missed.asMono();
			}

		}

	}

	/**
	 * Reaches the other node by calling it.
	 */
	private final class ClusterAdapter implements Adapter {

		private final AdapterNamespace namespace;

		private final InMemoryAdapter own;

		private boolean silent;

		private ClusterAdapter(AdapterNamespace namespace) {
			this.namespace = namespace;
			this.own = new InMemoryAdapter(namespace);
			ClusterAdapterTests.this.nodes.add(this);
		}

		private Mono<Void> all(BroadcastOptions options, Function<InMemoryAdapter, Mono<Void>> operation) {
			List<ClusterAdapter> nodes = options.flags().isLocal() ? List.of(this) : ClusterAdapterTests.this.nodes;
			return Mono.when(nodes.stream().map((node) -> operation.apply(node.own)).toList());
		}

		private List<ClusterAdapter> peers() {
			return ClusterAdapterTests.this.nodes.stream().filter((node) -> node != this).toList();
		}

		@Override
		public Mono<Integer> serverCount() {
			return Mono.just(ClusterAdapterTests.this.nodes.size());
		}

		@Override
		public Mono<Void> broadcast(BroadcastPacket packet, BroadcastOptions options) {
			return all(options, (node) -> node.broadcast(new BroadcastPacket(packet.event(), packet.args()), options));
		}

		@Override
		public Mono<Void> broadcastWithAck(BroadcastPacket packet, BroadcastOptions options,
				BroadcastAckListener listener) {
			return all(options, (node) -> node.broadcastWithAck(packet, options, listener));
		}

		@Override
		public Mono<List<RemoteSocketDetails>> fetchRemoteSockets(BroadcastOptions options) {
			return Mono.just(peers().stream()
				.flatMap((peer) -> peer.namespace.localNode().select(options).stream())
				.map(AdapterSocket::details)
				.toList());
		}

		@Override
		public Mono<Void> addSockets(BroadcastOptions options, Collection<String> rooms) {
			return all(options, (node) -> node.addSockets(options, rooms));
		}

		@Override
		public Mono<Void> delSockets(BroadcastOptions options, Collection<String> rooms) {
			return all(options, (node) -> node.delSockets(options, rooms));
		}

		@Override
		public Mono<Void> disconnectSockets(BroadcastOptions options, boolean close) {
			return all(options, (node) -> node.disconnectSockets(options, close));
		}

		@Override
		public Mono<Void> serverSideEmit(String event, @Nullable Object[] args) {
			Arguments arguments = this.namespace.parser().encoder().arguments(args);
			return Mono
				.fromRunnable(() -> peers().forEach((peer) -> peer.namespace.serverSideEvent(event, arguments, null)));
		}

		@Override
		public Mono<Void> serverSideEmitWithAck(String event, @Nullable Object[] args, Collection<Arguments> answers) {
			PacketEncoder encoder = this.namespace.parser().encoder();
			if (this.silent) {
				answers.add(encoder.arguments("partial"));
				return Mono.error(new java.util.concurrent.TimeoutException());
			}
			return Mono.fromRunnable(() -> peers().forEach((peer) -> peer.namespace.serverSideEvent(event,
					encoder.arguments(args), (value) -> answers.add(encoder.arguments(value)))));
		}

	}

}
