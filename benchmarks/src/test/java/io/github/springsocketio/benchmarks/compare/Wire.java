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

package io.github.springsocketio.benchmarks.compare;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.BooleanSupplier;

/**
 * One thread that serves many connections with a selector.
 */
final class Wire implements AutoCloseable {

	/** So many addresses share the ports of many connections. */
	private static final int SOURCES = 100;

	private final Selector selector;

	private SocketAddress server;

	private int opened;

	private final ByteBuffer chunk = ByteBuffer.allocateDirect(1 << 18);

	Wire(SocketAddress server) throws IOException {
		this.selector = Selector.open();
		this.server = server;
	}

	/**
	 * Open the next connections to another server.
	 */
	void connectTo(SocketAddress other) {
		this.server = other;
	}

	/**
	 * Return the number of connections.
	 */
	int connections() {
		return this.selector.keys().size();
	}

	/**
	 * Serve until a condition holds or the time is over.
	 * @return whether the condition holds
	 */
	boolean run(long nanos, BooleanSupplier until) throws IOException {
		return run(nanos, 10, until);
	}

	/**
	 * Serve until a condition holds or the time is over.
	 * @param pause how many milliseconds may pass until the condition is checked again
	 * @return whether the condition holds
	 */
	boolean run(long nanos, int pause, BooleanSupplier until) throws IOException {
		long end = System.nanoTime() + nanos;
		while (!until.getAsBoolean()) {
			if (System.nanoTime() > end) {
				return false;
			}
			this.selector.select(pause);
			Iterator<SelectionKey> keys = this.selector.selectedKeys().iterator();
			while (keys.hasNext()) {
				Link link = (Link) keys.next().attachment();
				keys.remove();
				link.serve();
			}
		}
		return true;
	}

	@Override
	public void close() throws IOException {
		for (SelectionKey key : this.selector.keys()) {
			key.channel().close();
		}
		this.selector.close();
	}

	/**
	 * Understands what comes on a connection.
	 */
	interface Reader {

		/**
		 * Take what is complete.
		 * @return the number of bytes taken
		 */
		int read(byte[] data, int from, int to) throws IOException;

		/**
		 * The server closed the connection.
		 */
		void closed() throws IOException;

	}

	/**
	 * Something to do later.
	 */
	interface Task {

		void run() throws IOException;

	}

	/**
	 * A connection.
	 */
	final class Link {

		private final SocketChannel channel;

		private final SelectionKey key;

		private final Reader reader;

		private byte[] in = new byte[512];

		private int length;

		private byte[] out = new byte[256];

		private int pending;

		private boolean connected;

		private boolean closed;

		Link(Reader reader) throws IOException {
			this.reader = reader;
			this.channel = SocketChannel.open();
			this.channel.configureBlocking(false);
			this.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			this.channel.bind(new InetSocketAddress("127.0.0." + (1 + Wire.this.opened++ % SOURCES), 0));
			this.connected = this.channel.connect(Wire.this.server);
			this.key = this.channel.register(Wire.this.selector,
					this.connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
		}

		/**
		 * Append to what the next {@link #flush()} writes.
		 */
		void write(byte[] data, int from, int count) {
			if (this.pending + count > this.out.length) {
				this.out = Arrays.copyOf(this.out, 2 * (this.pending + count));
			}
			System.arraycopy(data, from, this.out, this.pending, count);
			this.pending += count;
		}

		void flush() throws IOException {
			if (this.pending == 0 || this.closed || !this.connected) {
				return;
			}
			ByteBuffer buffer = Wire.this.chunk;
			int written = 0;
			int count = 1;
			while (written < this.pending && count > 0) {
				buffer.clear();
				buffer.put(this.out, written, Math.min(this.pending - written, buffer.capacity())).flip();
				count = drain(buffer);
				written += count;
			}
			System.arraycopy(this.out, written, this.out, 0, this.pending - written);
			this.pending -= written;
			this.key.interestOps(SelectionKey.OP_READ | ((this.pending > 0) ? SelectionKey.OP_WRITE : 0));
		}

		private int drain(ByteBuffer buffer) {
			try {
				return this.channel.write(buffer);
			}
			catch (IOException ex) {
				return 0; // the next read tells
			}
		}

		private void serve() throws IOException {
			if (this.closed) {
				return; // by what another one has received since the selection
			}
			if (!this.connected) {
				this.connected = this.channel.finishConnect();
				this.key.interestOps(SelectionKey.OP_READ);
				flush();
				return;
			}
			ByteBuffer buffer = Wire.this.chunk;
			buffer.clear();
			int count = fill(buffer);
			if (count < 0) {
				close();
				this.reader.closed();
				return;
			}
			if (this.length + count > this.in.length) {
				this.in = Arrays.copyOf(this.in, 2 * (this.length + count));
			}
			buffer.flip().get(this.in, this.length, count);
			this.length += count;
			int from = 0;
			int taken = 1;
			while (taken > 0 && from < this.length) {
				taken = this.reader.read(this.in, from, this.length);
				from += taken;
			}
			System.arraycopy(this.in, from, this.in, 0, this.length - from);
			this.length -= from;
			flush();
		}

		private int fill(ByteBuffer buffer) {
			try {
				return this.channel.read(buffer);
			}
			catch (IOException ex) {
				return -1; // reset
			}
		}

		void close() throws IOException {
			this.closed = true;
			this.channel.close();
		}

	}

}
