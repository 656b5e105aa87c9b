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

package io.github.springsocketio.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.client.Transport;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RawWebSocket;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application on a port of its own, with an HTTP client that keeps no cookies, and a
 * tester.
 */
final class TestApplication implements AutoCloseable {

	private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

	private final HttpClient client = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private final int port;

	private final SocketIoTester tester;

	private TestApplication(ConfigurableApplicationContext context) {
		this.context = context;
		this.port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		this.tester = SocketIoTester.bindToServer("http://localhost:" + this.port)
			.transports(Transport.WEBSOCKET)
			.timeout(Await.LIMIT);
	}

	static TestApplication run(Class<?> application, String... properties) {
		return new TestApplication(new SpringApplicationBuilder(application).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "spring.main.banner-mode=off", "spring.reactor.netty.shutdown-quiet-period=0s",
					"socketio.shutdown-timeout=500ms")
			.properties(properties)
			.run());
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	int port() {
		return this.port;
	}

	HttpResponse<String> get(String target, String... headers) {
		return send(request(target, headers).build());
	}

	HttpResponse<String> options(String target, String... headers) {
		return send(request(target, headers).method("OPTIONS", BodyPublishers.noBody()).build());
	}

	HttpResponse<String> post(String target, String body, String... headers) {
		return send(request(target, headers).POST(BodyPublishers.ofString(body)).build());
	}

	/**
	 * Return a tester whose clients begin with a websocket.
	 */
	SocketIoTester tester() {
		return this.tester;
	}

	/**
	 * Open a websocket that shows what is on the wire.
	 */
	RawWebSocket websocket(String target, String... headers) {
		List<String> lines = new ArrayList<>();
		for (int i = 0; i < headers.length; i += 2) {
			lines.add(headers[i] + ": " + headers[i + 1]);
		}
		return RawWebSocket.open(this.port, target, lines.toArray(String[]::new));
	}

	private HttpRequest.Builder request(String target, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + target));
		return (headers.length > 0) ? request.headers(headers) : request;
	}

	private HttpResponse<String> send(HttpRequest request) {
		try {
			return this.client.send(request, BodyHandlers.ofString());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String sid(String text) {
		Matcher matcher = SID.matcher(text);
		if (!matcher.find()) {
			throw new AssertionError("No session id: " + text);
		}
		return matcher.group(1);
	}

	static List<String> cookies(HttpResponse<?> response) {
		return response.headers().allValues("Set-Cookie");
	}

	/**
	 * Return the value with which a client returns a cookie.
	 */
	static String cookie(List<String> lines, String name) {
		return lines.stream()
			.filter((line) -> line.startsWith(name + "="))
			.map((line) -> line.split(";", 2)[0])
			.findFirst()
			.orElseThrow(() -> new AssertionError("No cookie " + name + ": " + lines));
	}

	/**
	 * Close all clients and sessions.
	 */
	void closeSessions() {
		this.tester.close();
		SocketIoServer io = bean(SocketIoServer.class);
		io.engine().sessions().forEach(EngineSession::closeNow);
		Await.until("no client is left", () -> io.engine().clientsCount() == 0
				&& io.namespaces().stream().allMatch((namespace) -> namespace.sockets().isEmpty()));
	}

	/**
	 * Stop while the clients are connected.
	 */
	void stop() {
		this.context.close();
	}

	@Override
	public void close() {
		this.tester.close();
		this.context.close();
	}

}
