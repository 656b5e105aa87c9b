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

import java.security.Principal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.springsocketio.engineio.ApplicationCalls;
import io.github.springsocketio.engineio.Principals;
import io.github.springsocketio.socketio.packet.Packet;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Authenticates the sockets of a server when they connect, and when they renew their
 * authentication with an event.
 */
final class Authentications {

	/** The event with which a client renews its authentication. */
	private static final String RENEW = "auth:renew";

	private final DefaultSocketIoServer server;

	private final SocketAuthenticator[] authenticators;

	private final boolean required;

	Authentications(DefaultSocketIoServer server, SecurityOptions options) {
		this.server = server;
		this.authenticators = options.authenticators().toArray(SocketAuthenticator[]::new);
		this.required = options.authenticationRequired();
	}

	/**
	 * Return whether sockets have to be authenticated when they connect.
	 */
	boolean isEnabled() {
		return this.required || this.authenticators.length != 0;
	}

	/**
	 * Authenticate a socket that connects or renews its authentication.
	 * @return empty if the socket keeps the principal of the handshake request
	 */
	Mono<SocketAuthentication> authenticate(String namespace, Handshake handshake) {
		Mono<SocketAuthentication> result = Flux.fromArray(this.authenticators)
			.concatMap(
					(authenticator) -> ApplicationCalls.defer(() -> authenticator.authenticate(namespace, handshake)),
					1)
			.next();
		return this.required ? require(result, handshake) : result;
	}

	private static Mono<SocketAuthentication> require(Mono<SocketAuthentication> result, Handshake handshake) {
		return result.filter((authentication) -> Principals.isAuthenticated(authentication.principal()))
			.switchIfEmpty(Mono.defer(() -> Principals.isAuthenticated(handshake.principal()) ? Mono.empty()
					: Mono.error(unauthenticated())));
	}

	private static ConnectErrorException unauthenticated() {
		return ConnectErrorException.withCode("Authentication is required", "unauthenticated");
	}

	/**
	 * Renew the authentication of a socket if a packet is the event for it; in the
	 * session's turn. The result is sent as the acknowledgement.
	 * @return {@code false} if this is an event for the application
	 */
	boolean renew(DefaultSocket socket, Packet packet) {
		if (this.authenticators.length == 0 || !RENEW.equals(packet.event())) {
			return false;
		}
		DefaultEvent event = new DefaultEvent(socket, RENEW, packet);
		DefaultHandshake handshake = new DefaultHandshake(socket.conn().request(),
				socket.namespace().server().authPayload(packet.arguments()), 0);
		SocketLink link = socket.link();
		Mono<Map<String, ?>> result = link.tryRenew()
				? authenticate(socket.nsp(), handshake).takeUntilOther(socket.onDisconnect())
					.timeout(this.server.options().connectTimeout())
					.switchIfEmpty(Mono.error(ConnectErrorException.withCode("No credentials", "unauthenticated")))
					.flatMap((authentication) -> renewed(socket, link, authentication))
					.doFinally((signal) -> link.endRenewal())
				: Mono.error(ConnectErrorException.withCode("Another renewal is in progress", "renewal-in-progress"));
		HandlerResult.subscribe(result.onErrorResume((error) -> Mono.just(refused(socket, error))), socket, event);
		return true;
	}

	private static Mono<Map<String, ?>> renewed(DefaultSocket socket, SocketLink link,
			SocketAuthentication authentication) {
		return Mono.create((sink) -> socket.execute(() -> {
			if (link != socket.link() || !socket.isActive()) {
				sink.error(new SocketDisconnectedException());
			}
			else if (!Objects.equals(name(socket.handshake().principal()), name(authentication.principal()))) {
				sink.error(ConnectErrorException.withCode("The principal is another one", "principal-mismatch"));
			}
			else {
				link.renew(socket, authentication);
				Instant expiresAt = authentication.expiresAt();
				sink.success((expiresAt != null) ? Map.of("expiresAt", expiresAt.toEpochMilli()) : Map.of());
			}
		}));
	}

	private static @Nullable String name(@Nullable Principal principal) {
		return DefaultHandshake.principalName(principal);
	}

	private Map<String, ?> refused(DefaultSocket socket, Throwable error) {
		Map<String, Object> result = new LinkedHashMap<>();
		if (error instanceof ConnectErrorException refusal) {
			Object code = (refusal.data() instanceof Map<?, ?> data) ? data.get("code") : null;
			result.put("code", (code != null) ? code : "unauthenticated");
			result.put("message", String.valueOf(refusal.getMessage()));
		}
		else {
			this.server.failures().authenticationFailed(socket.nsp(), error);
			result.put("code", "internal");
			result.put("message", "Internal server error");
		}
		return Map.of("error", result);
	}

	/**
	 * Return the names of the authenticators.
	 */
	@Override
	public String toString() {
		return "Authentications" + List.of(this.authenticators);
	}

}
