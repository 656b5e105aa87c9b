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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Registrations on a server, a namespace, a family of namespaces, and a socket.
 */
class RegistrationTests {

	private static final ParameterizedTypeReference<List<User>> USERS = new ParameterizedTypeReference<>() {
	};

	private final TestServer server = TestServer.withHandlers((handlers) -> handlers.errorAcks(false));

	private final SocketIoServer io = this.server.io;

	private final List<String> seen = new ArrayList<>();

	private SocketEventListener note(String name) {
		return (socket, event) -> this.seen.add(name + event.toList());
	}

	@ParameterizedTest
	@EnumSource
	void listenersAndHandlersAreAdded(Place place) {
		Fixture fixture = new Fixture(place,
				(on) -> on.on("plain", (socket, event) -> event.ack(socket.nsp(), event.name(), event))
					.handle("reactive", (socket, event) -> Mono.just(event.size()))
					.handle("flux", (socket, event) -> Flux.just("first", "second"))
					.handle("none", (socket, event) -> null));
		fixture.ask(1, "[\"plain\",1]").ask(2, "[\"reactive\",1,2]").ask(3, "[\"flux\"]").ask(4, "[\"none\"]");
		assertThat(fixture.acks()).containsExactly("1[\"" + place.nsp + "\",\"plain\",1]", "2[2]", "3[\"first\"]");
	}

	@ParameterizedTest
	@EnumSource
	void firstArgumentIsConvertedToAClassOrAGenericType(Place place) {
		Fixture fixture = new Fixture(place, (on) -> on
			.on("class", User.class, (socket, user, event) -> event.ack(user.name(), event.size()))
			.on("generic", USERS, (socket, users, event) -> event.ack(users.get(1).name(), event.name()))
			.handle("handle", User.class, (socket, user, event) -> Mono.just(user.name() + event.size()))
			.handle("handle-generic", USERS, (socket, users, event) -> Mono.just(users.get(0)))
			.onError((socket, error, event) -> this.seen.add(event.name() + " " + error.getClass().getSimpleName())));
		fixture.ask(1, "[\"class\",{\"name\":\"ada\"},1]")
			.ask(2, "[\"generic\",[{\"name\":\"ada\"},{\"name\":\"bob\"}]]")
			.ask(3, "[\"handle\",{\"name\":\"eve\"}]")
			.ask(4, "[\"handle-generic\",[{\"name\":\"fay\"}]]");
		assertThat(fixture.acks()).containsExactly("1[\"ada\",2]", "2[\"bob\",\"generic\"]", "3[\"eve1\"]",
				"4[{\"name\":\"fay\"}]");
		fixture.ask(5, "[\"class\"]")
			.ask(6, "[\"generic\",{}]")
			.ask(7, "[\"handle\",null]")
			.ask(8, "[\"handle-generic\",1]");
		assertThat(fixture.acks()).isEmpty();
		assertThat(this.seen).containsExactly("class MissingArgumentException", "generic ArgumentConversionException",
				"handle MissingArgumentException", "handle-generic ArgumentConversionException");
	}

	@ParameterizedTest
	@EnumSource
	void onceIsForTheNextEventOfANameOnly(Place place) {
		Fixture fixture = new Fixture(place,
				(on) -> on.once("x", note("plain"))
					.once("x", User.class, (socket, user, event) -> this.seen.add("class " + user.name()))
					.once("x", new ParameterizedTypeReference<Map<String, String>>() {
					}, (socket, map, event) -> this.seen.add("generic " + map))
					.on("x", (socket, event) -> this.seen.add("always")));
		fixture.receive("[\"y\",1]").receive("[\"x\",{\"name\":\"ada\"}]");
		assertThat(this.seen).containsExactly("plain[{name=ada}]", "class ada", "generic {name=ada}", "always");
		this.seen.clear();
		fixture.receive("[\"x\",{\"name\":\"bob\"}]");
		assertThat(this.seen).containsExactly("always");
	}

	@ParameterizedTest
	@EnumSource(names = "SOCKET", mode = EnumSource.Mode.EXCLUDE)
	void onceIsForWhicheverSocketSendsTheEventFirst(Place place) {
		Fixture first = new Fixture(place, (on) -> on.once("x", note("once")));
		TestSession second = this.server.open();
		second.connect(place.packet("0", ""));
		second.receive(place.packet("2", "[\"x\",2]"));
		first.receive("[\"x\",1]");
		assertThat(this.seen).containsExactly("once[2]");
	}

