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

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Echo of ever larger payloads, passed on undecoded and decoded.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PayloadBenchmark {

	private static final String ITEM = "{\"id\":17,\"text\":\"how are you?\",\"ok\":true}";

	private final InProcessServer server = new InProcessServer();

	@Param({ "100", "1000", "10000", "100000" })
	private int bytes;

	private InProcessServer.Client client = this.server.connect();

	private byte[] undecoded = {};

	private byte[] decoded = {};

	@Setup
	public void register() {
		this.server.io()
			.of("/")
			.on("echo", (socket, event) -> socket.emit("echo", event))
			.on("decode", (socket, event) -> socket.emit("decode", event.toArray()));
		String payload = ",[" + (ITEM + ",").repeat(this.bytes / ITEM.length()) + ITEM + "]]";
		this.undecoded = ("42[\"echo\"" + payload).getBytes(StandardCharsets.US_ASCII);
		this.decoded = ("42[\"decode\"" + payload).getBytes(StandardCharsets.US_ASCII);
	}

	@TearDown
	public void close() {
		this.server.close();
	}

	@Benchmark
	public long passedOn() {
		this.client.receive(this.undecoded.clone());
		return this.client.bytes();
	}

	@Benchmark
	public long decoded() {
		this.client.receive(this.decoded.clone());
		return this.client.bytes();
	}

}
