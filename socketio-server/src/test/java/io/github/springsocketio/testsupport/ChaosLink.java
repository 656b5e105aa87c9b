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
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * One connection of a {@link ChaosProxy}: a thread for each direction.
 */
public final class ChaosLink {

	private final Socket client;

	private final Socket server;

	private final AtomicInteger directions = new AtomicInteger(2);

	private volatile int piece = 65536;

	private volatile long pause;

	private volatile boolean vanished;

	private volatile @Nullable Socket repeated;

	ChaosLink(Socket client, int target) throws IOException {
		this.client = client;
		try {
			this.server = new Socket(InetAddress.getLoopbackAddress(), target);
			this.client.setTcpNoDelay(true);
			this.server.setTcpNoDelay(true);
		}
		catch (IOException ex) {
			client.close();
			throw ex;
		}
	}

	static void start(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	void start(Runnable over) {
		start("chaos-up", () -> pump(this.client, this.server, true, over));
		start("chaos-down", () -> pump(this.server, this.client, false, over));
	}

	int clientPort() {
		return this.client.getPort();
	}

	boolean isOver() {
		return this.directions.get() == 0;
	}

	private void pump(Socket from, Socket to, boolean up, Runnable over) {
		byte[] buffer = new byte[65536];
		try {
			InputStream in = from.getInputStream();
			int length = in.read(buffer);
			while (length >= 0) {
				pass(buffer, length, to, up);
				length = in.read(buffer);
			}
			if (!this.vanished) {
				to.shutdownOutput();
			}
		}
		catch (IOException ex) {
			if (!this.vanished) {
				close();
			}
		}
		if (this.directions.decrementAndGet() == 0) {
			close();
			over.run();
		}
	}

	private void pass(byte[] buffer, int length, Socket to, boolean up) throws IOException {
		OutputStream out = to.getOutputStream();
		Socket second = up ? this.repeated : null;
		if (second != null) {
			second.getOutputStream().write(buffer, 0, length);
		}
		for (int from = 0; from < length && !this.vanished;) {
			int size = Math.min(this.piece, length - from);
			out.write(buffer, from, size);
			from += size;
			if (this.pause > 0) {
				Await.pass(Duration.ofNanos(this.pause));
			}
		}
	}

	/**
	 * Pass every byte on by itself, in both directions.
	 */
	public void split() {
		this.piece = 1;
	}

	/**
	 * Pass on slowly, in both directions.
	 * @param bytes so many at once
	 * @param time the time after each
	 */
	public void throttle(int bytes, Duration time) {
		this.piece = bytes;
		this.pause = time.toNanos();
	}

	/**
	 * Pass nothing on any more, neither bytes nor the end, and keep both connections.
	 */
	public void vanish() {
		this.vanished = true;
	}

	/**
	 * Send what the client sends over a second connection, too, whose answers nobody
	 * reads.
	 */
	public void repeat() {
		try {
			this.repeated = new Socket(InetAddress.getLoopbackAddress(), this.server.getPort());
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	/**
	 * Break the connection to the server with a TCP reset, and that to the client, too.
	 */
	public void reset() {
		for (Socket socket : Arrays.asList(this.server, this.client)) {
			try {
				socket.setSoLinger(true, 0);
				socket.close();
			}
			catch (IOException ex) {
				// it is closed already
			}
		}
		close();
	}

	/**
	 * Tell the server that the client sends no more, while the client still may read.
	 */
	public void halfClose() {
		try {
			this.server.shutdownOutput();
		}
		catch (IOException ex) {
			// it is closed already
		}
	}

	/**
	 * Return whether the server has closed its side, or the proxy did.
	 * @return whether nothing more can come from the server
	 */
	public boolean isServerDone() {
		return this.directions.get() < 2 || this.server.isClosed();
	}

	void close() {
		for (Socket socket : Arrays.asList(this.server, this.client, this.repeated)) {
			try {
				if (socket != null) {
					socket.close();
				}
			}
			catch (IOException ex) {
				// it is closed already
			}
		}
	}

}