	@Test
	void onceHoldsForAllNamespacesOfAFamily() {
		Fixture first = new Fixture(Place.FAMILY, (on) -> on.once("x", note("once")));
		TestSession second = this.server.open();
		second.connect("0/dyn-2,");
		second.receive("2/dyn-2,[\"x\",2]");
		first.receive("[\"x\",1]");
		assertThat(this.seen).containsExactly("once[2]");
	}

	@ParameterizedTest
	@EnumSource
	void onceMayEmitTheEventThatItListensTo(Place place) {
		Fixture fixture = new Fixture(place, (on) -> on.once("x", (socket, event) -> {
			this.seen.add("once");
			socket.on("x", note("next"));
		}));
		fixture.receive("[\"x\"]").receive("[\"x\"]");
		assertThat(this.seen).containsExactly("once", "next[]");
	}

	@ParameterizedTest
	@EnumSource
	void listenersAndHandlersOfAnEventAreRemoved(Place place) {
		SocketEventListener plain = note("plain");
		SocketEventListener once = note("once");
		SocketEventListener.Typed<Integer> typed = (socket, value, event) -> this.seen.add("typed " + value);
		SocketEventListener.Typed<Integer> kept = (socket, value, event) -> this.seen.add("kept " + value);
		EventHandler handler = (socket, event) -> Mono.fromRunnable(() -> this.seen.add("handler"));
		EventHandler.Typed<Integer> typedHandler = (socket, value, event) -> Mono
			.fromRunnable(() -> this.seen.add("typed handler"));
		Fixture fixture = new Fixture(place,
				(on) -> on.on("x", plain)
					.once("x", once)
					.on("x", Integer.class, typed)
					.on("x", Integer.class, kept)
					.handle("x", handler)
					.handle("x", Integer.class, typedHandler)
					.on("y", note("y"))
					.on("y", note("y"))
					.off("x", plain)
					.off("x", once)
					.off("x", typed)
					.off("x", handler)
					.off("x", typedHandler)
					.off("x", note("never registered"))
					.off("unknown", plain)
					.off("y"));
		fixture.receive("[\"x\",1]").receive("[\"y\"]");
		assertThat(this.seen).containsExactly("kept 1");
	}

	@ParameterizedTest
	@EnumSource
	void allListenersAreRemovedButWhatConcernsAllEventsStays(Place place) {
		Fixture fixture = new Fixture(place,
				(on) -> on.on("x", note("x"))
					.handle("y", (socket, event) -> Mono.just(1))
					.once("z", note("z"))
					.onAny(note("any"))
					.use((socket, event) -> Mono.just(event.withName("late")))
					.onDisconnect((socket, reason, detail) -> this.seen.add("disconnect"))
					.removeAllListeners()
					.on("late", note("late")));
		fixture.receive("[\"x\",1]");
		fixture.client.lose();
		assertThat(this.seen).containsExactly("any[1]", "late[1]", "disconnect");
	}

	@ParameterizedTest
	@EnumSource
	void namesOfEventsAreThoseThatHaveListenersOrHandlers(Place place) {
		new Fixture(place, (on) -> {
			assertThat(on.eventNames()).isEmpty();
			on.on("x", note("first"))
				.on("x", note("second"))
				.handle("y", (socket, event) -> Mono.empty())
				.on("removed", note("third"))
				.off("removed")
				.onAny(note("any"));
			assertThat(on.eventNames()).containsExactlyInAnyOrder("x", "y");
		});
	}

	@ParameterizedTest
	@EnumSource
	void catchAllListenersAreAddedListedAndRemoved(Place place) {
		SocketEventListener first = note("first");
		SocketEventListener second = note("second");
		Fixture fixture = new Fixture(place, (on) -> {
			on.onAny(first).prependAny(second).onAny(note("removed"));
			assertThat(on.listenersAny()).hasSize(3).startsWith(second, first);
			on.offAny(null).onAny(first).prependAny(second).onAny(second).offAny(second);
			assertThat(on.listenersAny()).containsExactly(first, second);
		});
		fixture.receive("[\"x\",1]");
		assertThat(this.seen).containsExactly("first[1]", "second[1]");
	}

