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

package com.example.app;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.springsocketio.autoconfigure.EngineWebOptionsCustomizer;
import io.github.springsocketio.engineio.web.HttpCompressionOptions;
import io.github.springsocketio.engineio.web.WebSocketCompressionOptions;
import io.github.springsocketio.redis.SocketIoEmitter;
import io.github.springsocketio.socketio.AckError;
import io.github.springsocketio.socketio.AckErrorException;
import io.github.springsocketio.socketio.Argument;
import io.github.springsocketio.socketio.BroadcastOperator;
import io.github.springsocketio.socketio.BroadcastSelector;
import io.github.springsocketio.socketio.ConnectErrorException;
import io.github.springsocketio.socketio.ConnectionStateRecovery;
import io.github.springsocketio.socketio.DynamicNamespace;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.EventInterceptor;
import io.github.springsocketio.socketio.EventRegistration;
import io.github.springsocketio.socketio.HandlerOptions;
import io.github.springsocketio.socketio.Handshake;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.NamespaceRegistration;
import io.github.springsocketio.socketio.OutgoingListener;
import io.github.springsocketio.socketio.Presence;
import io.github.springsocketio.socketio.PresenceChange;
import io.github.springsocketio.socketio.PresenceEvent;
import io.github.springsocketio.socketio.PresenceSnapshot;
import io.github.springsocketio.socketio.ReactorContextCustomizer;
import io.github.springsocketio.socketio.RemoteSocket;
import io.github.springsocketio.socketio.SecurityOptions;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketAuthentication;
import io.github.springsocketio.socketio.SocketAuthenticator;
import io.github.springsocketio.socketio.SocketEmitter;
import io.github.springsocketio.socketio.SocketEventListener;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.SocketListener;
import io.github.springsocketio.socketio.SocketRoomListener;
import io.github.springsocketio.socketio.adapter.BroadcastFlags;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.RoomListener;
import io.github.springsocketio.socketio.event.AbstractSocketEvent;
import io.github.springsocketio.socketio.event.RoomJoinedEvent;
import io.github.springsocketio.socketio.event.RoomLeftEvent;
import io.github.springsocketio.socketio.event.SocketConnectedEvent;
import io.github.springsocketio.socketio.event.SocketDisconnectedEvent;
import io.github.springsocketio.socketio.event.SocketRecoveredEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.ParameterizedTypeReference;

/**
 * Calls every method of the types in {@code PublicApi}.
 */
@Configuration(proxyBeanMethods = false)
public class PublicApiProgram {

	private static final ParameterizedTypeReference<List<Message>> MESSAGES = new ParameterizedTypeReference<>() {
	};

	private static final Argument<Message> ARGUMENT = Argument.of(Message.class);

	private static final Argument<Optional<String>> OPTIONAL = Argument.optional(String.class);

	private static final Argument<List<Message>> LIST = Argument.of(MESSAGES);

	private static final SocketEventListener LISTENER = (socket, event) -> event.ack(event.name());

	private static final OutgoingListener OUTGOING = (socket, event, args) -> args.size();

	@Bean
	NamespaceConfigurer namespaces() {
		NamespaceConfigurer chat = (io) -> io.of("/chat").on("echo", (socket, event) -> event.ack(event.name()));
		return (io) -> {
			chat.configure(io);
			server(io);
			namespace(io.sockets());
			family(io.of(Pattern.compile("/tenant-\\d+")));
			family(io.of((name, auth) -> Mono.just(name.startsWith("/game-"))));
		};
	}

	@Bean
	EventInterceptor timing() {
		return (socket, event, chain) -> chain.proceed(event.withName(event.name()).withArguments(event)).elapsed();
	}

	@Bean
	ReactorContextCustomizer tenant() {
		return (context, socket) -> context.put("tenant", socket.nsp());
	}

	@Bean
	EngineWebOptionsCustomizer compression() {
		HttpCompressionOptions http = HttpCompressionOptions.defaults();
		WebSocketCompressionOptions websocket = WebSocketCompressionOptions.defaults();
		return (builder) -> builder
			.httpCompression(HttpCompressionOptions.builder().threshold(http.threshold()).level(http.level()).build())
			.websocketCompression(WebSocketCompressionOptions.builder()
				.serverNoContext(websocket.serverNoContext())
				.preferredClientNoContext(websocket.preferredClientNoContext())
				.threshold(websocket.threshold())
				.serverMaxWindowBits(websocket.serverMaxWindowBits())
				.clientMaxWindowBits(websocket.clientMaxWindowBits())
				.build());
	}

