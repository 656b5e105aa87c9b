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
import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A packet from the transport to its handler, and from the application to the transport.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DispatchBenchmark {

	private static final String JSON = "{\"id\":17,\"text\":\"how are you?\",\"tags\":[\"a\",\"b\"],\"ok\":true}";

	private final InProcessServer server = new InProcessServer();

	private final byte[] ignore = packet("42[\"ignore\",");

	private final byte[] bind = packet("42[\"bind\",");

	private final byte[] echo = packet("42[\"echo\",");

	private final byte[] ack = packet("421[\"ack\",");

	private final EncodedMessage message = EncodedMessage.text("42[\"message\"," + JSON + "]");

	private InProcessServer.Client client = this.server.connect();

	@Setup
	public void register() {
		this.server.io().of("/").on("ignore", (socket, event) -> {
			// nothing
		}).on("bind", Message.class, (socket, value, event) -> {
			// nothing
		}).on("echo", (socket, event) -> socket.emit("echo", event)).on("ack", (socket, event) -> event.ack(event));
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
	public long event() {
		return receive(this.ignore);
	}

	@Benchmark
	public long boundEvent() {
		return receive(this.bind);
	}

	@Benchmark
	public long echo() {
		return receive(this.echo);
	}

	@Benchmark
	public long ack() {
		return receive(this.ack);
	}

	@Benchmark
	public boolean enqueue() {
		return this.client.session().send(this.message);
	}

}
