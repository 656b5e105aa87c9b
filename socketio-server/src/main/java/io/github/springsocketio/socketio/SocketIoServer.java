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
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.github.springsocketio.engineio.EngineConnectionHandler;
import io.github.springsocketio.engineio.EngineServer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.lang.CheckReturnValue;

/**
 * A Socket.IO server. For registrations and as an operator it stands for its main
 * namespace {@code "/"}. Safe to use from any thread.
 *
 * @since 0.1.0
 */
public interface SocketIoServer extends NamespaceRegistration<SocketIoServer>, BroadcastOperator {

	/**
	 * Create a server on top of an engine, whose sessions it handles from now on.
	 * @param engine the engine
	 * @param options the options
	 * @return the server
	 */
	static SocketIoServer create(EngineServer engine, SocketIoOptions options) {
		return new DefaultSocketIoServer(engine, options);
	}

	/**
	 * Return a namespace, which is created if it does not exist.
	 * @param name the name; a missing leading {@code "/"} is added
	 * @return the namespace
	 */
	Namespace of(String name);

	/**
	 * Register a family of namespaces by a pattern that must match the whole name.
	 * @param pattern the pattern
	 * @return the family
	 */
	DynamicNamespace of(Pattern pattern);

	/**
	 * Register a family of namespaces by a function. Families are tried in the order of
	 * their registration.
	 * @param matcher the function
	 * @return the family
	 */
	DynamicNamespace of(NamespaceMatcher matcher);

	/**
	 * Return the main namespace.
	 * @return the namespace {@code "/"}
	 */
	Namespace sockets();

	/**
	 * Return all namespaces.
	 * @return a snapshot
	 */
	Collection<Namespace> namespaces();

	/**
	 * Add a listener for namespaces that are created.
	 * @param listener the listener; not called for {@code "/"}
	 */
	void onNewNamespace(Consumer<Namespace> listener);

	/**
	 * Select all sockets of a user, in all namespaces that exist on this node. A client
	 * gets an event once for each namespace that it has joined.
	 * @param name the name of the {@linkplain Socket#principal() principal}
	 * @return the operator; its methods that combine it with rooms add the sockets of
	 * these rooms in all namespaces
	 * @see BroadcastSelector#toUser(String)
	 */
	@CheckReturnValue
	BroadcastOperator user(String name);

	/**
	 * Select all sockets of a {@code WebSession}, in all namespaces that exist on this
	 * node. These are the sockets whose handshake had the session, also if its id was
	 * changed since.
	 * @param sessionId the current id of the session
	 * @return the operator, as that of {@link #user(String)}
	 * @see BroadcastSelector#toSession(String)
	 */
	@CheckReturnValue
	BroadcastOperator session(String sessionId);

	/**
	 * Disconnect all sockets of a {@code WebSession}, in all namespaces, and close their
	 * connections. These are the sockets whose handshake had the session, also if its id
	 * was changed since, such as by a login. Call it after the session was invalidated or
	 * before; a client that is still in a middleware of a namespace is not disconnected.
	 * @param sessionId the current id of the session
	 * @see #changeSessionId(String, String)
	 */
	void disconnectSession(String sessionId);

	/**
	 * Update the id of a {@code WebSession} after it has changed, such as by a login:
	 * {@link #disconnectSession} finds the sockets of the session by the new id. Sessions
	 * in memory need no call. With other stores the auto-configuration for Spring Boot
	 * calls this method when the id is changed by the {@code WebSession} of an exchange.
	 * Does nothing if no socket has the session.
	 * @param previousId the previous id
	 * @param id the new id
	 */
	void changeSessionId(String previousId, String id);

	/**
	 * Disconnect all sockets of a user, in all namespaces, and close their connections.
	 * @param name the name of the {@linkplain Socket#principal() principal}
	 */
	void disconnectUser(String name);

	/**
	 * Return who is present in the main namespace.
	 * @return the sockets and users of all nodes, as a snapshot and as changes
	 */
	default Presence presence() {
		return sockets().presence();
	}

	/**
	 * Return who is present in a room of the main namespace.
	 * @param room the name of the room
	 * @return the sockets and users of all nodes, as a snapshot and as changes
	 */
	default Presence presence(String room) {
		return sockets().presence(room);
	}

	/**
	 * Add a listener for the sockets of all namespaces on this node, also of those that
	 * are created later.
	 * @param listener the listener
	 */
	void addSocketListener(SocketListener listener);

	/**
	 * Add a listener for the rooms of the sockets of all namespaces on this node, also of
	 * those that are created later.
	 * @param listener the listener
	 */
	void addSocketListener(SocketRoomListener listener);

	/**
	 * Add a listener for the outcomes of connection state recovery in all namespaces.
	 * @param listener the listener
	 */
	void onRecovery(RecoveryListener listener);

	/**
	 * Add a listener for operations that an adapter could not accept, in all namespaces.
	 * @param listener the listener
	 */
	void onAdapterFailure(AdapterFailureListener listener);

	/**
	 * Call code that may block on a thread for blocking code, such as in a middleware. If
	 * Micrometer's context propagation is on the class path, its thread locals are set
	 * from the Reactor context of the subscriber.
	 * @param <T> the type of the result
	 * @param code the code
	 * @return cold; completes with the result, or empty for {@code null}
	 * @see HandlerOptions#blockingExecutor()
	 */
	@CheckReturnValue
	<T> Mono<T> callBlocking(Callable<? extends @Nullable T> code);

	/**
	 * Validate an argument with the {@linkplain HandlerOptions#validator() validator} of
	 * this server, as {@link Argument#valid(Object...)} does. Does nothing without a
	 * validator.
	 * @param index the position of the argument, from 0, or -1 for the auth payload
	 * @param value the argument
	 * @param hints hints for the validator, such as validation groups
	 * @throws ArgumentValidationException if the argument is not valid
	 */
	void validate(int index, Object value, Object... hints);

	/**
	 * Return the engine of this server.
	 * @return the engine
	 */
	EngineServer engine();

	/**
	 * Return the handler for sessions of the engine.
	 * @return creates the Socket.IO side of a session
	 */
	EngineConnectionHandler connectionHandler();

	/**
	 * Disconnect all sockets with the reason {@code server shutting down}, and close the
	 * adapters and the engine.
	 * @return completes when everything is closed; closing twice is no error
	 */
	@CheckReturnValue
	Mono<Void> close();

	/**
	 * Close the server gracefully: refuse handshakes, start no more handlers, and wait
	 * for handlers and acknowledgements in flight, for a quarter of the limit at most.
	 * Then close the sessions in batches with the reason {@code server shutting down},
	 * each after its outbound buffer was flushed. Finally {@link #close()} the server.
	 * @param limit the time limit; its last fifth is left for adapters
	 * @return completes when everything is closed, soon after the limit at the latest
	 * unless an adapter takes longer
	 */
	@CheckReturnValue
	Mono<Void> closeGracefully(Duration limit);

	/**
	 * Move the clients to other nodes: refuse handshakes from now on, and close the
	 * sessions one after the other within about the given time, at random moments. Before
	 * a session is closed, its further events are ignored, and its handlers in progress
	 * may complete within five seconds. Sockets end with the reason {@code server
	 * shutting down}; clients are sent no DISCONNECT packet and so reconnect by
	 * themselves. The server is not closed, but accepts no session any more. Call it
	 * again with a shorter time to be faster.
	 * @param period the time over which the sessions are spread; zero to close all at
	 * once
	 * @return cold; completes when the sessions are closed
	 */
	@CheckReturnValue
	Mono<Void> drain(Duration period);

}
