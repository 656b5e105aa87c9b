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

package io.github.springsocketio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.springsocketio.engineio.packet.ControlPackets;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import io.github.springsocketio.engineio.packet.LenientBase64;
import io.github.springsocketio.engineio.packet.OpenPacket;
import io.github.springsocketio.engineio.packet.PayloadCodec;
import io.github.springsocketio.engineio.packet.PayloadCodec.Payload;
import io.github.springsocketio.engineio.packet.PayloadCodecV3;
import io.github.springsocketio.engineio.packet.PayloadCodecV4;
import io.github.springsocketio.socketio.packet.Decoded;
import io.github.springsocketio.socketio.packet.JsonPacketParser;
import io.github.springsocketio.socketio.packet.MsgpackPacketParser;
import io.github.springsocketio.socketio.packet.Packet;
import io.github.springsocketio.socketio.packet.PacketDecoder;
import io.github.springsocketio.socketio.packet.PacketEncoder;
import io.github.springsocketio.socketio.packet.PacketParser;
import io.github.springsocketio.socketio.packet.PacketType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client and a server talk to each other with nothing but this module.
 */
class ConversationTests {

	private static final byte[] ONE = { 1, 2, 3 };

	private static final byte[] TWO = {};

	@Test
	void neitherAWebStackNorANetworkLibraryIsPresent() {
		assertThat(List.of("io.netty.buffer.ByteBuf", "reactor.netty.Connection",
				"org.springframework.http.HttpHeaders", "org.springframework.web.reactive.DispatcherHandler"))
			.noneMatch((name) -> ClassUtils.isPresent(name, null));
	}

	@ParameterizedTest
	@MethodSource("protocolsAndParsers")
	void aConversation(PayloadCodec codec, PacketParser parser) {
		Peer server = new Peer(codec, parser);
		Peer client = new Peer(codec, parser);

		OpenPacket open = new OpenPacket("id", List.of("websocket"), Duration.ofSeconds(25), Duration.ofSeconds(20),
				1_000_000);
		server.send(open.encode());
		client.receive(server);
		assertThat(client.open).isEqualTo(open);

		client.send(client.encoder().connect("/chat", Map.of("token", "secret")));
		server.receive(client);
		assertThat(server.packet(PacketType.CONNECT, "/chat").arguments().require(0, Credentials.class))
			.isEqualTo(new Credentials("secret"));
		server.send(server.encoder().connect("/chat", Map.of("sid", "socket")));
		server.send(ControlPackets.PING);
		client.receive(server);
		assertThat(client.packet(PacketType.CONNECT, "/chat").arguments().get(0)).isEqualTo(Map.of("sid", "socket"));
		assertThat(client.controls).containsExactly(EnginePacketType.PING);

		client.send(ControlPackets.PONG);
		client.send(client.encoder()
			.event("/chat", 7, "upload", new @Nullable Object[] { "a€\n", Map.of("parts", List.of(ONE, TWO)), null },
					null));
		client.send(client.encoder().event("/", -1, 5, new Object[0], "offset"));
		server.receive(client);
		assertThat(server.controls).containsExactly(EnginePacketType.PONG);
		Packet upload = server.packet(PacketType.EVENT, "/chat");
		assertThat(upload.id()).isEqualTo(7);
		assertThat(upload.event()).isEqualTo("upload");
		assertThat(upload.arguments().size()).isEqualTo(3);
		assertThat(upload.arguments().get(0, String.class)).isEqualTo("a€\n");
		Map<String, List<byte[]>> parts = upload.arguments()
			.require(1, new ParameterizedTypeReference<Map<String, List<byte[]>>>() {
			});
		assertThat(parts.get("parts")).containsExactly(ONE, TWO);
		assertThat(upload.arguments().get(2)).isNull();
		Packet numbered = server.packet(PacketType.EVENT, "/");
		assertThat(numbered.event()).isEqualTo("5");
		assertThat(numbered.numericName()).isTrue();
		assertThat(numbered.arguments().toList()).containsExactly("offset");

		server.send(server.encoder().ack("/chat", upload.id(), new Object[] { upload.arguments(), 1.5, ONE }));
		server.send(server.encoder().connectError("/admin", Map.of("message", "no")));
		server.send(server.encoder().disconnect("/chat"));
		server.send(ControlPackets.CLOSE);
		client.receive(server);
		Packet ack = client.packet(PacketType.ACK, "/chat");
		assertThat(ack.id()).isEqualTo(7);
		assertThat(ack.arguments().toList()).usingRecursiveComparison()
			.isEqualTo(Arrays.asList("a€\n", Map.of("parts", List.of(ONE, TWO)), null, 1.5, ONE));
		assertThat(client.packet(PacketType.CONNECT_ERROR, "/admin").arguments().get(0))
			.isEqualTo(Map.of("message", "no"));
		assertThat(client.packet(PacketType.DISCONNECT, "/chat").arguments().size()).isZero();
		assertThat(client.controls).containsExactly(EnginePacketType.PING, EnginePacketType.CLOSE);
		assertThat(client.packets).isEmpty();
		assertThat(server.packets).isEmpty();
	}

