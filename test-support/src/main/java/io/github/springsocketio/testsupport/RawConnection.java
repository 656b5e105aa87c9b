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

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * A TCP connection to a local port. Nothing takes longer than {@link Await#LIMIT}.
 *
 * @since 0.1.0
 */
public final class RawConnection implements AutoCloseable {

	private final Socket socket;

	private final InputStream in;

	/**
	 * Connect.
	 * @param port the port
	 * @param tls what to encrypt with, or {@code null} for nothing
	 */
	public RawConnection(int port, @Nullable SSLContext tls) {
		this(port, tls, 0);
	}

	/**
	 * Connect.
	 * @param port the port
	 * @param tls what to encrypt with, or {@code null} for nothing
	 * @param receiveBuffer the number of bytes that the system accepts before they are
	 * read, or 0 for its default
	 */
	public RawConnection(int port, @Nullable SSLContext tls, int receiveBuffer) {
		try {
			this.socket = (tls != null) ? tls.getSocketFactory().createSocket() : new Socket();
			if (receiveBuffer != 0) {
				this.socket.setReceiveBufferSize(receiveBuffer);
			}
			this.socket.setTcpNoDelay(true);
			this.socket.setSoTimeout((int) Await.LIMIT.toMillis());
			this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
					(int) Await.LIMIT.toMillis());
			this.in = new BufferedInputStream(this.socket.getInputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the port of this side.
	 * @return the port
	 */
	public int localPort() {
		return this.socket.getLocalPort();
	}

	/**
	 * Set how long a read may take.
	 * @param time the longest time
	 */
	public void patience(Duration time) {
		try {
			this.socket.setSoTimeout((int) time.toMillis());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Write bytes, all of them at once.
	 * @param bytes the bytes
	 */
	public void write(byte[] bytes) {
		try {
			this.socket.getOutputStream().write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Write a text in UTF-8, all of it at once.
	 * @param text the text
	 */
	public void write(String text) {
		write(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Read a line that ends with CR LF.
	 * @return the line without its end, each byte a character
	 */
	public String readLine() {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int next = readByte();
		while (next != '\n') {
			line.write(next);
			next = readByte();
		}
		String text = line.toString(StandardCharsets.ISO_8859_1);
		return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
	}

	/**
	 * Read a byte.
	 * @return the byte, from 0 to 255
	 */
	public int readByte() {
		try {
			int next = this.in.read();
			if (next < 0) {
				throw new EOFException("The server closed the connection");
			}
			return next;
		}
		catch (SocketTimeoutException ex) {
			throw new AssertionError("The server sent nothing", ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read bytes.
	 * @param length how many
	 * @return the bytes
	 */
	public byte[] read(int length) {
		byte[] bytes = new byte[length];
		for (int i = 0; i < length; i++) {
			bytes[i] = (byte) readByte();
		}
		return bytes;
	}

	/**
	 * Wait until the server closes the connection, and fail if it sends anything before.
	 */
	public void awaitEnd() {
		String rest = readToEnd();
		if (!rest.isEmpty()) {
			throw new AssertionError("The server sent before it closed the connection: " + rest);
		}
	}

	/**
	 * Read until the server closes the connection, in whatever way.
	 * @return what it sent before
	 */
	public String readToEnd() {
		ByteArrayOutputStream rest = new ByteArrayOutputStream();
		try {
			int next = this.in.read();
			while (next >= 0) {
				rest.write(next);
				next = this.in.read();
			}
		}
		catch (SocketTimeoutException ex) {
			throw new AssertionError("The server did not close the connection, but sent: " + rest, ex);
		}
		catch (IOException ex) {
			// a reset is an end, too
		}
		return rest.toString(StandardCharsets.UTF_8);
	}

	/**
	 * End what this side sends.
	 */
	public void shutdownOutput() {
		try {
			this.socket.shutdownOutput();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Break the connection with a TCP reset.
	 */
	public void reset() {
		try {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
