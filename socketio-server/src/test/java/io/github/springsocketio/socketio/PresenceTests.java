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
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

import io.github.springsocketio.socketio.PresenceChange.Type;
import io.github.springsocketio.testsupport.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Who is present on one node.
 */
class PresenceTests {

	private final TestServer server = new TestServer();

	private final Namespace main = this.server.io.sockets();

	private final List<PresenceEvent> events = new ArrayList<>();

	private final List<Disposable> watching = new ArrayList<>();

	@AfterEach
	void nothingIsLeft() {
		this.watching.forEach(Disposable::dispose);
		assertThat(((DefaultNamespace) this.main).presenceHub().size()).isZero();
	}

	private void watch(Presence presence) {
		this.watching.add(presence.events().subscribe(this.events::add));
	}

	private Socket connect(@Nullable String user) {
		return connect(open(user));
	}

	private TestSession open(@Nullable String user) {
		return this.server.engine.open(4, TestRequest.of(user));
	}

	private Socket connect(TestSession session) {
		return this.main.sockets().get(session.connect());
	}

	private static PresenceChange joined(@Nullable String room, Socket socket, @Nullable String user, boolean first) {
		return new PresenceChange(Type.JOINED, room, new PresentSocket(socket.id(), user), first);
	}

	private static PresenceChange left(@Nullable String room, Socket socket, @Nullable String user, boolean last) {
		return new PresenceChange(Type.LEFT, room, new PresentSocket(socket.id(), user), last);
	}

	private static PresenceSnapshot snapshot(@Nullable String room, PresentSocket... sockets) {
		return new PresenceSnapshot(room, List.of(sockets), true);
	}

	@Test
	void snapshotHasTheSocketsAndUsers() {
		Socket first = connect("ada");
		Socket second = connect("ada");
		Socket third = connect((String) null);
		connect("bob");
		first.join("a");
		second.join("a");
		third.join("a");
		PresenceSnapshot room = this.main.presence("a").snapshot().block(Await.LIMIT);
		assertThat(room).isNotNull();
		assertThat(room.room()).isEqualTo("a");
		assertThat(room.complete()).isTrue();
		assertThat(room.sockets()).containsExactlyInAnyOrder(new PresentSocket(first.id(), "ada"),
				new PresentSocket(second.id(), "ada"), new PresentSocket(third.id(), null));
		assertThat(room.users()).containsExactly("ada");
		assertThat(this.server.io.presence().users().block(Await.LIMIT)).containsExactlyInAnyOrder("ada", "bob");
		assertThat(this.server.io.presence("b").users().block(Await.LIMIT)).isEmpty();
		assertThat(this.server.io.presence(first.id()).users().block(Await.LIMIT)).containsExactly("ada");
	}

	@Test
	void userArrivesWithTheFirstSocketAndLeavesWithTheLast() {
		watch(this.main.presence());
		TestSession phone = open("ada");
		Socket first = connect(phone);
		TestSession laptop = open("ada");
		Socket second = connect(laptop);
		phone.lose();
		second.disconnect();
		assertThat(this.events).containsExactly(snapshot(null), joined(null, first, "ada", true),
				joined(null, second, "ada", false), left(null, first, "ada", false), left(null, second, "ada", true));
	}

	@Test
	void socketWithoutUserChangesNoUser() {
		watch(this.main.presence());
		Socket socket = connect((String) null);
		socket.disconnect();
		assertThat(this.events).containsExactly(snapshot(null), joined(null, socket, null, false),
				left(null, socket, null, false));
		assertThat(((PresenceChange) this.events.get(1)).user()).isNull();
	}

	@Test
	void changesOfARoomFollowItsSnapshot() {
		Socket present = connect("ada");
		present.join("a");
		watch(this.main.presence("a"));
		TestSession session = open("bob");
		Socket socket = connect(session);
		socket.join("b");
		socket.join("a");
		socket.join("a");
		present.leave("a");
		session.lose();
		this.server.io.socketsJoin("a");
		assertThat(this.events).containsExactly(snapshot("a", new PresentSocket(present.id(), "ada")),
				joined("a", socket, "bob", true), left("a", present, "ada", true), left("a", socket, "bob", true),
				joined("a", present, "ada", true));
	}

