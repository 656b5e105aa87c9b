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

package io.github.springsocketio.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.springsocketio.socketio.adapter.BroadcastAckListener;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.PendingBroadcastAcks;
import io.github.springsocketio.socketio.packet.Arguments;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("SEC-112")
@Tag("SEC-116")
class MessageCodecTests {

	private final MessageCodec codec = new MessageCodec(10_000);

	private static ClusterMessage broadcast(@Nullable Object... args) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		List<@Nullable Object> event = new ArrayList<>(List.of("foo"));
		event.addAll(Arrays.asList(args));
		data.put("packet", MessageCodec.packet(event));
		data.put("opts", MessageCodec.options(BroadcastOptions.room("a")));
		return new ClusterMessage("0123456789abcdef", "/", MessageType.BROADCAST, data);
	}

	@Test
	@Tag("CL-44")
	@Tag("CL-90")
	void messagesAreReadAsTheyWereWritten() {
		for (ClusterMessage message : List.of(broadcast(1, 1.5, "é", null, true, List.of(), Map.of("a", 1)),
				new ClusterMessage("u", "/a", MessageType.ADAPTER_CLOSE, null))) {
			assertThat(this.codec.read(MessageCodec.toMsgpack(message))).isEqualTo(message);
			assertThat(this.codec.read(MessageCodec.toBytes(message))).isEqualTo(message);
		}
		assertThat(new String(MessageCodec.toBytes(broadcast(1))))
			.isEqualTo("{\"type\":3,\"data\":{\"packet\":{\"type\":2,\"data\":[\"foo\",1]},"
					+ "\"opts\":{\"rooms\":[\"a\"],\"except\":[],\"flags\":{}}},\"uid\":\"0123456789abcdef\",\"nsp\":\"/\"}");
		assertThat(MessageCodec.toBytes(broadcast(new byte[1]))[0]).isNotEqualTo((byte) '{');
	}

	@Test
	@Tag("CL-42")
	void textIsJsonOrMessagePackInBase64() {
		ClusterMessage text = broadcast("x", Double.NaN, 2.0);
		assertThat(new String(MessageCodec.toText(text, false))).contains("[\"foo\",\"x\",null,2]");
		ClusterMessage binary = broadcast(new byte[] { 1, -1 });
		assertThat(Base64.getDecoder().decode(MessageCodec.toText(binary, false))).isNotEmpty();
		assertThat(new String(MessageCodec.toText(binary, true))).contains("{\"type\":\"Buffer\",\"data\":[1,255]}");
		assertThat(this.codec.readText(MessageCodec.toText(text, false))).containsKeys("packet", "opts");
	}

	@Test
	@Tag("CL-09")
	void selectionsAreReadAsTheyWereWritten() {
		BroadcastOptions options = BroadcastOptions.room("a")
			.withFlags(BroadcastOptions.ALL.flags()
				.asVolatile()
				.withCompress(false)
				.withTimeout(Duration.ofSeconds(1))
				.asSingleResponse());
		assertThat(MessageCodec.options(MessageCodec.options(options))).hasToString(options.toString());
		assertThat(MessageCodec.options("?")).isSameAs(BroadcastOptions.ALL);
		assertThat(MessageCodec.options(Map.of("rooms", List.of(1, "b", List.of()))).rooms()).containsExactly("1", "b");
	}

	@Test
	void messagesThatAreTooLargeOrTooDeepAreNotRead() {
		assertThat(this.codec.read(MessageCodec.toBytes(broadcast("x".repeat(10_000))))).isNull();
		byte[] deep = new byte[5_000];
		Arrays.fill(deep, (byte) 0x91);
		assertThat(this.codec.value(deep)).isNull();
		assertThat(this.codec.value(("{\"a\":" + String.join("", Collections.nCopies(1_000, "["))).getBytes()))
			.isNull();
		// says that it has 2^32 - 1 elements
		assertThat(this.codec.value(new byte[] { (byte) 0xdd, -1, -1, -1, -1 })).isNull();
	}

	@Test
	void damagedMessagesAreIgnored() {
		Random random = new Random(1);
		List<byte[]> valid = List.of(MessageCodec.toBytes(broadcast(1, "é", null)),
				MessageCodec.toMsgpack(broadcast(1, new byte[] { 1 }, Map.of("a", List.of()))),
				MessageCodec.toText(broadcast(new byte[] { 1 }), false));
		for (int i = 0; i < 3_000; i++) {
			byte[] damaged = valid.get(i % valid.size()).clone();
			for (int j = random.nextInt(4); j >= 0; j--) {
				damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
			}
			byte[] cut = Arrays.copyOf(damaged, random.nextInt(damaged.length + 1));
			for (byte[] bytes : List.of(damaged, cut)) {
				ClusterMessage message = this.codec.read(bytes);
				if (message != null) {
					MessageCodec.options(message.get("opts"));
					MessageCodec.broadcast(message.packet());
				}
				Map<String, @Nullable Object> content = this.codec.readText(bytes);
				if (content != null) {
					SessionDocument.of(content);
				}
			}
		}
	}

	@Test
	@Tag("CL-51")
	void idsOfEntriesAreStrict() {
		assertThat(StreamId.parse("1-0")).hasToString("1-0");
		assertThat(StreamId.parse("18446744073709551615-18446744073709551615"))
			.isGreaterThan(StreamId.parse("18446744073709551614-0"));
		for (String text : List.of("", "-", "1", "1-", "-1", "01-0", "1-00", "1-0 ", "18446744073709551616-0", "a-b",
				"1-2-3", "123456789012345678901-0", "0-+1")) {
			assertThat(StreamId.parse(text)).as(text).isNull();
		}
	}

	@Test
	void messagesWithTooManyValuesAreNotRead() {
		MessageCodec large = new MessageCodec(64 << 20);
		String json = "{\"a\":[" + "0,".repeat(MessageCodec.MAX_VALUES) + "0]}";
		assertThat(large.value(json.getBytes(StandardCharsets.US_ASCII))).isNull();
		byte[] msgpack = new byte[MessageCodec.MAX_VALUES + 5];
		Arrays.fill(msgpack, (byte) 0xc0);
		ByteBuffer.wrap(msgpack).put((byte) 0xdd).putInt(MessageCodec.MAX_VALUES);
		assertThat(large.value(msgpack)).isNull();
		ByteBuffer.wrap(msgpack, 1, 4).putInt(MessageCodec.MAX_VALUES - 1);
		assertThat(large.value(Arrays.copyOf(msgpack, msgpack.length - 1))).asInstanceOf(InstanceOfAssertFactories.LIST)
			.hasSize(MessageCodec.MAX_VALUES - 1);
	}

	@Test
	void countsOfSocketsAreLimited() {
		for (Number count : new Number[] { 1L << 31, 1e30, Long.MAX_VALUE }) {
			assertThat(MessageCodec
				.count(new ClusterMessage("node", "/", MessageType.FETCH_SOCKETS_RESPONSE, Map.of("sockets", count))))
				.isEqualTo(AckResponses.MAX_COUNT);
		}
		assertThat(MessageCodec
			.count(new ClusterMessage("node", "/", MessageType.FETCH_SOCKETS_RESPONSE, Map.of("sockets", -1))))
			.isZero();
	}

	@Test
	void countsThatNoNodeCanHaveAreIgnored() {
		List<Integer> counts = new ArrayList<>();
		ClusterRequest request = new ClusterRequest(
				new AckResponses(StreamOrderTests.namespace(), new BroadcastAckListener() {

					@Override
					public void onPending(PendingBroadcastAcks acks) {
						// none
					}

					@Override
					public void onClientCount(int count) {
						counts.add(count);
					}

					@Override
					public void onAck(Arguments response) {
						// none
					}

					@Override
					public void onDisconnect() {
						// none
					}

				}));
		for (long count : new long[] { -1, Integer.MAX_VALUE, 1L << 32, 2 }) {
			request.onMessage(new ClusterMessage("node", "/", MessageType.BROADCAST_CLIENT_COUNT,
					Map.of("requestId", "id", "clientCount", count)));
		}
		assertThat(counts).containsExactly(2);
	}

}
