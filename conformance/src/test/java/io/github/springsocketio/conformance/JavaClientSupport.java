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

import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What tests with the official Java client have in common.
 */
abstract class JavaClientSupport {

	/** Whether it is the client of protocol 3. */
	static final boolean OLD = "3".equals(System.getProperty("java-client.protocol"));

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	static Stream<List<String>> transports() {
		return Stream.of(List.of("polling"), List.of("websocket"), List.of("polling", "websocket"));
	}

	@AfterEach
	void close() {
		this.sockets.forEach(Socket::close);
	}

	final Socket openAt(String url, List<String> transports, IO.Options options, OkHttpClient http) {
		options.forceNew = true;
		options.transports = transports.toArray(String[]::new);
		if (http != null) {
			options.callFactory = http;
			options.webSocketFactory = http;
		}
		Socket socket = IO.socket(URI.create(url), options);
		this.sockets.add(socket);
		return socket;
	}

	static void connected(Socket socket) throws InterruptedException {
		BlockingQueue<Object[]> connections = events(socket, Socket.EVENT_CONNECT);
		socket.connect();
		next(connections);
	}

	static BlockingQueue<Object[]> events(Socket socket, String event) {
		BlockingQueue<Object[]> queue = new LinkedTransferQueue<>();
		socket.on(event, queue::add);
		return queue;
	}

	static Object[] ask(Socket socket, String event, Object... args) throws InterruptedException {
		BlockingQueue<Object[]> answers = new LinkedTransferQueue<>();
		socket.emit(event, args, (Ack) answers::add);
		return next(answers);
	}

	static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
		T next = queue.poll(20, TimeUnit.SECONDS);
		assertThat(next).as("an event within 20 s").isNotNull();
		return next;
	}

	/**
	 * Keeps all cookies, and returns them with every request.
	 *
	 * @param cookies where they are kept
	 */
	record ListCookieJar(List<Cookie> cookies) implements CookieJar {

		@Override
		public void saveFromResponse(HttpUrl url, List<Cookie> received) {
			this.cookies.addAll(received);
		}

		@Override
		public List<Cookie> loadForRequest(HttpUrl url) {
			return this.cookies;
		}

	}

}