	@Test
	void socketIsNotPresentInMiddlewares() {
		this.main.use((socket) -> {
			socket.join("a");
			return socket.handshake().auth().containsKey("refuse") ? Mono.error(new ConnectErrorException("no"))
					: Mono.empty();
		});
		watch(this.main.presence("a"));
		open("ada").receive("0{\"refuse\":1}");
		assertThat(this.events).containsExactly(snapshot("a"));
		Socket socket = connect("ada");
		assertThat(this.events).containsExactly(snapshot("a"), joined("a", socket, "ada", true));
	}

	@Test
	void severalSubscribersSeeTheSame() {
		watch(this.main.presence("a"));
		List<PresenceEvent> others = new ArrayList<>();
		Socket socket = connect("ada");
		socket.join("a");
		Disposable other = this.main.presence("a").events().subscribe(others::add);
		socket.leave("a");
		other.dispose();
		socket.join("a");
		assertThat(others).containsExactly(snapshot("a", new PresentSocket(socket.id(), "ada")),
				left("a", socket, "ada", true));
		assertThat(this.events).hasSize(4);
	}

	@Test
	void snapshotTakesThePlaceOfChangesThatASlowSubscriberHasNotRequested() {
		Socket socket = connect("ada");
		BaseSubscriber<PresenceEvent> slow = new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				request(2);
			}

