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
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.lang.CheckReturnValue;
import org.springframework.web.server.WebSession;

/**
 * The handshake of a socket: the first HTTP request of its connection, and the auth
 * payload with which it joined the namespace.
 *
 * @since 0.1.0
 */
public interface Handshake {

	/**
	 * Return the headers of the request.
	 * @return an immutable map; names in lower case
	 */
	Map<String, List<String>> headers();

	/**
	 * Return a header of the request.
	 * @param name the name, in any case
	 * @return its values joined, or {@code null}
	 */
	@Nullable String header(String name);

	/**
	 * Return the address of the client.
	 * @return the address as text, or an empty string if it is not known
	 */
	String address();

	/**
	 * Return whether the request had an {@code Origin} header.
	 * @return whether it had
	 */
	boolean xdomain();

	/**
	 * Return whether the request was received over TLS.
	 * @return whether it did
	 */
	boolean secure();

	/**
	 * Return when the socket was created.
	 * @return the instant
	 */
	Instant issued();

	/**
	 * Return the request target.
	 * @return path with query
	 */
	String url();

	/**
	 * Return the parameters of the query, decoded.
	 * @return an immutable map
	 */
	Map<String, String> query();

	/**
	 * Return the auth payload.
	 * @return an immutable map, empty where the client sent none
	 */
	Map<String, @Nullable Object> auth();

	/**
	 * Return the auth payload converted to a type.
	 * @param <T> the type
	 * @param type the type
	 * @return the payload; of an empty object where the client sent none
	 * @throws io.github.springsocketio.socketio.packet.ArgumentConversionException if it
	 * cannot be converted
	 */
	<T> T auth(Class<T> type);

	/**
	 * Return the principal of the socket: that of a {@link SocketAuthenticator}, which
	 * the client may renew, otherwise that of the handshake request.
	 * @return the principal, or {@code null}
	 */
	@Nullable Principal principal();

	/**
	 * Return the attributes that filters, {@code AllowRequest} beans and header listeners
	 * have set on the exchange, shared by the sockets of one connection.
	 * @return a map that can be changed from any thread
	 */
	Map<String, Object> attributes();

	/**
	 * Return an attribute that is stored under the name of its type.
	 * @param <T> the type of the attribute
	 * @param type the type of the attribute
	 * @return the attribute, or {@code null} if there is none of that type
	 */
	default <T> @Nullable T attribute(Class<T> type) {
		Object value = attributes().get(type.getName());
		return type.isInstance(value) ? type.cast(value) : null;
	}

	/**
	 * Read the {@code WebSession} of the handshake request from its store, with the
	 * changes that were saved since. Changes of its attributes take effect for others
	 * with {@link WebSession#save()}, which also counts as an access to the session;
	 * reading it does not.
	 * @return cold; reads the session with each subscription. Empty if the request had no
	 * session, or if it has expired or was invalidated, or the socket is on another node;
	 * fails if the store does
	 */
	@CheckReturnValue
	default Mono<WebSession> session() {
		return Mono.empty();
	}

	/**
	 * Return the payload as a JSON object would be sent.
	 * @return {@code headers}, {@code time}, {@code address}, {@code xdomain},
	 * {@code secure}, {@code issued}, {@code url}, {@code query} and {@code auth}
	 */
	Map<String, @Nullable Object> toMap();

}
