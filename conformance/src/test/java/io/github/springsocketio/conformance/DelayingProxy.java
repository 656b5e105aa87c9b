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

package io.github.springsocketio.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Passes on what clients and a server send, each piece after a delay, like a long line.
 */
final class DelayingProxy implements AutoCloseable {

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	/**
	 * The only thread that writes, so that pieces with the same delay keep their order.
	 */
	private final ScheduledExecutorService writer = Executors
		.newSingleThreadScheduledExecutor((task) -> daemon(task, "delaying-proxy-writer"));

	private final ServerSocket server;

	private final int target;

	private final Duration delay;

	/**
	 * Listen on a port of its own.
	 * @param target the port of the server
	 * @param delay the delay in each direction
	 */
	DelayingProxy(int target, Duration delay) throws IOException {
		this.target = target;
		this.delay = delay;
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		daemon(this::accept, "delaying-proxy").start();
	}

	int port() {
		return this.server.getLocalPort();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				this.sockets.add(client);
				Socket upstream = new Socket(InetAddress.getLoopbackAddress(), this.target);
				this.sockets.add(upstream);
				client.setTcpNoDelay(true);
				upstream.setTcpNoDelay(true);
				daemon(() -> relay(client, upstream), "delaying-proxy-up").start();
				daemon(() -> relay(upstream, client), "delaying-proxy-down").start();
			}
		}
		catch (IOException ex) {
			// Closed
		}
	}

	private void relay(Socket from, Socket to) {
		byte[] buffer = new byte[16 * 1024];
		try {
			int length = from.getInputStream().read(buffer);
			while (length >= 0) {
				byte[] piece = Arrays.copyOf(buffer, length);
				later(() -> to.getOutputStream().write(piece));
				length = from.getInputStream().read(buffer);
			}
			later(to::shutdownOutput);
		}
		catch (IOException ex) {
			later(to::close);
		}
	}

	private void later(Step step) {
		if (this.writer.isShutdown()) {
			return;
		}
		this.writer.schedule(() -> {
			try {
				step.run();
			}
			catch (IOException ex) {
				// The other side is gone
			}
		}, this.delay.toMillis(), TimeUnit.MILLISECONDS);
	}

	private static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public void close() {
		this.writer.shutdownNow();
		try {
			this.server.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@FunctionalInterface
	private interface Step {

		void run() throws IOException;

	}

}
