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

import java.util.ArrayList;
import java.util.List;
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
 * One broadcast to many sockets.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BroadcastBenchmark {

	private final InProcessServer server = new InProcessServer();

	private final List<InProcessServer.Client> clients = new ArrayList<>();

	/** Sockets in the namespace; one in ten is in the room. */
	@Param({ "100", "1000", "10000", "100000", "1000000" })
	private int sockets;

	@Setup
	public void connect() {
		int[] count = new int[1];
		this.server.io().of("/").onConnection((socket) -> {
			if (count[0]++ % 10 == 0) {
				socket.join("room");
			}
		});
		for (int i = 0; i < this.sockets; i++) {
			this.clients.add(this.server.connect());
		}
	}

	@TearDown
	public void close() {
		this.server.close();
	}

	@Benchmark
	public void all() {
		this.server.io().emit("news", "how are you?", 17);
	}

	@Benchmark
	public void room() {
		this.server.io().to("room").emit("news", "how are you?", 17);
	}

	@Benchmark
	public void except() {
		this.server.io().except("room").emit("news", "how are you?", 17);
	}

}