	void server(SocketIoServer io) {
		register(io);
		registerForNamespace(io);
		io.name();
		io.disconnectSession("id");
		io.changeSessionId("id", "next");
		io.disconnectUser("ada");
		select(io.user("ada"));
		select(io.session("id"));
		select(io);
		io.onNewNamespace((namespace) -> namespace.name());
		io.onAdapterFailure((namespace, operation, error) -> namespace.emit("failure", operation));
		io.onRecovery((namespace, outcome) -> namespace.emit("recovery", outcome.text()));
		io.namespaces().forEach((namespace) -> namespace.isDynamic());
		io.presence().users().subscribe((users) -> io.emit("online", users));
		presence(io.presence("lobby"));
		io.addSocketListener(new SocketListener() {
		});
		io.addSocketListener(new SocketRoomListener() {
		});
		io.engine().setConnectionHandler(io.connectionHandler());
		io.callBlocking(() -> io.name()).subscribe();
		io.validate(0, "value", Message.class);
		SocketIoServer.create(io.sockets().server().engine(), options());
	}

	private static io.github.springsocketio.socketio.SocketIoOptions options() {
		return io.github.springsocketio.socketio.SocketIoOptions.builder()
			.connectionStateRecovery(recovery())
			.ackTimeout(Duration.ZERO)
			.handlers((handlers) -> handlers.errorAcks(true)
				.eventInterceptors(List.of((socket, event, chain) -> chain.proceed(event)))
				.reactorContextCustomizers(List.of((context, socket) -> context))
				.errorAckResolvers(List.of((socket, error, event) -> (error instanceof UnsupportedOperationException)
						? new AckError("unsupported", event.name()) : AckError.of(error)))
				.threadContexts(List.of())
				.observers(List.of())
				.validator(null)
				.blockingExecutor(Runnable::run))
			.security(security())
			.build();
	}

	private static SecurityOptions security() {
		SecurityOptions defaults = SecurityOptions.defaults();
		SocketAuthenticator keys = (namespace, handshake) -> "k1".equals(handshake.auth().get("key"))
				? Mono.just(SocketAuthentication.of(() -> "robot").withExpiresAt(Instant.now().plusSeconds(60)))
				: Mono.error(ConnectErrorException.withCode("Unknown key", "invalid-key"));
		SocketAuthenticator expiring = (namespace, handshake) -> keys.authenticate(namespace, handshake)
			.filter((result) -> result.expiresAt() != null && result.principal() != null
					&& !result.toString().isEmpty());
		return SecurityOptions.builder()
			.authenticators(defaults.authenticators().isEmpty() ? List.of(expiring) : defaults.authenticators())
			.authenticationRequired(defaults.authenticationRequired())
			.expiryNotice(defaults.expiryNotice())
			.expiryGrace(defaults.expiryGrace())
			.webSessionCheckInterval(defaults.webSessionCheckInterval())
			.webSessionKeepAlive(defaults.webSessionKeepAlive())
			.build();
	}

	private static ConnectionStateRecovery recovery() {
		ConnectionStateRecovery defaults = ConnectionStateRecovery.defaults();
		return ConnectionStateRecovery.builder()
			.maxDisconnectionDuration(defaults.maxDisconnectionDuration())
			.skipMiddlewares(defaults.skipMiddlewares())
			.maxSessions(defaults.maxSessions())
			.maxPackets(defaults.maxPackets())
			.maxBytes(defaults.maxBytes())
			.build();
	}

	Mono<Void> shutdown(SocketIoServer io) {
		return io.drain(Duration.ofMinutes(1)).then(io.closeGracefully(Duration.ofSeconds(5))).then(io.close());
	}

