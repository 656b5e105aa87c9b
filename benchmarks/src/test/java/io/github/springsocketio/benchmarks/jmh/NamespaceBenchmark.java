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
 * Echo with ever more namespaces on the server, and ever more of them joined by the
 * client.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NamespaceBenchmark {

	private final InProcessServer server = new InProcessServer();

	@Param({ "1", "100", "10000" })
	private int namespaces;

	@Param({ "1", "10" })
	private int joined;

	private InProcessServer.Client client = this.server.connect();

	private byte[] packet = {};

	@Setup
	public void register() {
		for (int i = 0; i < this.namespaces; i++) {
			this.server.io().of("/n" + i).on("echo", (socket, event) -> socket.emit("echo", event));
		}
		for (int i = 0; i < Math.min(this.joined, this.namespaces); i++) {
			this.packet = ("42/n" + i + ",[\"echo\",\"how are you?\",17]").getBytes(StandardCharsets.US_ASCII);
			this.client.receive(("40/n" + i + ",").getBytes(StandardCharsets.US_ASCII));
		}
	}

	@TearDown
	public void close() {
		this.server.close();
	}

	@Benchmark
	public long echo() {
		this.client.receive(this.packet.clone());
		return this.client.bytes();
	}

}
