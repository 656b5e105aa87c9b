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

package io.github.springsocketio.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy between clients and a local port that does to a connection what networks
 * do: delay, throttle, cut into single bytes, repeat, reset, close one direction, or
 * forget it without a word (SEC-128).
 */
public final class ChaosProxy implements AutoCloseable {

	private final int target;

	private final ServerSocket listener;

	private final Map<Integer, ChaosLink> links = new ConcurrentHashMap<>();

	private volatile Consumer<ChaosLink> shape = (link) -> {
	};

	/**
	 * Start a proxy.
	 * @param target the port of the server
	 */
	public ChaosProxy(int target) {
		this.target = target;
		try {
			this.listener = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		ChaosLink.start("chaos-proxy", this::accept);
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket client = this.listener.accept();
				ChaosLink link = new ChaosLink(client, this.target);
				this.shape.accept(link);
				link.start(() -> this.links.remove(link.clientPort(), link));
				this.links.put(link.clientPort(), link);
				if (link.isOver()) {
					this.links.remove(link.clientPort(), link);
				}
			}
			catch (IOException ex) {
				// closed, or the server does not take it
			}
		}
	}

	public int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Set what happens to connections that come from now on.
	 * @param shape called with each of them before any byte has passed
	 */
	public void shape(Consumer<ChaosLink> shape) {
		this.shape = shape;
	}

	/**
	 * Make connections slow.
	 * @param bytes so many at once
	 * @param pause the time between two times that many
	 */
	public void throttle(int bytes, Duration pause) {
		shape((link) -> link.throttle(bytes, pause));
	}

	/**
	 * Return the connection of a client.
	 * @param client the client
	 * @return what the proxy does to it
	 */
	public ChaosLink link(RawConnection client) {
		Await.until("the proxy has the connection", () -> this.links.containsKey(client.localPort()));
		return this.links.get(client.localPort());
	}

	/**
	 * Return the connection of a client, if it goes through this proxy.
	 * @param localPort the client's own port
	 * @return what the proxy does to it, or {@code null}
	 */
	public @Nullable ChaosLink find(int localPort) {
		return this.links.get(localPort);
	}

	/**
	 * Return how many connections are open in either direction.
	 * @return the number
	 */
	public int links() {
		return this.links.size();
	}

	@Override
	public void close() {
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.links.values().forEach(ChaosLink::close);
	}

}
