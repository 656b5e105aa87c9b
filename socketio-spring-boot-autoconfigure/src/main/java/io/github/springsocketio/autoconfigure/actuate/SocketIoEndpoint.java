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

package io.github.springsocketio.autoconfigure.actuate;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.springsocketio.autoconfigure.actuate.ServerView.NodeView;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * The actuator endpoint for a Socket.IO server. It shows the state of this node,
 * disconnects sockets, sessions and users, and drains the node.
 */
@WebEndpoint(id = "socketio", defaultAccess = Access.READ_ONLY)
@RegisterReflectionForBinding({ ServerView.class, ServerView.NodeView.class, ServerView.NamespaceView.class,
		ServerView.RoomsView.class, ServerView.RoomView.class, ServerView.SocketsView.class,
		ServerView.SocketView.class })
class SocketIoEndpoint {

	private static final int STATUS_CONFLICT = 409;

	private static final int DEFAULT_LIMIT = 50;

	private static final int MAX_LIMIT = 1000;

	private static final Duration DEFAULT_PERIOD = Duration.ofSeconds(30);

	private static final Duration MAX_PERIOD = Duration.ofDays(1);

	private static final Duration NODES_TIMEOUT = Duration.ofSeconds(1);

	private final SocketIoServer server;

	private final @Nullable String nodeId;

	private final ServerDrain drain;

	private final ServerInspector inspector;

	/**
	 * Create the endpoint.
	 * @param nodeId the id of the node, or {@code null} if it is not known
	 */
	SocketIoEndpoint(SocketIoServer server, @Nullable String nodeId, ServerDrain drain) {
		this.server = server;
		this.nodeId = nodeId;
		this.drain = drain;
		this.inspector = new ServerInspector(server);
	}

	/**
	 * Describe this node.
	 */
	@ReadOperation
	Mono<ServerView> server() {
		return this.server.sockets()
			.adapter()
			.serverCount()
			.timeout(NODES_TIMEOUT)
			.map(this::view)
			.onErrorResume((error) -> Mono.fromSupplier(() -> view(null)));
	}

	private ServerView view(@Nullable Integer nodes) {
		Collection<Namespace> namespaces = this.server.namespaces();
		String id = (this.nodeId != null) ? ServerInspector.shorten(this.nodeId) : null;
		return new ServerView(new NodeView(id, this.drain.state(), nodes), this.inspector.sessions(),
				this.inspector.namespaces(namespaces), namespaces.size());
	}

	/**
	 * List rooms or sockets.
	 * @param kind {@code rooms} or {@code sockets}
	 * @param namespace the name of a namespace, or {@code null} for all
	 * @param id the start of the shown part of the ids of sockets, or {@code null} for
	 * all. Only the shown part is compared, so that the other characters cannot be found
	 * by trial
	 * @param user the name of a user, or {@code null} for all
	 * @param limit the maximum number of results, or {@code null} for 50
	 * @return the result, or {@code null} if the kind is unknown
	 */
	@ReadOperation
	@Nullable Object list(@Selector String kind, @Nullable String namespace, @Nullable String id, @Nullable String user,
			@Nullable Integer limit) {
		int max = (limit != null) ? limit : DEFAULT_LIMIT;
		if (max < 1 || max > MAX_LIMIT) {
			throw new InvalidEndpointRequestException("'limit' must be from 1 to " + MAX_LIMIT,
					"The limit is out of range");
		}
		return switch (kind) {
			case "rooms" -> this.inspector.rooms(namespace, max);
			case "sockets" -> this.inspector.sockets((socket) -> (namespace == null || namespace.equals(socket.nsp()))
					&& (user == null || user.equals(ServerInspector.userName(socket)))
					&& (id == null || ServerInspector.shortId(socket).startsWith(id)), max);
			default -> null;
		};
	}

	/**
	 * Disconnect a socket, a session, or the sockets of a user. Official clients do not
	 * reconnect automatically afterwards.
	 * @param kind {@code sockets}, {@code sessions} or {@code users}
	 * @param name an id as this endpoint shows it, or the name of a user, whose sockets
	 * are disconnected on all nodes
	 * @param namespace the name of the namespace of a socket, or {@code null} for any
	 * @return status 204; 404 if there is no such socket or session on this node, and 409
	 * if there are several
	 */
	@DeleteOperation
	WebEndpointResponse<Void> disconnect(@Selector String kind, @Selector String name, @Nullable String namespace) {
		return switch (kind) {
			case "sockets" -> disconnectOne(
					this.inspector.find((socket) -> name.equals(ServerInspector.shortId(socket))
							&& (namespace == null || namespace.equals(socket.nsp()))),
					(socket) -> socket.disconnect(false));
			case "sessions" -> disconnectOne(this.server.engine()
				.sessions()
				.stream()
				.filter((session) -> name.equals(ServerInspector.shorten(session.id())))
				.toList(), this::disconnectSession);
			case "users" -> {
				this.server.disconnectUser(name);
				yield new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
			}
			default -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		};
	}

	private static <T> WebEndpointResponse<Void> disconnectOne(List<? extends T> found, Consumer<T> action) {
		if (found.size() == 1) {
			action.accept(found.get(0));
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
		}
		return new WebEndpointResponse<>(found.isEmpty() ? WebEndpointResponse.STATUS_NOT_FOUND : STATUS_CONFLICT);
	}

	private void disconnectSession(EngineSession session) {
		List<Socket> sockets = this.inspector.find((socket) -> socket.conn() == session);
		if (sockets.isEmpty()) {
			session.close();
		}
		else {
			sockets.get(0).disconnect(true);
		}
	}

	/**
	 * Drain this node: change its readiness state, and close its sessions gradually.
	 * @param action {@code drain}
	 * @param period the time over which the sessions are closed, or {@code null} for 30
	 * seconds
	 * @return the state of the node
	 */
	@WriteOperation
	WebEndpointResponse<Map<String, Object>> run(@Selector String action, @Nullable Duration period) {
		if (!"drain".equals(action)) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		Duration time = (period != null) ? period : DEFAULT_PERIOD;
		if (time.isNegative() || time.compareTo(MAX_PERIOD) > 0) {
			throw new InvalidEndpointRequestException("'period' must be from 0 to " + MAX_PERIOD.toHours() + " hours",
					"The period is out of range");
		}
		this.drain.start(time);
		return new WebEndpointResponse<>(Map.of("state", this.drain.state()));
	}

}
