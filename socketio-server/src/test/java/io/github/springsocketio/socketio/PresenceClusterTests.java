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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;

import io.github.springsocketio.socketio.PresenceChange.Type;
import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.PacketEncoder;
import io.github.springsocketio.testsupport.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is present on several nodes: servers of one process.
 */
class PresenceClusterTests {

	private static final Duration INTERVAL = Duration.ofSeconds(10);

	private final Map<String, Node> nodes = new LinkedHashMap<>();

	private final TestServer one = server("one");

	private final TestServer two = server("two");

	private final List<PresenceEvent> events = new CopyOnWriteArrayList<>();

	private final List<Disposable> watching = new ArrayList<>();

	@AfterEach
	void nothingIsLeft() {
		this.watching.forEach(Disposable::dispose);
		assertThat(hub(this.one).size()).isZero();
	}

	private TestServer server(String id) {
		return new TestServer((options) -> options.nodeId(id).presenceInterval(INTERVAL).adapterFactory((namespace) -> {
			Node node = new Node(namespace);
			this.nodes.put(id, node);
			return node;
		}));
	}

	private static PresenceHub hub(TestServer server) {
		return ((DefaultNamespace) server.io.sockets()).presenceHub();
	}

	private Node node(String id) {
		return this.nodes.get(id);
	}

	private Socket connect(TestServer server, String user) {
		TestSession session = server.engine.open(4, TestRequest.of(user));
		return server.io.sockets().sockets().get(session.connect());
	}

	private void watch(Presence presence) {
		this.watching.add(presence.events().subscribe(this.events::add));
	}

	private static PresenceChange joined(Socket socket, String user, boolean first) {
		return new PresenceChange(Type.JOINED, "a", new PresentSocket(socket.id(), user), first);
	}

	private static PresenceChange left(Socket socket, String user, boolean last) {
		return new PresenceChange(Type.LEFT, "a", new PresentSocket(socket.id(), user), last);
	}

	private static PresenceSnapshot snapshot(boolean complete, PresentSocket... sockets) {
		return new PresenceSnapshot("a", List.of(sockets), complete);
	}

	private void nextInterval(TestServer server) {
		int asked = node("one").asked;
		server.advance(INTERVAL);
		Await.until("the other nodes are asked", () -> node("one").asked > asked && !node("one").asking);
	}

	@Test
	void socketsOfAllNodesArePresent() {
		Socket near = connect(this.one, "ada");
		Socket far = connect(this.two, "ada");
		near.join("a");
		far.join("a");
		PresenceSnapshot snapshot = this.one.io.presence("a").snapshot().block(Await.LIMIT);
		assertThat(snapshot)
			.isEqualTo(snapshot(true, new PresentSocket(near.id(), "ada"), new PresentSocket(far.id(), "ada")));
		assertThat(this.two.io.presence().users().block(Await.LIMIT)).containsExactly("ada");
		assertThat(hub(this.two).size()).isZero();
	}

	@Test
	void changesOfAllNodesAreTold() {
		watch(this.one.io.presence("a"));
		Socket near = connect(this.one, "ada");
		near.join("a");
		Socket far = connect(this.two, "ada");
		far.join("a");
		near.leave("a");
		far.disconnect();
		assertThat(this.events).containsExactly(snapshot(true), joined(near, "ada", true), joined(far, "ada", false),
				left(near, "ada", false), left(far, "ada", true));
	}

	@Test
	void nothingIsSentForWhatNobodyWatches() {
		watch(this.one.io.presence("a"));
		Socket far = connect(this.two, "ada");
		far.join("a");
		int sent = node("two").sent;
		assertThat(sent).isOne();
		far.join("b");
		this.watching.get(0).dispose();
		far.leave("a");
		assertThat(node("two").sent).isEqualTo(sent);
		assertThat(hub(this.two).size()).isZero();
	}

	@Test
	void nodeThatNoLongerAsksIsForgotten() {
		watch(this.one.io.presence("a"));
		node("one").down = true;
		assertThat(hub(this.two).size()).isOne();
		this.two.advance(INTERVAL.multipliedBy(3));
		Await.until("the node is forgotten", () -> hub(this.two).size() == 0);
		node("one").down = false;
	}

