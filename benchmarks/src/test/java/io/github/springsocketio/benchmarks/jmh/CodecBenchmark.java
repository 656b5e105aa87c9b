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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.packet.Decoded;
import io.github.springsocketio.socketio.packet.JsonPacketParser;
import io.github.springsocketio.socketio.packet.Packet;
import io.github.springsocketio.socketio.packet.PacketDecoder;
import io.github.springsocketio.socketio.packet.PacketEncoder;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Packets from and to bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

	private final JsonPacketParser parser = JsonPacketParser.create();

	private final PacketEncoder encoder = this.parser.encoder();

	private final PacketDecoder decoder = this.parser.newDecoder();

	private final byte[] event = utf8(
			"2[\"message\",{\"id\":17,\"text\":\"how are you?\",\"tags\":[\"a\",\"b\"],\"ok\":true}]");

	private final byte[] binaryEvent = utf8("51-[\"message\",{\"_placeholder\":true,\"num\":0}]");

	private final byte[] attachment = new byte[128];

	private final Object[] map = { Map.of("id", 17, "text", "how are you?", "tags", List.of("a", "b"), "ok", true) };

	private final Object[] bound = { new Message(17, "how are you?", List.of("a", "b"), true) };

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private Packet read() {
		return (Packet) this.decoder.text(this.event, 0, this.event.length);
	}

	@Benchmark
	public Object decode() {
		return read();
	}

	@Benchmark
	public @Nullable Object decodeToMap() {
		return read().arguments().get(0);
	}

	@Benchmark
	public @Nullable Object decodeToRecord() {
		return read().arguments().get(0, Message.class);
	}

	@Benchmark
	public Decoded decodeBinary() {
		this.decoder.text(this.binaryEvent, 0, this.binaryEvent.length);
		return this.decoder.binary(this.attachment);
	}

	@Benchmark
	public EncodedMessage encodeMap() {
		return this.encoder.event("/", -1, "message", this.map, null);
	}

	@Benchmark
	public EncodedMessage encodeRecord() {
		return this.encoder.event("/", -1, "message", this.bound, null);
	}

	@Benchmark
	public EncodedMessage passOn() {
		return this.encoder.event("/", -1, "message", new Object[] { read().arguments() }, null);
	}

	/**
	 * What a handler is bound to.
	 *
	 * @param id a number
	 * @param text a text
	 * @param tags an array
	 * @param ok a boolean
	 */
	public record Message(int id, String text, List<String> tags, boolean ok) {

	}

}
