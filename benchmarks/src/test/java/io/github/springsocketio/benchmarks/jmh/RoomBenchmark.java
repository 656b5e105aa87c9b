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

import io.github.springsocketio.socketio.Socket;
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
 * Joining, leaving and emitting with ever more rooms, ten sockets in each.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoomBenchmark {

	private static final int MEMBERS = 10;

	private final InProcessServer server = new InProcessServer();

	private final List<Socket> sockets = new ArrayList<>();

	@Param({ "10", "1000", "10000", "100000" })
	private int rooms;

	private String[] names = {};

	private int next;

	@Setup
	public void connect() {
		this.server.io().of("/").onConnection(this.sockets::add);
		this.names = new String[this.rooms];
		for (int room = 0; room < this.rooms; room++) {
			this.names[room] = "room" + room;
			for (int i = 0; i < MEMBERS; i++) {
				this.server.connect();
				this.sockets.get(this.sockets.size() - 1).join(this.names[room]);
			}
		}
	}

	@TearDown
	public void close() {
		this.server.close();
	}

	private int next() {
		this.next = (this.next + 7919) % this.rooms;
		return this.next;
	}

	@Benchmark
	public void joinAndLeave() {
		int room = next();
		Socket socket = this.sockets.get(room);
		socket.join("lobby");
		socket.leave("lobby");
	}

	@Benchmark
	public void emitToTen() {
		this.server.io().to(this.names[next()]).emit("news", "how are you?", 17);
	}

	@Benchmark
	public void emitToOwnRoom() {
		this.server.io().to(this.sockets.get(next()).id()).emit("news", "how are you?", 17);
	}

}