	@Test
	void missingChangesAreNoticed() {
		watch(this.one.io.presence("a"));
		Socket first = connect(this.two, "ada");
		Socket second = connect(this.two, "bob");
		node("two").down = true;
		first.join("a");
		node("two").down = false;
		assertThat(this.events).containsExactly(snapshot(true));
		second.join("a");
		assertThat(this.events).containsExactly(snapshot(true), joined(first, "ada", true),
				joined(second, "bob", true));
		node("two").down = true;
		first.leave("a");
		node("two").down = false;
		nextInterval(this.one);
		Await.until("the change is known", () -> this.events.size() == 4);
		assertThat(this.events).endsWith(left(first, "ada", true));
	}

	@Test
	void changeThatOvertakesAResponseIsNotLost() {
		Socket first = connect(this.two, "ada");
		Socket second = connect(this.two, "bob");
		first.join("a");
		node("one").held = Sinks.empty();
		watch(this.one.io.presence("a"));
		second.join("a");
		first.leave("a");
		assertThat(this.events).isEmpty();
		Sinks.Empty<Void> held = node("one").held;
		node("one").held = null;
		held.tryEmitEmpty();
		assertThat(this.one.io.presence("a").users().block(Await.LIMIT)).containsExactly("bob");
		assertThat(this.events).startsWith(snapshot(true, new PresentSocket(first.id(), "ada")))
			.containsOnlyOnce(joined(second, "bob", true))
			.containsOnlyOnce(left(first, "ada", true))
			.hasSize(3);
	}

	@Test
	void nodeThatDoesNotRespondTwiceIsGone() {
		Socket far = connect(this.two, "ada");
		far.join("a");
		watch(this.one.io.presence("a"));
		node("two").down = true;
		nextInterval(this.one);
		assertThat(this.events).containsExactly(snapshot(true, new PresentSocket(far.id(), "ada")));
		assertThat(this.one.io.presence("a").snapshot().block(Await.LIMIT))
			.isEqualTo(snapshot(false, new PresentSocket(far.id(), "ada")));
		nextInterval(this.one);
		Await.until("the sockets have left", () -> this.events.size() == 2);
		assertThat(this.events).endsWith(left(far, "ada", true));
		node("two").down = false;
		nextInterval(this.one);
		Await.until("the sockets are back", () -> this.events.size() == 3);
		assertThat(this.events).endsWith(joined(far, "ada", true));
		assertThat(this.one.io.presence("a").snapshot().map(PresenceSnapshot::complete).block(Await.LIMIT)).isTrue();
	}

	@Test
	void nodeThatTheAdapterNoLongerKnowsIsGoneAtOnce() {
		Socket far = connect(this.two, "ada");
		far.join("a");
		watch(this.one.io.presence("a"));
		this.nodes.remove("two");
		((AdapterNamespace) this.one.io.sockets()).nodesChanged();
		assertThat(this.events).containsExactly(snapshot(true, new PresentSocket(far.id(), "ada")),
				left(far, "ada", true));
	}

	@Test
	void whatIsKnownStaysWhileTheAdapterFails() {
		Socket far = connect(this.two, "ada");
		far.join("a");
		watch(this.one.io.presence("a"));
		node("one").failure = new IllegalStateException("test");
		for (int i = 0; i < 3; i++) {
			nextInterval(this.one);
		}
		assertThat(this.one.io.presence("a").snapshot().block(Await.LIMIT))
			.isEqualTo(snapshot(false, new PresentSocket(far.id(), "ada")));
		assertThat(this.events).hasSize(1);
	}

	@Test
	void nodeThatStartsLaterIsSeen() {
		watch(this.one.io.presence("a"));
		TestServer three = server("three");
		((AdapterNamespace) this.one.io.sockets()).nodesChanged();
		Socket socket = connect(three, "ada");
		socket.join("a");
		assertThat(this.events).containsExactly(snapshot(true), joined(socket, "ada", true));
		three.io.close().block(Await.LIMIT);
		assertThat(this.events).endsWith(left(socket, "ada", true));
	}