			@Override
			protected void hookOnNext(PresenceEvent value) {
				PresenceTests.this.events.add(value);
			}

		};
		this.main.presence("a").events().subscribe(slow);
		this.watching.add(slow);
		for (int i = 0; i < PresenceSubscription.MAX_WAITING; i++) {
			socket.join("a");
			socket.leave("a");
		}
		assertThat(this.events).containsExactly(snapshot("a"), joined("a", socket, "ada", true));
		socket.join("a");
		slow.request(1);
		socket.leave("a");
		slow.request(10);
		assertThat(this.events).containsExactly(snapshot("a"), joined("a", socket, "ada", true),
				snapshot("a", new PresentSocket(socket.id(), "ada")), left("a", socket, "ada", true));
	}

	@Test
	void waitingChangesAreEmittedWhenRequested() {
		Socket socket = connect("ada");
		StepVerifier.create(this.main.presence("a").events(), 0)
			.then(() -> socket.join("b"))
			.thenRequest(1)
			.expectNext(snapshot("a"))
			.then(() -> socket.join("a"))
			.then(() -> socket.leave("a"))
			.thenRequest(1)
			.expectNext(joined("a", socket, "ada", true))
			.thenRequest(1)
			.expectNext(left("a", socket, "ada", true))
			.thenCancel()
			.verify(Await.LIMIT);
	}

	@Test
	void subscriberMayChangeRooms() {
		Socket socket = connect("ada");
		this.watching.add(this.main.presence("a").events().subscribe((event) -> {
			this.events.add(event);
			if (event instanceof PresenceChange change && change.type() == Type.JOINED) {
				socket.leave("a");
			}
		}));
		socket.join("a");
		assertThat(socket.rooms()).doesNotContain("a");
		assertThat(this.events).containsExactly(snapshot("a"), joined("a", socket, "ada", true),
				left("a", socket, "ada", true));
	}

	@Test
	void failingSubscriberHarmsNobody() {
		Socket socket = connect("ada");
		this.main.presence("a").events().subscribe(new BaseSubscriber<>() {

			@Override
			protected void hookOnNext(PresenceEvent value) {
				throw new IllegalStateException("test");
			}

			@Override
			protected void hookOnError(Throwable error) {
				throw new IllegalStateException(error);
			}

		});
		watch(this.main.presence("a"));
		socket.join("a");
		assertThat(this.events).containsExactly(snapshot("a"), joined("a", socket, "ada", true));
	}

	@Test
	void lastStateIsRightWhateverThreadsDo() {
		Socket socket = connect("ada");
		watch(this.main.presence("a"));
		List<PresenceEvent> copy = Collections.synchronizedList(new ArrayList<>());
		this.watching.add(this.main.presence("a").events().subscribe(copy::add));
		CountDownLatch done = new CountDownLatch(2);
		for (int i = 0; i < 2; i++) {
			new Thread(() -> {
				for (int n = 0; n < 10_000; n++) {
					socket.join("a");
					socket.leave("a");
				}
				done.countDown();
			}, "rooms-" + i).start();
		}
		Await.on("the threads", done);
		socket.join("b");
		socket.leave("a");
		Await.until("the room is empty", () -> this.main.presence("a").users().block(Await.LIMIT).isEmpty());
		List<PresenceEvent> seen = List.copyOf(copy);
		for (int i = 1; i < seen.size(); i++) {
			if (seen.get(i) instanceof PresenceChange change) {
				boolean present = isPresent(seen.get(i - 1));
				assertThat(change.type() == Type.LEFT).as("change " + i).isEqualTo(present);
			}
		}
		assertThat(seen.get(seen.size() - 1)).satisfiesAnyOf(
				(last) -> assertThat(last).isEqualTo(left("a", socket, "ada", true)),
				(last) -> assertThat(last).isEqualTo(snapshot("a")));
	}

	private static boolean isPresent(PresenceEvent event) {
		return (event instanceof PresenceChange change) ? change.type() == Type.JOINED
				: !((PresenceSnapshot) event).sockets().isEmpty();
	}

	@Test
	void recoveringClientHasLeftUntilItIsBack() {
		TestServer recovering = new TestServer(
				(options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults()));
		this.watching.add(recovering.io.presence("a").events().subscribe(this.events::add));
		TestSession session = recovering.open();
		RecoveringPeer peer = RecoveringPeer.join(recovering.io, session, "/");
		Socket socket = peer.socket();
		socket.join("a");
		String offset = peer.lastOffset(session);
		session.lose();
		TestSession next = peer.comeBack(recovering.open(), offset);
		Socket recovered = recovering.io.sockets().sockets().get(peer.sid());
		assertThat(recovered).isNotSameAs(socket);
		assertThat(recovered.recovered()).isTrue();
		assertThat(this.events).containsExactly(snapshot("a"), joined("a", socket, "ada", true),
				left("a", socket, "ada", true), joined("a", socket, "ada", true));
		recovering.advance(Duration.ofSeconds(1));
		TestSession last = peer.comeBack(recovering.open(), offset);
		assertThat(recovered.conn()).isSameAs(last).isNotSameAs(next);
		assertThat(this.events).hasSize(4);
	}

	@Test
	void watchingEndsWithTheServer() {
		Socket socket = connect("ada");
		StepVerifier.create(this.main.presence().events())
			.expectNext(snapshot(null, new PresentSocket(socket.id(), "ada")))
			.then(() -> this.server.io.close().block(Await.LIMIT))
			.expectNext(left(null, socket, "ada", true))
			.expectComplete()
			.verify(Await.LIMIT);
		StepVerifier.create(this.main.presence().snapshot()).expectComplete().verify(Await.LIMIT);
	}

	@Test
	void watchingEndsWithItsNamespace() {
		this.server.io.of(Pattern.compile("/tenant-\\d")).use((socket) -> {
			watch(socket.namespace().presence());
			return Mono.empty();
		});
		TestSession session = this.server.open();
		session.receive("0/tenant-1,");
		assertThat(this.watching.get(0).isDisposed()).isFalse();
		session.lose();
		assertThat(this.watching.get(0).isDisposed()).isTrue();
		assertThat(this.events).hasSize(3);
	}

	@Test
	void roomsOfTheServerItselfAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.main.presence(HiddenRooms.ofUser("ada")));
		assertThatIllegalArgumentException().isThrownBy(() -> this.main.presence((String) null));
	}

}
