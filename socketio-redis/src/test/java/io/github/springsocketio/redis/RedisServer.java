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

import java.util.concurrent.atomic.AtomicReference;

import io.github.springsocketio.testsupport.RedisProcess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server, and commands of the tests.
 *
 * @param process the server
 */
record RedisServer(RedisProcess process) implements AutoCloseable {

	private static final AtomicReference<@Nullable RedisServer> SHARED = new AtomicReference<>();

	/**
	 * Start a server.
	 * @param arguments options besides the port; nothing is kept on disk without
	 */
	static RedisServer start(String... arguments) {
		return new RedisServer(RedisProcess.start(arguments));
	}

	/**
	 * Return an empty server that the tests of this JVM share, one after the other.
	 */
	static RedisServer shared() {
		RedisServer server = SHARED.updateAndGet((current) -> (current != null) ? current : start());
		if (!server.process.isUp()) {
			server.stop();
			server.restart();
		}
		Assertions.assertThat(server.process.request("FLUSHALL")).isEqualTo("+OK");
		return server;
	}

	/**
	 * Start the server again after {@link #stop()}.
	 */
	void restart() {
		this.process.restart();
	}

	/**
	 * Let the server do nothing until {@link #resume()}.
	 */
	void pause() {
		this.process.signal("STOP");
	}

	void resume() {
		this.process.signal("CONT");
	}

	/**
	 * End the server at once.
	 */
	void kill() {
		this.process.signal("KILL");
		stop();
	}

	void stop() {
		this.process.stop();
	}

	int port() {
		return this.process.port();
	}

	/**
	 * Send a command, and return the first line of the response.
	 */
	String request(String command) {
		return this.process.request(command);
	}

	RedisURI uri() {
		return RedisURI.create("127.0.0.1", this.process.port());
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