	@ParameterizedTest
	@EnumSource
	void outgoingListenersAreAddedListedAndRemoved(Place place) {
		OutgoingListener first = (socket, event, args) -> this.seen.add("first " + event + args.toList());
		OutgoingListener second = (socket, event, args) -> this.seen.add("second");
		Fixture fixture = new Fixture(place, (on) -> {
			on.onAnyOutgoing(first).prependAnyOutgoing(second).onAnyOutgoing(second);
			assertThat(on.listenersAnyOutgoing()).containsExactly(second, first, second);
			on.offAnyOutgoing(null);
			assertThat(on.listenersAnyOutgoing()).isEmpty();
			on.onAnyOutgoing(first).prependAnyOutgoing(second).onAnyOutgoing(second).offAnyOutgoing(second);
			assertThat(on.listenersAnyOutgoing()).containsExactly(first, second);
			on.on("ask", (socket, event) -> event.ack("not seen"));
		});
		Namespace namespace = fixture.namespace();
		namespace.emit("all", 1);
		namespace.sockets().values().forEach((socket) -> {
			socket.emit("one", 2);
			socket.emitWithAck("q", 3).subscribe();
		});
		namespace.emitWithAck("qa", 4).subscribe();
		fixture.ask(1, "[\"ask\"]");
		assertThat(this.seen).containsExactly("first all[1]", "second", "first one[2]", "second", "first q[3]",
				"second", "first qa[4]", "second");
	}

	@ParameterizedTest
	@EnumSource
	void middlewaresInterceptorsAndListenersForTheEndAreAdded(Place place) {
		Fixture fixture = new Fixture(place, (on) -> on.use((socket, event) -> {
			this.seen.add("middleware");
			return Mono.just(event);
		}).intercept((socket, event, chain) -> {
			this.seen.add("interceptor");
			return chain.proceed(event);
		}).on("x", note("x")).on("error", (socket, event) -> {
			throw new IllegalStateException("test");
		})
			.onError((socket, error, event) -> this.seen.add(event.name() + " " + error.getMessage()))
			.onDisconnecting((socket, reason, detail) -> this.seen.add("disconnecting " + socket.rooms().size()))
			.onDisconnect((socket, reason, detail) -> this.seen.add("disconnect " + socket.rooms().size())));
		fixture.receive("[\"x\"]").receive("[\"error\"]");
		fixture.client.lose();
		assertThat(this.seen).containsExactly("middleware", "interceptor", "x[]", "middleware", "interceptor",
				"error test", "disconnecting 1", "disconnect 0");
	}

