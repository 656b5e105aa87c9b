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

package io.github.springsocketio.socketio.packet;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for all packets, as JSON and as MessagePack.
 */
@Tag("SEC-124")
class PacketPropertyTests {

	private static final PacketParser JSON = JsonPacketParser.create(Packets.MAPPER,
			ParserOptions.builder().maxAttachments(1000).build());

	private static final PacketParser MSGPACK = MsgpackPacketParser.create(Packets.MAPPER);

	@Property(seed = "4096", edgeCases = EdgeCasesMode.NONE)
	void eventsAndTheirAttachmentsAreGivenBack(@ForAll boolean json, @ForAll("namespaces") String nsp,
			@ForAll("ids") long id, @ForAll("names") String name, @ForAll("arguments") List<@Nullable Object> args) {
		PacketParser parser = json ? JSON : MSGPACK;
		EncodedMessage message = parser.encoder().event(nsp, id, name, args.toArray(), null);
		assertThat(message.bytes()).isLessThanOrEqualTo(500 + weight(args));
		Packet packet = packet(parser, message);
		assertThat(packet.nsp()).isEqualTo(nsp);
		assertThat(packet.id()).isEqualTo(id);
		assertThat(packet.event()).isEqualTo(name);
		assertThat(plain(packet.arguments().toList())).isEqualTo(plain(args));
		assertPassedOn(parser, packet);
	}

	@Property(seed = "4096", edgeCases = EdgeCasesMode.NONE)
	void acknowledgementsAreGivenBack(@ForAll boolean json, @ForAll("arguments") List<@Nullable Object> args) {
		PacketParser parser = json ? JSON : MSGPACK;
		Packet packet = packet(parser, parser.encoder().ack("/", 7, args.toArray()));
		assertThat(packet.id()).isEqualTo(7);
		assertThat(plain(packet.arguments().toList())).isEqualTo(plain(args));
	}

	@Property(seed = "4096")
	void anyTextIsAPacketOrMalformed(@ForAll("texts") byte[] text) {
		PacketDecoder decoder = Packets.PARSER.newDecoder();
		Decoded decoded = decoder.text(text, 0, text.length);
		for (int n = 1; decoded == Decoded.Incomplete.INSTANCE; n++) {
			assertThat(n).isLessThan(100);
			decoded = decoder.binary(new byte[n]);
		}
		assertThat(decoder.isIncomplete()).isFalse();
		if (decoded instanceof Packet packet) {
			assertPassedOn(Packets.PARSER, packet);
		}
	}

	@Property(seed = "4096")
	void anyBytesAreAPacketOrMalformed(@ForAll("bytes") byte[] bytes) {
		Decoded decoded = MSGPACK.newDecoder().binary(bytes);
		assertThat(decoded).isNotSameAs(Decoded.Incomplete.INSTANCE);
		if (decoded instanceof Packet packet) {
			assertPassedOn(MSGPACK, packet);
		}
	}

	private static void assertPassedOn(PacketParser parser, Packet packet) {
		EncodedMessage message = parser.encoder().ack("/", 1, new Object[] { packet.arguments() });
		Packet again = packet(parser, message);
		assertThat(plain(again.arguments().toList())).isEqualTo(plain(packet.arguments().toList()));
	}

	private static Packet packet(PacketParser parser, EncodedMessage message) {
		PacketDecoder decoder = parser.newDecoder();
		Decoded decoded = Decoded.Incomplete.INSTANCE;
		if (message.hasText()) {
			decoded = decoder.text(message.text(), 1, message.text().length - 1);
		}
		for (byte[] binary : message.binaries()) {
			assertThat(decoded).isSameAs(Decoded.Incomplete.INSTANCE);
			decoded = decoder.binary(binary);
		}
		assertThat(decoded).isInstanceOf(Packet.class);
		return (Packet) decoded;
	}

