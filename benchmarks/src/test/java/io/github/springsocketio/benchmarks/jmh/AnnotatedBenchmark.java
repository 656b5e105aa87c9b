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

package io.github.springsocketio.benchmarks.jmh;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.github.springsocketio.benchmarks.jmh.CodecBenchmark.Message;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.annotation.AnnotatedHandlers;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * What an annotated handler costs over one that is registered by a function: the target
 * is at most 100 ns and 200 bytes for a message.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AnnotatedBenchmark {

	private static final String JSON = "{\"id\":17,\"text\":\"how are you?\",\"tags\":[\"a\",\"b\"],\"ok\":true}";

	private final InProcessServer server = new InProcessServer();

	private final byte[] functional = packet("421[\"functional\",");

	private final byte[] annotated = packet("421[\"annotated\",");

	private InProcessServer.Client client = this.server.connect();

	@Setup
	public void register() {
		this.server.io()
			.of("/")
			.handle("functional", Message.class, (socket, message, event) -> Mono.just(message.text()));
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Controller.class)) {
			new AnnotatedHandlers(context).configure(this.server.io());
		}
	}

	@TearDown
	public void close() {
		this.server.close();
	}

	private static byte[] packet(String start) {
		return (start + JSON + "]").getBytes(StandardCharsets.ISO_8859_1);
	}

	private long receive(byte[] packet) {
		// a copy, as the websocket makes it
		this.client.receive(packet.clone());
		return this.client.bytes();
	}

	@Benchmark
	public long functional() {
		return receive(this.functional);
	}

	@Benchmark
	public long annotated() {
		return receive(this.annotated);
	}

	@SocketIoController
	static class Controller {

		@OnEvent
		Mono<String> annotated(Message message, Socket socket) {
			return Mono.just(message.text());
		}

	}

}