	@Test
	void messagesThatAreNotUnderstoodAreIgnored() {
		List<Object> seen = new ArrayList<>();
		this.one.io.sockets().onServerSide(PresenceCluster.EVENT, (args, ack) -> seen.add(args));
		PacketEncoder encoder = node("one").namespace.parser().encoder();
		watch(this.one.io.presence("a"));
		for (Object[] args : new Object[][] { {}, { 1 }, { "unknown", "two", "a" }, { "watch", "two", "a" },
				{ "watch", "two", "a", "x" }, { "watch", "two", "a", Long.MAX_VALUE }, { "unwatch", "two", "a" },
				{ "change", "two", "a", "e", -1, true }, { "change", "two", "a", "e", 1, true, "id", "ada" } }) {
			node("one").namespace.serverSideEvent(PresenceCluster.EVENT, encoder.arguments(args), (response) -> {
			});
		}
		node("two").nonsense = true;
		nextInterval(this.one);
		assertThat(seen).isEmpty();
		assertThat(this.events).containsExactly(snapshot(true));
	}

	@Test
	void socketThatMovesToAnotherNodeIsThereOnce() {
		List<PresenceChange> changes = new ArrayList<>();
		PresenceMembers members = new PresenceMembers(null, changes::add);
		PresentSocket socket = new PresentSocket("id", "ada");
		members.add(socket);
		members.add(socket);
		members.remove("id");
		assertThat(members.sockets()).containsExactly(socket);
		members.remove("id");
		members.remove("id");
		assertThat(changes).containsExactly(new PresenceChange(Type.JOINED, null, socket, true),
				new PresenceChange(Type.LEFT, null, socket, true));
	}

	/**
	 * Reaches the other nodes by calling them.
	 */
	private final class Node extends TestAdapter {

		private volatile boolean down;

		private volatile boolean nonsense;

		private volatile @Nullable RuntimeException failure;

		private volatile Sinks.@Nullable Empty<Void> held;

		private volatile int sent;

		private volatile int asked;

		private volatile boolean asking;

		private Node(AdapterNamespace namespace) {
			super(namespace);
		}

		@Override
		public boolean reachesOtherNodes() {
			return true;
		}

		private List<Node> peers() {
			return PresenceClusterTests.this.nodes.values().stream().filter((node) -> node != this).toList();
		}

		@Override
		public Mono<Void> serverSideEmit(String event, @Nullable Object[] args) {
			Arguments arguments = copy(args);
			return Mono.fromRunnable(() -> {
				this.sent++;
				if (!this.down) {
					peers().forEach((peer) -> peer.namespace.serverSideEvent(event, arguments, null));
				}
			});
		}

		@Override
		public Mono<Void> serverSideEmitWithAck(String event, @Nullable Object[] args, Collection<Arguments> answers) {
			return Mono.<Void>defer(() -> {
				this.asking = true;
				this.asked++;
				if (this.failure != null) {
					return Mono.error(this.failure);
				}
				List<Node> peers = peers();
				Mono<Void> end = peers.stream().anyMatch((peer) -> peer.down) ? Mono.error(new TimeoutException())
						: Mono.empty();
				Mono<Void> all = Mono.when(peers.stream()
					.filter((peer) -> !peer.down)
					.map((peer) -> ask(peer, event, args).doOnNext(answers::add))
					.toList());
				return all.then((this.held != null) ? this.held.asMono() : Mono.empty()).then(end);
			}).doFinally((signal) -> this.asking = false);
		}

		private Mono<Arguments> ask(Node peer, String event, @Nullable Object[] args) {
			return Mono.create((sink) -> peer.namespace.serverSideEvent(event, copy(args),
					(value) -> sink.success(copy(peer.nonsense ? List.of(1, List.of()) : value))));
		}

		private Arguments copy(@Nullable Object... args) {
			return this.namespace.parser().encoder().arguments(args);
		}

	}

}