	static Stream<Arguments> protocolsAndParsers() {
		JsonMapper mapper = JsonMapper.builder().build();
		return Stream.of(new PayloadCodecV4(), new PayloadCodecV3(false), new PayloadCodecV3(true))
			.flatMap((codec) -> Stream.of(JsonPacketParser.create(mapper), MsgpackPacketParser.create(mapper))
				.map((parser) -> Arguments.of(codec, parser)));
	}

	/**
	 * One side, which polls.
	 */
	private static final class Peer implements PayloadCodec.Sink {

		private final PayloadCodec codec;

		private final PacketParser parser;

		private final PacketDecoder decoder;

		private final boolean typed;

		private final List<EncodedMessage> outbox = new ArrayList<>();

		private final List<EnginePacketType> controls = new ArrayList<>();

		private final List<Packet> packets = new ArrayList<>();

		private @Nullable OpenPacket open;

		Peer(PayloadCodec codec, PacketParser parser) {
			this.codec = codec;
			this.parser = parser;
			this.decoder = parser.newDecoder();
			this.typed = codec instanceof PayloadCodecV3;
		}

		PacketEncoder encoder() {
			return this.parser.encoder();
		}

		void send(EncodedMessage message) {
			this.outbox.add(message);
		}

		void receive(Peer other) {
			Payload payload = this.codec.encode(other.outbox);
			other.outbox.clear();
			this.codec.decode(payload.body(), payload.binary(), 100, this);
		}

		Packet packet(PacketType type, String nsp) {
			Packet packet = this.packets.remove(0);
			assertThat(packet.type()).isEqualTo(type);
			assertThat(packet.nsp()).isEqualTo(nsp);
			return packet;
		}

		@Override
		public boolean text(byte[] data, int offset, int length) {
			if (data[offset] == EnginePacketType.BASE64) {
				int skipped = this.typed ? 2 : 1;
				message(Objects.requireNonNull(LenientBase64.decode(data, offset + skipped, length - skipped)));
				return true;
			}
			EnginePacketType type = Objects.requireNonNull(EnginePacketType.of(data[offset]));
			switch (type) {
				case OPEN -> {
					this.open = OpenPacket.decode(data, offset, length);
				}
				case MESSAGE -> decoded(this.decoder.text(data, offset + 1, length - 1));
				default -> this.controls.add(type);
			}
			return true;
		}

		@Override
		public boolean binary(byte[] data) {
			assertThat(data[0]).isEqualTo(EnginePacketType.MESSAGE.number());
			message(Arrays.copyOfRange(data, 1, data.length));
			return true;
		}

		private void message(byte[] data) {
			decoded(this.decoder.binary(data));
		}

		private void decoded(Decoded decoded) {
			assertThat(decoded).isNotInstanceOf(Decoded.Malformed.class);
			if (decoded instanceof Packet packet) {
				this.packets.add(packet);
			}
		}

		@Override
		public void malformed() {
			throw new AssertionError("The payload is malformed");
		}

	}

	record Credentials(String token) {

	}

}
