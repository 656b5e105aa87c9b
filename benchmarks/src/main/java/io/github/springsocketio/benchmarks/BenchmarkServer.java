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

package io.github.springsocketio.benchmarks;

import io.github.springsocketio.socketio.NamespaceConfigurer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * The server under load, as a user of the starter writes it: default options; the port is
 * the first argument or that of the environment's {@code PORT}, and {@code COOKIE=1} has
 * the handshake set the session cookie.
 */
@SpringBootApplication
public class BenchmarkServer {

	public static void main(String[] args) {
		String port = (args.length > 0) ? args[0] : System.getenv().getOrDefault("PORT", "3000");
		SpringApplication.run(BenchmarkServer.class, "--server.port=" + port, "--server.address=127.0.0.1",
				"--socketio.cookie.enabled=" + "1".equals(System.getenv("COOKIE")));
	}

	@Bean
	NamespaceConfigurer answers() {
		return (io) -> io.of("/")
			.on("echo", (socket, event) -> socket.emit("echo", event))
			.on("attachment", (socket, event) -> socket.emit("attachment", event))
			.on("ack", (socket, event) -> event.ack(event))
			.on("join", String.class, (socket, room, event) -> {
				socket.join(room);
				event.ack();
			})
			.on("leave", String.class, (socket, room, event) -> {
				socket.leave(room);
				event.ack();
			})
			.on("room", String.class, (socket, room, event) -> io.to(room).emit("room", event.get(1)))
			.on("broadcast", (socket, event) -> io.emit("broadcast", event))
			.handleBlocking("sleep", (socket, event) -> sleep());
	}

	// the work of a handler that blocks, for BlockingComparison
	private static @Nullable Object sleep() throws InterruptedException {
		Thread.sleep(1000);
		return null;
	}

}