	/**
	 * Make equal what JavaScript, with its one type of numbers, cannot tell apart.
	 */
	private static @Nullable Object plain(@Nullable Object value) {
		if (value instanceof Number number) {
			return number.doubleValue() + 0.0;
		}
		if (value instanceof byte[] bytes) {
			return "binary " + HexFormat.of().formatHex(bytes);
		}
		if (value instanceof List<?> list) {
			return list.stream().map(PacketPropertyTests::plain).toList();
		}
		if (value instanceof Map<?, ?> map) {
			Map<Object, @Nullable Object> result = new HashMap<>();
			map.forEach((name, element) -> result.put(name, plain(element)));
			return result;
		}
		return value;
	}

	/**
	 * The most that a value may need: a placeholder for binary, an escape for each
	 * character.
	 */
	private static int weight(@Nullable Object value) {
		if (value instanceof String text) {
			return 10 + 6 * text.length();
		}
		if (value instanceof byte[] bytes) {
			return 40 + bytes.length;
		}
		if (value instanceof List<?> list) {
			return 10 + list.stream().mapToInt(PacketPropertyTests::weight).sum();
		}
		if (value instanceof Map<?, ?> map) {
			return 10 + map.entrySet()
				.stream()
				.mapToInt((entry) -> weight(entry.getKey()) + weight(entry.getValue()))
				.sum();
		}
		return 30;
	}

	@Provide
	Arbitrary<String> namespaces() {
		return Arbitraries.oneOf(Arbitraries.just("/"),
				Arbitraries.strings().alpha().numeric().withChars("/-_é").ofMaxLength(20).map((name) -> "/" + name));
	}

	@Provide
	Arbitrary<Long> ids() {
		return Arbitraries.longs().between(-1, (1L << 53) - 1);
	}

	@Provide
	Arbitrary<String> names() {
		return strings().map((name) -> "e" + name);
	}

	@Provide
	Arbitrary<List<@Nullable Object>> arguments() {
		return values().list().ofMaxSize(5);
	}

	private static Arbitrary<String> strings() {
		// no half of a surrogate pair survives UTF-8
		return Arbitraries.strings()
			.ofMaxLength(30)
			.map((text) -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
	}

	private static Arbitrary<@Nullable Object> values() {
		Arbitrary<@Nullable Object> scalars = Arbitraries.oneOf(Arbitraries.just((Object) true).injectNull(0.5),
				Arbitraries.integers().asGeneric(), Arbitraries.longs().between(-(1L << 53), 1L << 53).asGeneric(),
				Arbitraries.doubles().asGeneric(), strings().asGeneric(),
				Arbitraries.bytes().array(byte[].class).ofMaxSize(20).asGeneric());
		return Arbitraries.recursive(() -> scalars,
				(inner) -> Arbitraries.oneOf(inner, inner.list().ofMaxSize(4).asGeneric(),
						Arbitraries.maps(Arbitraries.strings().alpha().ofMaxLength(5), inner).ofMaxSize(4).asGeneric()),
				0, 3);
	}

	@Provide
	Arbitrary<byte[]> texts() {
		Arbitrary<String> parts = Arbitraries.of("0", "1", "2", "3", "4", "5", "6", "52-", "51-/a,7", "/a,", "7", "[",
				"]", "{", "}", "\"x\"", "\"", ",", ":", "1", "-", ".5", "e9", "null", "true", "\\u", "\\ud800", "é",
				"{\"_placeholder\":true,\"num\":0}", "\"num\":1", " ", "\u0000");
		Arbitrary<byte[]> likely = parts.list()
			.ofMaxSize(14)
			.map((list) -> String.join("", list).getBytes(StandardCharsets.UTF_8));
		return Arbitraries.oneOf(likely, Arbitraries.bytes().array(byte[].class).ofMaxSize(40));
	}

	@Provide
	Arbitrary<byte[]> bytes() {
		byte[] start = HexFormat.of().parseHex("83a47479706502a36e7370a12fa464617461");
		Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(60);
		Arbitrary<byte[]> likely = any.map((rest) -> {
			byte[] event = new byte[start.length + 3 + rest.length];
			System.arraycopy(start, 0, event, 0, start.length);
			event[start.length] = (byte) 0x92;
			event[start.length + 1] = (byte) 0xa1;
			event[start.length + 2] = 'x';
			System.arraycopy(rest, 0, event, start.length + 3, rest.length);
			return event;
		});
		return Arbitraries.oneOf(any, likely);
	}

}
