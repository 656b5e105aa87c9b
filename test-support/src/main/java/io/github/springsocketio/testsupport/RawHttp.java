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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 client on one connection, which is kept alive.
 *
 * @since 0.1.0
 */
public final class RawHttp implements AutoCloseable {

	private static final ExecutorService READERS = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "raw-http-reader");
		thread.setDaemon(true);
		return thread;
	});

	private final RawConnection connection;

	/**
	 * Connect without encryption.
	 * @param port the port
	 */
	public RawHttp(int port) {
		this(port, null);
	}

	/**
	 * Connect.
	 * @param port the port
	 * @param tls what to encrypt with, or {@code null} for nothing
	 */
	public RawHttp(int port, @Nullable SSLContext tls) {
		this(new RawConnection(port, tls));
	}

	public RawHttp(RawConnection connection) {
		this.connection = connection;
	}

	/**
	 * Return the connection.
	 * @return the connection
	 */
	public RawConnection connection() {
		return this.connection;
	}

	/**
	 * Send a GET request and read its response.
	 * @param target the request target, sent as it is
	 * @param headers lines such as {@code "Cookie: a=b"}
	 * @return the response
	 */
	public RawResponse get(String target, String... headers) {
		return exchange("GET", target, null, headers);
	}

	/**
	 * Send a POST request and read its response.
	 * @param target the request target, sent as it is
	 * @param body the body, in UTF-8
	 * @param headers lines such as {@code "Cookie: a=b"}
	 * @return the response
	 */
	public RawResponse post(String target, String body, String... headers) {
		return exchange("POST", target, body.getBytes(StandardCharsets.UTF_8), headers);
	}

	/**
	 * Send a request and read its response.
	 * @param method the method
	 * @param target the request target, sent as it is
	 * @param body the body, or {@code null} for none and no {@code Content-Length}
	 * @param headers lines such as {@code "Cookie: a=b"}
	 * @return the response
	 */
	public RawResponse exchange(String method, String target, byte @Nullable [] body, String... headers) {
		send(method, target, body, headers);
		return read(method);
	}

	/**
	 * Send a request.
	 * @param method the method
	 * @param target the request target, sent as it is
	 * @param body the body, or {@code null} for none and no {@code Content-Length}
	 * @param headers lines such as {@code "Cookie: a=b"}
	 */
	public void send(String method, String target, byte @Nullable [] body, String... headers) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.writeBytes(head(method, target, (body != null) ? body.length : -1, headers));
		if (body != null) {
			bytes.writeBytes(body);
		}
		this.connection.write(bytes.toByteArray());
	}

	/**
	 * Send a request up to the end of its headers.
	 * @param method the method
	 * @param target the request target, sent as it is
	 * @param length the {@code Content-Length}; negative to leave that header out
	 * @param headers lines such as {@code "Cookie: a=b"}
	 */
	public void sendHead(String method, String target, int length, String... headers) {
		this.connection.write(head(method, target, length, headers));
	}

	private static byte[] head(String method, String target, int length, String... headers) {
		StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
		for (String header : headers) {
			head.append(header).append("\r\n");
		}
		if (length >= 0) {
			head.append("Content-Length: ").append(length).append("\r\n");
		}
		return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Ask for a websocket.
	 * @param target the request target
	 * @param headers further headers
	 * @return the response, whatever it is
	 */
	public RawResponse upgrade(String target, String... headers) {
		List<String> all = new ArrayList<>(RawWebSocket.handshakeHeaders());
		all.addAll(List.of(headers));
		return get(target, all.toArray(String[]::new));
	}

	/**
	 * Read the response of a request that was sent before.
	 * @return comes when the response does
	 */
	public CompletableFuture<RawResponse> pending() {
		return CompletableFuture.supplyAsync(this::read, READERS);
	}

	/**
	 * Read the response to a GET request.
	 * @return the response
	 */
	public RawResponse read() {
		return read("GET");
	}

	/**
	 * Read the response to a request.
	 * @param method the method of the request
	 * @return the response
	 */
	public RawResponse read(String method) {
		String[] line = this.connection.readLine().split(" ", 3);
		if (line.length < 2 || !line[0].equals("HTTP/1.1")) {
			throw new AssertionError("No status line: " + String.join(" ", line));
		}
		int status = Integer.parseInt(line[1]);
		List<Map.Entry<String, String>> headers = readHeaders();
		RawResponse head = new RawResponse(status, (line.length > 2) ? line[2] : "", headers, new byte[0]);
		byte[] body = readBody(head, method);
		return new RawResponse(status, head.reason(), headers, body);
	}

	private List<Map.Entry<String, String>> readHeaders() {
		List<Map.Entry<String, String>> headers = new ArrayList<>();
		String line = this.connection.readLine();
		while (!line.isEmpty()) {
			int colon = line.indexOf(':');
			headers.add(Map.entry(line.substring(0, colon), line.substring(colon + 1).trim()));
			line = this.connection.readLine();
		}
		return List.copyOf(headers);
	}

	private byte[] readBody(RawResponse head, String method) {
		int status = head.status();
		if (status < 200 || status == 204 || status == 304 || method.equals("HEAD")) {
			return new byte[0];
		}
		if ("chunked".equals(head.header("transfer-encoding"))) {
			return readChunks();
		}
		String length = head.header("content-length");
		if (length == null) {
			return this.connection.readToEnd().getBytes(StandardCharsets.UTF_8);
		}
		return this.connection.read(Integer.parseInt(length));
	}

	private byte[] readChunks() {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		int length = Integer.parseInt(this.connection.readLine(), 16);
		while (length > 0) {
			body.writeBytes(this.connection.read(length));
			this.connection.readLine();
			length = Integer.parseInt(this.connection.readLine(), 16);
		}
		this.connection.readLine();
		return body.toByteArray();
	}

	@Override
	public void close() {
		this.connection.close();
	}

}
