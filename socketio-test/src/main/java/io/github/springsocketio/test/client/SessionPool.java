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

package io.github.springsocketio.test.client;

import java.net.SocketAddress;
import java.util.function.Supplier;

import io.netty.resolver.AddressResolverGroup;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.TransportConfig;

/**
 * The connection pool of a session. The sessions of a client use the same
 * {@link HttpClient}. It is customized once, on the thread that builds the client,
 * because a customizer may block, such as one that reads certificates.
 */
final class SessionPool {

	private static final AttributeKey<ConnectionProvider> POOL = AttributeKey.valueOf(SessionPool.class, "pool");

	private final ConnectionProvider connections = ConnectionProvider.builder("socketio-client")
		.maxConnections(6)
		.pendingAcquireMaxCount(100)
		.build();

	/**
	 * Return the client before customization.
	 */
	static HttpClient client() {
		return HttpClient.create(SessionPool::acquire).runOn(ClientEventLoop.LOOPS);
	}

	private static Mono<? extends Connection> acquire(TransportConfig config, ConnectionObserver observer,
			@Nullable Supplier<? extends SocketAddress> address, @Nullable AddressResolverGroup<?> resolver) {
		ConnectionProvider connections = (ConnectionProvider) config.attributes().get(POOL);
		return (connections != null) ? connections.acquire(config, observer, address, resolver)
				: Mono.error(new IllegalStateException("The client has no session"));
	}

	/**
	 * Return a client that acquires its connections from this pool.
	 */
	HttpClient use(HttpClient client) {
		return client.attr(POOL, this.connections);
	}

	void close() {
		this.connections.dispose();
	}

}
