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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A Redis server on a port of its own, which can be stopped and started again.
 *
 * @since 0.1.0
 */
public final class RedisProcess implements AutoCloseable {

	private final Path folder;

	private final int port;

	private final List<String> arguments;

	private @Nullable ForkedProgram program;

	private RedisProcess(Path folder, int port, List<String> arguments) {
		this.folder = folder;
		this.port = port;
		this.arguments = arguments;
	}

	/**
	 * Start a server.
	 * @param arguments options besides the port; nothing is kept on disk without
	 * @return the server
	 */
	public static RedisProcess start(String... arguments) {
		try {
			RedisProcess server = new RedisProcess(Files.createTempDirectory("redis"), FreePort.find(),
					List.of(arguments));
			server.restart();
			// also if the JVM ends before the test does
			Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the port.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Start the server again after {@link #stop()}.
	 */
	public void restart() {
		List<String> command = new ArrayList<>(List.of("redis-server", configuration().toString(), "--port",
				String.valueOf(this.port), "--bind", "127.0.0.1", "--save", "", "--dir", this.folder.toString()));
		command.addAll(this.arguments);
		ForkedProgram started = ForkedProgram.start(new ProcessBuilder(command), this.folder.resolve("redis.log"));
		this.program = started;
		started.until("Redis listens", this::isUp);
	}

	/**
	 * Return a file for the server, which a sentinel writes.
	 */
	private Path configuration() {
		Path file = this.folder.resolve("redis.conf");
		try {
			return Files.exists(file) ? file : Files.createFile(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Send a signal to the server.
	 * @param name the name of the signal, such as {@code STOP}
	 */
	public void signal(String name) {
		if (this.program != null) {
			this.program.signal(name);
		}
	}

	/**
	 * Return whether the server responds.
	 * @return whether it is up
	 */
	public boolean isUp() {
		return "+PONG".equals(request("PING"));
	}

	/**
	 * Send a command.
	 * @param command the command, in one line
	 * @return the first line of the response, or an empty text without a response
	 */
	public String request(String command) {
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

	/**
	 * End the server.
	 */
	public void stop() {
		if (this.program != null) {
			this.program.close();
			this.program = null;
		}
	}

	@Override
	public void close() {
		stop();
	}

}