	void namespace(Namespace namespace) {
		register(namespace);
		registerForNamespace(namespace);
		select(namespace);
		RoomListener rooms = new RoomListener() {
		};
		namespace.addRoomListener(rooms).removeRoomListener(rooms);
		presence(namespace.presence());
		presence(namespace.presence("lobby"));
		namespace.onServerSide("sync", (args, ack) -> args.size()).serverSideEmit("sync", namespace.rooms());
		namespace.serverSideEmitWithAck("sync").subscribe();
		namespace.sockets().values().forEach((socket) -> socket.disconnect());
		namespace.adapter().serverCount().subscribe();
	}

	void presence(Presence presence) {
		presence.snapshot().map(PresenceSnapshot::users).zipWith(presence.users()).subscribe();
		presence.events().subscribe(this::presenceEvent);
	}

	String presenceEvent(PresenceEvent event) {
		if (event instanceof PresenceChange change) {
			boolean arrived = change.type() == PresenceChange.Type.JOINED && change.userChange();
			return change.user() + " " + change.socket().id() + " " + arrived;
		}
		PresenceSnapshot snapshot = (PresenceSnapshot) event;
		return event.room() + " " + snapshot.complete() + " " + snapshot.sockets().get(0).user();
	}

	@EventListener
	public void connected(SocketConnectedEvent event) {
		event.getSocket().join("lobby");
	}

	@EventListener
	public void disconnected(SocketDisconnectedEvent event) {
		event.getSocket().namespace().emit("left", event.getReason().text(), event.getDetail());
	}

	@EventListener
	public void any(AbstractSocketEvent event) {
		String room = (event instanceof RoomJoinedEvent joined) ? joined.getRoom()
				: (event instanceof RoomLeftEvent left) ? left.getRoom() : null;
		event.getSocket().emit("changed", room, event instanceof SocketRecoveredEvent);
	}

	void family(DynamicNamespace family) {
		register(family);
		registerForNamespace(family);
		select(family);
		family.children().forEach((child) -> child.emit("hello"));
	}

	<R extends NamespaceRegistration<R>> void registerForNamespace(R registration) {
		registration
			.use((socket) -> socket.handshake().auth().containsKey("token") ? Mono.empty()
					: Mono.error(new ConnectErrorException("unauthorized " + registration.name())))
			.onConnection((socket) -> socket(socket))
			.onRecovered((socket) -> socket.emit("again", socket.recovered()))
			.handleConnection((socket) -> socket.emitAll("tick", Flux.interval(Duration.ofSeconds(1))))
			.handleConnectionSerial((socket) -> socket.flushed())
			.handleConnectionBlocking((socket) -> socket.join("all"));
	}

	<R extends EventRegistration<R>> void register(R registration) {
		handle(registration);
		registration.on("a", LISTENER)
			.on("b", Message.class, (socket, message, event) -> event.ack(message.text()))
			.on("c", MESSAGES, (socket, messages, event) -> event.ack(messages.size()))
			.once("a", LISTENER)
			.once("b", Message.class, (socket, message, event) -> event.ack(message.text()))
			.once("c", MESSAGES, (socket, messages, event) -> event.ack(messages.size()))
			.handle("d", (socket, event) -> Mono.just(event.size()))
			.handle("e", Message.class, (socket, message, event) -> Mono.just(message.text()))
			.handle("f", MESSAGES, (socket, messages, event) -> Mono.just(messages.size()))
			.handleDisconnect((socket, reason, detail) -> Mono.just(reason))
			.handleDisconnectBlocking((socket, reason, detail) -> reason.text())
			.off("a", LISTENER)
			.off("b")
			.removeAllListeners()
			.onAny(LISTENER)
			.prependAny(LISTENER)
			.offAny(LISTENER)
			.onAnyOutgoing(OUTGOING)
			.prependAnyOutgoing(OUTGOING)
			.offAnyOutgoing(OUTGOING)
			.use((socket, event) -> Mono.just(event))
			.intercept((socket, event, chain) -> chain.proceed(event))
			.onError((socket, error, event) -> {
				if (event != null) {
					event.ack(Map.of("error", String.valueOf(error.getMessage())));
				}
			})
			.onDisconnecting((socket, reason, detail) -> socket.rooms())
			.onDisconnect((socket, reason, detail) -> reason.text());
		registration.eventNames().forEach(registration::off);
		registration.listenersAny().forEach(registration::onAny);
		registration.listenersAnyOutgoing().forEach(registration::onAnyOutgoing);
	}

