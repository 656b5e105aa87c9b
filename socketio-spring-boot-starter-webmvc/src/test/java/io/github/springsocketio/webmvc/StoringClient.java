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

package io.github.springsocketio.webmvc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.test.client.SocketIoClient;
import io.github.springsocketio.test.client.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A client that has one thing after the other stored, repeats what was not acknowledged,
 * and connects again when its connection has ended.
 */
final class StoringClient implements AutoCloseable {

	private final String name;

	private final ScheduledExecutorService executor;

	private final long intervalMillis;

	private final SocketIoClient client;

	private final ClientSocket socket;

	private final AtomicInteger acknowledged = new AtomicInteger();

	private volatile String node = "";

	private volatile boolean closed;

	StoringClient(String name, String url, ScheduledExecutorService executor, long intervalMillis,
			Transport... transports) {
		this.name = name;
		this.executor = executor;
		this.intervalMillis = intervalMillis;
		this.client = SocketIoClient.builder(url).transports(transports).withCredentials(true).conversation(0).build();
		this.socket = this.client.socket();
		this.socket.onDisconnect((reason) -> reconnectLater());
		connect(this.socket.connectAsync());
	}

	/**
	 * Return the node that the latest acknowledgement came from.
	 */
	String node() {
		return this.node;
	}

	/**
	 * Return how many were acknowledged.
	 */
	int acknowledged() {
		return this.acknowledged.get();
	}

	/**
	 * Return the id of what was acknowledged, or will be.
	 */
	String id(int number) {
		return this.name + "-" + number;
	}

	private void connect(CompletableFuture<ClientSocket> connecting) {
		connecting.whenComplete((connected, error) -> {
			if (error == null) {
				store(this.acknowledged.get());
			}
			else {
				reconnectLater();
			}
		});
	}

	private void reconnectLater() {
		if (!this.closed) {
			this.executor.schedule(() -> {
				if (!this.closed) {
					connect(this.client.reconnectAsync().thenCompose((none) -> this.socket.connectAsync()));
				}
			}, ThreadLocalRandom.current().nextLong(100, 500), TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * Have something stored, unless that was done, as a new connection begins anew.
	 */
	private void store(int number) {
		if (!this.closed && this.socket.connected() && this.acknowledged.get() == number) {
			this.socket.emitWithAckAsync("store", id(number))
				.whenComplete((arguments, error) -> stored(number, arguments));
		}
	}

	/**
	 * Go on when it is acknowledged. Otherwise the next connection begins with the same.
	 */
	private void stored(int number, @Nullable Arguments arguments) {
		if (arguments != null && this.acknowledged.compareAndSet(number, number + 1)) {
			this.node = String.valueOf(arguments.get(0, String.class));
			this.executor.schedule(() -> store(number + 1), this.intervalMillis, TimeUnit.MILLISECONDS);
		}
	}

	@Override
	public void close() {
		this.closed = true;
		this.client.close();
	}

	@Override
	public String toString() {
		return this.name + " on " + this.node + ", " + this.acknowledged + " acknowledged, "
				+ (this.socket.connected() ? "connected" : "not connected");
	}

}