	@ParameterizedTest
	@EnumSource(names = "SOCKET", mode = EnumSource.Mode.EXCLUDE)
	void connectionsAreListenedTo(Place place) {
		Fixture fixture = new Fixture(place, (on) -> {
			NamespaceRegistration<?> registration = (NamespaceRegistration<?>) on;
			registration.use((socket) -> Mono.fromRunnable(() -> this.seen.add("middleware " + socket.connected())))
				.onConnection((socket) -> this.seen.add("listener " + socket.connected()))
				.handleConnection((socket) -> Mono.fromRunnable(() -> this.seen.add("handler")))
				.handleConnection((socket) -> null);
		});
		assertThat(this.seen).containsExactly("middleware false", "listener true", "handler");
		assertThat(fixture.client.sent()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = "SOCKET", mode = EnumSource.Mode.EXCLUDE)
	void connectionHandlerIsCanceledWithTheSocketAndHoldsNothingBack(Place place) {
		Sinks.Empty<Void> never = Sinks.empty();
		Fixture fixture = new Fixture(place,
				(on) -> ((NamespaceRegistration<?>) on).handleConnection((socket) -> never.asMono())
					.on("x", note("x")));
		assertThat(never.currentSubscriberCount()).isOne();
		fixture.receive("[\"x\",1]");
		assertThat(this.seen).containsExactly("x[1]");
		fixture.client.lose();
		assertThat(never.currentSubscriberCount()).isZero();
	}

	@ParameterizedTest
	@EnumSource(names = "SOCKET", mode = EnumSource.Mode.EXCLUDE)
	void failureOfAConnectionListenerDisconnectsTheSocket(Place place) {
		List<Throwable> errors = new ArrayList<>();
		Fixture fixture = new Fixture(place,
				(on) -> ((NamespaceRegistration<?>) on).onConnection((socket) -> this.seen.add("first"))
					.onConnection((socket) -> {
						throw new IllegalStateException("test");
					})
					.onConnection((socket) -> this.seen.add("not called"))
					.onDisconnect((socket, reason, detail) -> this.seen.add(reason.text()))
					.onError((socket, error, event) -> {
						assertThat(event).isNull();
						errors.add(error);
					}));
		assertThat(fixture.client.sent()).containsExactly(place.packet("1", ""));
		assertThat(this.seen).containsExactly("first", "server namespace disconnect");
		assertThat(errors).singleElement().satisfies((error) -> assertThat(error).hasMessage("test"));
		assertThat(fixture.namespace().sockets()).isEmpty();
		assertThat(fixture.client.isClosed()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(names = "SOCKET", mode = EnumSource.Mode.EXCLUDE)
	void failureOfAConnectionHandlerDisconnectsTheSocket(Place place) {
		Sinks.Empty<Void> sink = Sinks.empty();
		Fixture fixture = new Fixture(place,
				(on) -> ((NamespaceRegistration<?>) on).handleConnection((socket) -> sink.asMono())
					.onError((socket, error, event) -> this.seen.add(error.getMessage())));
		assertThat(fixture.namespace().sockets()).hasSize(1);
		sink.tryEmitError(new IllegalStateException("later"));
		assertThat(fixture.client.sent()).containsExactly(place.packet("1", ""));
		assertThat(fixture.namespace().sockets()).isEmpty();
		assertThat(this.seen).containsExactly("later");
	}

	@Test
	void registrationsOfTheNamespaceAreCalledBeforeThoseOfTheSocket() {
		Fixture fixture = new Fixture(Place.SOCKET,
				(on) -> on.on("x", note("socket"))
					.onAny(note("any of the socket"))
					.onAnyOutgoing((socket, event, args) -> this.seen.add("outgoing of the socket"))
					.onDisconnect((socket, reason, detail) -> this.seen.add("end of the socket")));
		fixture.namespace()
			.on("x", note("namespace"))
			.onAny(note("any"))
			.onAnyOutgoing((socket, event, args) -> this.seen.add("outgoing"))
			.onDisconnect((socket, reason, detail) -> this.seen.add("end"));
		fixture.receive("[\"x\"]");
		fixture.namespace().emit("y");
		fixture.client.lose();
		assertThat(this.seen).containsExactly("any[]", "any of the socket[]", "namespace[]", "socket[]", "outgoing",
				"outgoing of the socket", "end", "end of the socket");
	}

	@Test
	void serverStandsForTheMainNamespace() {
		assertThat(this.io.name()).isEqualTo("/");
		this.io.on("x", note("server"));
		this.io.sockets().on("x", note("namespace"));
		this.io.of("/admin");
		TestSession client = this.server.open();
		client.connect();
		client.connect("0/admin,");
		client.receive("2[\"x\"]").receive("2/admin,[\"x\"]");
		assertThat(this.seen).containsExactly("server[]", "namespace[]");
		this.io.off("x");
		client.receive("2[\"x\"]");
		assertThat(this.seen).hasSize(2);
	}

	@Test
	void registrationOfAFamilyAppliesToNamespacesCreatedAfterwards() {
		DynamicNamespace family = this.io.of(Pattern.compile("/dyn-\\d"));
		assertThat(family.name()).isNotEmpty();
		TestSession client = this.server.open();
		client.connect("0/dyn-1,");
		family.on("x", note("family"));
		client.connect("0/dyn-2,");
		client.receive("2/dyn-1,[\"x\",1]").receive("2/dyn-2,[\"x\",2]");
		assertThat(this.seen).containsExactly("family[2]");
		assertThat(family.children()).extracting(Namespace::name).containsExactlyInAnyOrder("/dyn-1", "/dyn-2");
	}

	@ParameterizedTest
	@EnumSource
	void reservedNamesAreRefusedWithTheMethodToUse(Place place) {
		new Fixture(place, (on) -> {
			Map<String, String> hints = Map.of("connect", "use onConnection", "connection", "use onConnection",
					"disconnect", "use onDisconnect", "disconnecting", "use onDisconnecting", "connect_error",
					"only clients receive it; to reject a connection, use a middleware", "new_namespace",
					"use onNewNamespace", "newListener", "there is no such event", "removeListener",
					"there is no such event");
			hints.forEach((name, hint) -> {
				String message = "\"" + name + "\" is a reserved event name: " + hint;
				List<Consumer<String>> registrations = List.of((event) -> on.on(event, note("x")),
						(event) -> on.on(event, User.class, (socket, user, received) -> this.seen.add("x")),
						(event) -> on.on(event, USERS, (socket, users, received) -> this.seen.add("x")),
						(event) -> on.once(event, note("x")),
						(event) -> on.once(event, User.class, (socket, user, received) -> this.seen.add("x")),
						(event) -> on.once(event, USERS, (socket, users, received) -> this.seen.add("x")),
						(event) -> on.handle(event, (socket, received) -> null),
						(event) -> on.handle(event, User.class, (socket, user, received) -> null),
						(event) -> on.handle(event, USERS, (socket, users, received) -> null), (event) -> on.off(event),
						(event) -> on.off(event, note("x")));
				registrations.forEach((registration) -> assertThatIllegalArgumentException()
					.isThrownBy(() -> registration.accept(name))
					.withMessage(message));
			});
		});
	}

	@ParameterizedTest
	@EnumSource
	void nullIsRefused(Place place) {
		new Fixture(place, (on) -> {
			List<Runnable> registrations = List.of(() -> on.on(null, note("x")),
					() -> on.on("x", (SocketEventListener) null), () -> on.on("x", User.class, null),
					() -> on.on("x", (Class<User>) null, (socket, user, event) -> this.seen.add("x")),
					() -> on.once("x", null), () -> on.handle("x", (EventHandler) null),
					() -> on.handle("x", User.class, null), () -> on.off(null), () -> on.off("x", null),
					() -> on.onAny(null), () -> on.prependAny(null), () -> on.onAnyOutgoing(null),
					() -> on.prependAnyOutgoing(null), () -> on.use((EventMiddleware) null), () -> on.intercept(null),
					() -> on.onError(null), () -> on.onDisconnect(null), () -> on.onDisconnecting(null));
			registrations.forEach((registration) -> assertThatIllegalArgumentException().isThrownBy(registration::run));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "message", "error", "ping", "5", "" })
	void otherNamesAreAllowed(String name) {
		this.io.on(name, note("x"));
		TestSession client = this.server.open();
		client.connect();
		client.receive("2[\"" + name + "\"]");
		assertThat(this.seen).containsExactly("x[]");
	}

	record User(String name) {

	}

	/**
	 * Where something is registered.
	 */
	enum Place {

		SERVER("/"), NAMESPACE("/admin"), FAMILY("/dyn-1"), SOCKET("/admin");

		private final String nsp;

		Place(String nsp) {
			this.nsp = nsp;
		}

		String packet(String type, String content) {
			return this.nsp.equals("/") ? type + content : type + this.nsp + "," + content;
		}

	}

	/**
	 * A place and a client that is connected there.
	 */
	private final class Fixture {

		private final Place place;

		private final TestSession client = RegistrationTests.this.server.open();

		private Fixture(Place place, Consumer<EventRegistration<?>> registrations) {
			this.place = place;
			EventRegistration<?> registration = switch (place) {
				case SERVER -> RegistrationTests.this.io;
				case NAMESPACE -> RegistrationTests.this.io.of("/admin");
				case FAMILY -> RegistrationTests.this.io.of(Pattern.compile("/dyn-\\d"));
				case SOCKET -> {
					RegistrationTests.this.io.of("/admin");
					yield connect();
				}
			};
			registrations.accept(registration);
			if (place != Place.SOCKET) {
				connect();
			}
		}

		private Socket connect() {
			String id = this.client.connect("0" + (this.place.nsp.equals("/") ? "" : this.place.nsp + ","));
			return namespace().sockets().get(id);
		}

		private Namespace namespace() {
			return RegistrationTests.this.io.of(this.place.nsp);
		}

		private Fixture receive(String json) {
			this.client.receive(this.place.packet("2", json));
			return this;
		}

		private Fixture ask(int id, String json) {
			this.client.receive(this.place.packet("2", id + json));
			return this;
		}

		/**
		 * Return the acknowledgements that were sent, as {@code id[…]}.
		 */
		private List<String> acks() {
			return this.client.sent().stream().map((packet) -> packet.replaceFirst("^3(/[^,]+,)?", "")).toList();
		}

	}

}