	Argument<Optional<List<Message>>> validated() {
		return Argument.optional(MESSAGES).valid();
	}

	boolean handlers(HandlerOptions handlers) {
		return handlers.errorAcks() && handlers.validator() == null && handlers.blockingExecutor() == null
				&& handlers.errorAckResolvers().isEmpty() && handlers.threadContexts().isEmpty()
				&& handlers.observers().isEmpty() && handlers.eventInterceptors().isEmpty()
				&& handlers.reactorContextCustomizers().isEmpty();
	}

	AckErrorException full() {
		AckError error = new AckError("room-full", "The room is full");
		return new AckErrorException(new AckErrorException(error).error());
	}

	<R extends EventRegistration<R>> void handle(R registration) {
		registration.handle("g", ARGUMENT, (socket, message, event) -> Mono.just(message.text()))
			.handle("h", Message.class, String.class, (socket, message, text, event) -> Mono.just(text))
			.handle("i", ARGUMENT, OPTIONAL, (socket, message, text, event) -> Mono.justOrEmpty(text))
			.handle("j", Message.class, String.class, byte[].class,
					(socket, message, text, bytes, event) -> Mono.just(bytes.length))
			.handle("k", ARGUMENT, OPTIONAL, LIST, (socket, message, text, list, event) -> Mono.just(list.size()))
			.handleSerial("d", (socket, event) -> Mono.just(event.size()))
			.handleSerial("e", Message.class, (socket, message, event) -> Mono.just(message.text()))
			.handleSerial("f", MESSAGES, (socket, messages, event) -> Mono.just(messages.size()))
			.handleSerial("g", ARGUMENT, (socket, message, event) -> Mono.just(message.text()))
			.handleSerial("h", Message.class, String.class, (socket, message, text, event) -> Mono.just(text))
			.handleSerial("i", ARGUMENT, OPTIONAL, (socket, message, text, event) -> Mono.justOrEmpty(text))
			.handleSerial("j", Message.class, String.class, byte[].class,
					(socket, message, text, bytes, event) -> Mono.just(bytes.length))
			.handleSerial("k", ARGUMENT, OPTIONAL, LIST, (socket, message, text, list, event) -> Mono.just(list.size()))
			.handleBlocking("d", (socket, event) -> event.size())
			.handleBlocking("e", Message.class, (socket, message, event) -> message.text())
			.handleBlocking("f", MESSAGES, (socket, messages, event) -> messages.size())
			.handleBlocking("g", ARGUMENT, (socket, message, event) -> message.text())
			.handleBlocking("h", Message.class, String.class, (socket, message, text, event) -> text)
			.handleBlocking("i", ARGUMENT, OPTIONAL, (socket, message, text, event) -> text.orElse(null))
			.handleBlocking("j", Message.class, String.class, byte[].class,
					(socket, message, text, bytes, event) -> bytes)
			.handleBlocking("k", ARGUMENT, OPTIONAL, LIST, (socket, message, text, list, event) -> list);
	}

	void select(BroadcastOperator operator) {
		rooms(operator);
		BroadcastOperator selected = operator.asVolatile().compress(false).timeout(Duration.ofSeconds(1));
		selected.emit("news", "text", null, new byte[] { 1 });
		selected.send("text");
		selected.publish("news", 1).subscribe();
		selected.emitWithAck("q").subscribe((responses) -> responses.size());
		selected.emitWithAck(Message.class, "q").subscribe((responses) -> responses.size());
		selected.emitWithAck(MESSAGES, "q").subscribe((responses) -> responses.size());
		selected.fetchSockets().subscribe(this::remote);
		selected.countSockets().subscribe((count) -> count.longValue());
		selected.socketsJoin("a", "b");
		selected.socketsJoin(List.of("a", "b"));
		selected.socketsLeave("a");
		selected.socketsLeave(Set.of("a"));
		selected.disconnectSockets();
		selected.disconnectSockets(true);
	}

