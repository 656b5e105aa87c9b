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

package io.github.springsocketio.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.github.springsocketio.testsupport.ForkedProgram;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server on a port of its own, which can be stopped and started again.
 */
final class RedisServer implements AutoCloseable {

	private static final AtomicReference<@Nullable RedisServer> SHARED = new AtomicReference<>();

	private final Path folder;

	private final int port;

	private final List<String> arguments;

	private @Nullable ForkedProgram program;

	private RedisServer(Path folder, int port, List<String> arguments) {
		this.folder = folder;
		this.port = port;
		this.arguments = arguments;
	}

	/**
	 * Start a server.
	 * @param arguments options besides the port; nothing is kept on disk without
	 */
	static RedisServer start(String... arguments) {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			RedisServer server = new RedisServer(Files.createTempDirectory("redis"), socket.getLocalPort(),
					List.of(arguments));
			socket.close();
			server.restart();
			// also if the JVM ends before the test does
			Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
			return server;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return an empty server that the tests of this JVM share, one after the other.
	 */
	static RedisServer shared() {
		RedisServer server = SHARED.updateAndGet((current) -> (current != null) ? current : start());
		if (!server.isUp()) {
			server.stop();
			server.restart();
		}
		Assertions.assertThat(server.request("FLUSHALL")).isEqualTo("+OK");
		return server;
	}

	/**
	 * Start the server again after {@link #stop()}.
	 */
	void restart() {
		List<String> command = new ArrayList<>(List.of("redis-server", "--port", String.valueOf(this.port), "--bind",
				"127.0.0.1", "--save", "", "--dir", this.folder.toString()));
		command.addAll(this.arguments);
		ForkedProgram started = ForkedProgram.start(new ProcessBuilder(command), this.folder.resolve("redis.log"));
		this.program = started;
		started.until("Redis listens", this::isUp);
	}

	private boolean isUp() {
		return "+PONG".equals(request("PING"));
	}

	/**
	 * Return the first line of a response, or an empty text without a response.
	 */
	private String request(String command) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(5000);
			socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
			String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
				.readLine();
			return (line != null) ? line : "";
		}
		catch (IOException ex) {
			return "";
		}
	}

	void stop() {
		if (this.program != null) {
			this.program.close();
			this.program = null;
		}
	}

	RedisURI uri() {
		return RedisURI.create("127.0.0.1", this.port);
	}

	/**
	 * Run commands on a connection of their own.
	 */
	<T> T call(Command<T> command) {
		RedisClient client = RedisClient.create(uri());
		try (StatefulRedisConnection<String, String> connection = client.connect()) {
			return command.run(connection.sync());
		}
		finally {
			client.shutdown();
		}
	}

	@Override
	public void close() {
		stop();
	}

	/**
	 * Commands of a test.
	 *
	 * @param <T> the type of the result
	 */
	@FunctionalInterface
	interface Command<T> {

		T run(RedisCommands<String, String> redis);

	}

}
