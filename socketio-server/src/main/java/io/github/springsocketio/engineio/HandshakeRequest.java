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

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What is kept of the first HTTP request of a session, for the session's whole life
 * (EIO-36): compact and detached from the server's own request object.
 *
 * @since 0.1.0
 */
public interface HandshakeRequest {

	/**
	 * Return the request target.
	 * @return path with query, as the client sent it
	 */
	String url();

	/**
	 * Return the parameters of the query, decoded; of repeated ones the last (EIO-06).
	 * @return an immutable map
	 */
	Map<String, String> query();

	/**
	 * Return the headers of the request.
	 * @return an immutable map; names in lower case
	 */
	Map<String, List<String>> headers();

	/**
	 * Return a header of the request.
	 * @param name the name, in any case
	 * @return its values joined with {@code ", "} ({@code "; "} for cookies), or
	 * {@code null}
	 */
	@Nullable String header(String name);

	/**
	 * Return the address of the client.
	 * @return the address, or {@code null} if the server does not tell
	 */
	@Nullable InetSocketAddress remoteAddress();

	/**
	 * Return whether the request came over TLS.
	 * @return whether the scheme is secure
	 */
	boolean secure();

	/**
	 * Return when the handshake was made.
	 * @return the instant
	 */
	Instant issued();

	/**
	 * Return who made the handshake.
	 * @return the principal of the exchange, or {@code null} if there was none
	 */
	@Nullable Principal principal();

	/**
	 * Return what filters, {@code AllowRequest} beans and listeners left on the exchange.
	 * @return a map that lives as long as the session; safe to use from any thread
	 */
	Map<String, Object> attributes();

	/**
	 * Return what the Reactor context of the handshake request held when the handshake
	 * was accepted, such as what a {@code WebFilter} wrote to it. Entries that would
	 * retain the request are left out: the exchange, its parts, the
	 * {@code SecurityContext} of Spring Security (which is loaded from the exchange), the
	 * observation of the request and what Reactor keeps there for itself.
	 * @return an immutable context; empty by default
	 */
	default ContextView context() {
		return Context.empty();
	}

}