	void rooms(BroadcastSelector selector) {
		selector.to("a", "b").emit("x");
		selector.to(List.of("a")).emit("x");
		selector.in("a").emit("x");
		selector.in(Set.of("a")).emit("x");
		selector.toUser("ada").toSession("id").exceptUser("eve").emit("x");
		selector.except("b").emit("x");
		selector.except(List.of("b")).emit("x");
		selector.local().emit("x");
	}

	void socket(Socket socket) {
		register(socket);
		rooms(socket);
		remote(socket);
		socket.broadcast().emit("joined", socket.id(), socket.nsp(), socket.recovered());
		socket.to("a").emit("x");
		socket.to(List.of("a")).emit("x");
		socket.except("b").emit("x");
		socket.except(List.of("b")).emit("x");
		socket.local().emit("x");
		socket.toUser("ada").emit("x", String.valueOf(socket.principal()));
		socket.toSession("id").emit("x");
		socket.exceptUser("eve").emit("x");
		socket.flushed().then(socket.emitAll("row", Flux.range(0, 10))).subscribe();
		socket.onDisconnect().subscribe();
		socket.namespace().emit("count", socket.conn().protocol(), socket.connected());
	}

	void remote(RemoteSocket socket) {
		emit(socket);
		socket.data().put("rooms", socket.rooms());
		handshake(socket.handshake());
		socket.join("a", socket.id());
		socket.join(List.of("b"));
		socket.leave("a");
		socket.leave(List.of("b"));
		socket.disconnect();
		socket.disconnect(true);
	}

	void emit(SocketEmitter emitter) {
		SocketEmitter selected = emitter.asVolatile().compress(true).timeout(Duration.ofSeconds(1));
		selected.emit("news", (Object) new String[] { "one", "argument" });
		selected.send("text", null);
		selected.emitWithAck("q").subscribe((response) -> response.require(0, Message.class));
		selected.emitWithAck(Message.class, "q").subscribe((message) -> message.text());
		selected.emitWithAck(MESSAGES, "q").subscribe((messages) -> messages.size());
	}

	void event(Event event) {
		if (event.isAckRequested() && !event.isNumericName()) {
			event.ack(event.get(0), event.get(1, Message.class), event.get(2, MESSAGES),
					event.get(3, (java.lang.reflect.Type) String.class));
			event.ack(event.require(0, Message.class), event.require(1, MESSAGES), event.toList(), event.toArray());
		}
		event.withArguments(event.size()).withName(event.name()).ack();
	}

	void handshake(Handshake handshake) {
		handshake.headers().forEach((name, values) -> handshake.header(name));
		handshake.query().putAll(Map.of("url", handshake.url(), "address", handshake.address()));
		handshake.auth().put("login", handshake.auth(Message.class));
		handshake.attributes().put("user", String.valueOf(handshake.principal()));
		handshake.attribute(Message.class);
		handshake.session().flatMap((session) -> session.save()).subscribe();
		handshake.toMap()
			.putAll(Map.of("issued", handshake.issued(), "secure", handshake.secure(), "xdomain", handshake.xdomain()));
	}

	BroadcastOptions options(BroadcastOptions options) {
		BroadcastFlags flags = options.flags();
		BroadcastFlags changed = flags.asLocal()
			.asVolatile()
			.asSingleResponse()
			.withCompress(flags.isCompress())
			.withTimeout((flags.timeout() != null) ? flags.timeout() : Duration.ofSeconds(1));
		boolean any = changed.isLocal() || changed.isVolatile() || changed.isExpectSingleResponse();
		return BroadcastOptions.room(any + changed.toString())
			.withRooms(options.rooms())
			.withExcept(options.except())
			.withFlags(changed);
	}

	Mono<Void> emitter(SocketIoEmitter emitter) {
		SocketIoEmitter selected = emitter.of("/chat").to("a").except("b").asVolatile().compress(false);
		selected.emit("x", 1);
		selected.socketsJoin(List.of("c"));
		selected.socketsLeave(List.of("c"));
		selected.disconnectSockets(false);
		emitter.serverSideEmit("x", 1);
		return selected.publish("x", 1);
	}

	String describe(BroadcastOptions options) {
		return options.toString() + options.selects(Set.of("a"));
	}

	/**
	 * A message.
	 *
	 * @param text the text
	 */
	public record Message(String text) {

	}

}
