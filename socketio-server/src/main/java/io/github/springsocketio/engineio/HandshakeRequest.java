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

package io.github.springsocketio.engineio;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.Internal;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The first HTTP request of a session: a compact copy that does not retain the request
 * object of the server and remains available for the life of the session.
 *
 * @since 0.1.0
 */
public interface HandshakeRequest {

	/**
	 * Return the request target.
	 * @return the path with the query, as the client sent it
	 */
	String url();

	/**
	 * Return the decoded query parameters; of a repeated parameter, the last value.
	 * @return an unmodifiable map
	 */
	Map<String, String> query();

	/**
	 * Return the request headers.
	 * @return an unmodifiable map with the names in lower case
	 */
	Map<String, List<String>> headers();

	/**
	 * Return a request header.
	 * @param name the name, which is not case-sensitive
	 * @return the values, joined with {@code ", "} ({@code "; "} for cookies), or
	 * {@code null} if there is no such header
	 */
	@Nullable String header(String name);

	/**
	 * Return the address of the client.
	 * @return the address, or {@code null} if it is unknown
	 */
	@Nullable InetSocketAddress remoteAddress();

	/**
	 * Return whether the scheme of the request is {@code https} or {@code wss}.
	 * @return whether it is
	 */
	boolean secure();

	/**
	 * Return the time of the handshake.
	 * @return the time at which the request was received
	 */
	Instant issued();

	/**
	 * Return the authenticated user.
	 * @return the principal of the exchange, or {@code null} if there is none
	 */
	@Nullable Principal principal();

	/**
	 * Return the attributes that filters, {@code AllowRequest} beans and listeners added
	 * to the exchange.
	 * @return a modifiable map for the life of the session; safe to use from any thread
	 */
	Map<String, Object> attributes();

	/**
	 * Return the current id of the {@code WebSession} that the client had at the
	 * handshake. The id is updated when it changes, such as by a login.
	 * @return the id, or {@code null} if there was no session
	 */
	default @Nullable String webSessionId() {
		return null;
	}

	/**
	 * Update the id of the {@code WebSession}. Does nothing if the client had another
	 * session at the handshake.
	 * @param previousId the previous id
	 * @param id the new id
	 */
	@Internal
	default void onWebSessionIdChanged(String previousId, String id) {
	}

	/**
	 * Read the {@code WebSession} that the client had at the handshake from its store.
	 * @return cold; empty if there was none, or it does not exist any more
	 */
	@Internal
	default Mono<?> webSession() {
		return Mono.empty();
	}

	/**
	 * Return whether the {@code WebSession} that the client had at the handshake still
	 * exists.
	 * @param access whether this counts as an access to the session
	 * @return cold; {@code true} if there was no session, or a session that was not
	 * started
	 */
	@Internal
	default Mono<Boolean> checkWebSession(boolean access) {
		return Mono.just(true);
	}

	/**
	 * Return the Reactor context of the handshake request at the time when the handshake
	 * was accepted, including the entries that {@code WebFilter}s have added. Entries
	 * that would retain the request are left out: the exchange, its parts, the
	 * {@code SecurityContext} of Spring Security (which is loaded from the exchange), the
	 * observation of the request and internal entries of Reactor.
	 * @return an immutable context; empty by default
	 */
	default ContextView context() {
		return Context.empty();
	}

	/**
	 * Return the approximate memory of this object.
	 * @return the size in bytes; 0 by default
	 */
	@Internal
	default int retainedBytes() {
		return 0;
	}

}
