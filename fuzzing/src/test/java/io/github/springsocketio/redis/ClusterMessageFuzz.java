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

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.redis.Subscriptions.Kind;
import io.github.springsocketio.socketio.ConnectionStateRecovery;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.adapter.Adapter;
import io.github.springsocketio.socketio.packet.PacketParser;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;

/**
 * Whatever is in Redis, reading it throws nothing, and what is valid can be passed on and
 * means the same then. The first byte of an input says where it is in Redis.
 */
class ClusterMessageFuzz {

	private static final String NSP = "#/#";

	private static final MessageCodec CODEC = new MessageCodec(1 << 20);

	/** Never connects: the connections of all adapters are closed. */
	private static final RedisClient CLIENT = RedisClient.create("redis://127.0.0.1:1");

	private static final RedisAdapterFactory STREAMS = RedisAdapterFactory.streams(() -> CLIENT,
			new RedisAdapterProperties());

	private static final RedisAdapterFactory SHARDED = RedisAdapterFactory.sharded(() -> CLIENT,
			new RedisAdapterProperties());

	private static final RedisAdapterFactory CLASSIC = RedisAdapterFactory.pubSub(() -> CLIENT,
			new RedisAdapterProperties());

	private static final RedisStreamsAdapter STREAM = (RedisStreamsAdapter) adapter(STREAMS, true);

	private static final PacketParser PARSER = SocketIoOptions.defaults().parser();

	static {
		adapter(SHARDED, false);
		adapter(CLASSIC, false);
	}

	private static Adapter adapter(RedisAdapterFactory factory, boolean recovery) {
		factory.close();
		SocketIoOptions.Builder options = SocketIoOptions.builder().adapterFactory(factory);
		if (recovery) {
			options.connectionStateRecovery(ConnectionStateRecovery.defaults());
		}
		SocketIoServer server = SocketIoServer.create(EngineServer.create(EngineOptions.defaults()), options.build());
		server.sockets().onServerSide("event", (args, ack) -> {
			if (ack != null) {
				ack.accept(args.get(0));
			}
		});
		return server.sockets().adapter();
	}

	@FuzzTest(maxDuration = "60s")
	void fuzz(byte[] bytes) {
		if (bytes.length == 0) {
			return;
		}
		byte[] data = Arrays.copyOfRange(bytes, 1, bytes.length);
		switch (bytes[0] % 7) {
			case 0 -> entry(data);
			case 1 -> message(STREAMS, Kind.CHANNEL, "socket.io" + NSP, data);
			case 2 -> message(SHARDED, Kind.SHARDED, "socket.io" + NSP, data);
			case 3 -> message(CLASSIC, Kind.PATTERN, "socket.io" + NSP + "*", data);
			case 4 -> message(CLASSIC, Kind.CHANNEL, "socket.io-request" + NSP, data);
			case 5 -> message(CLASSIC, Kind.CHANNEL, "socket.io-response" + NSP, data);
			default -> session(data);
		}
		passOn(data);
	}

	/**
	 * An entry whose type is the first byte.
	 */
	private static void entry(byte[] data) {
		if (data.length == 0) {
			return;
		}
		Map<byte[], byte[]> body = Map.of(StreamEntry.UID, Utf8.bytes("other"), StreamEntry.NSP, Utf8.bytes("/"),
				StreamEntry.TYPE, Utf8.bytes(Integer.toString(data[0] & 0xff)), StreamEntry.DATA,
				Arrays.copyOfRange(data, 1, data.length));
		StreamEntry entry = StreamEntry.of(new StreamMessage<>(Utf8.bytes("stream"), "1-1", body));
		if (entry == null) {
			throw new IllegalStateException("No entry");
		}
		entry.message(CODEC);
		STREAM.receive(List.of(entry), entry.id());
	}

	private static void message(RedisAdapterFactory factory, Kind kind, String channel, byte[] data) {
		byte[] name = Utf8.bytes(channel);
		factory.link().subscriptions().handle(kind, name, name, data);
	}

	private static void session(byte[] data) {
		SessionDocument document = SessionDocument.decode(data, CODEC);
		if (document != null) {
			Map<String, Object> fields = document.toMap(PARSER.encoder());
			SessionDocument again = SessionDocument.decode(SessionDocument.encode(fields), CODEC);
			if (again == null || !again.session().sid().equals(document.session().sid())) {
				throw new IllegalStateException("Another session: " + again);
			}
		}
	}

	private static void passOn(byte[] data) {
		ClusterMessage message = CODEC.read(data);
		if (message != null) {
			byte[] written = MessageCodec.toMsgpack(message);
			ClusterMessage again = CODEC.read(written);
			if (again == null || !Arrays.equals(MessageCodec.toMsgpack(again), written)) {
				throw new IllegalStateException("Another message: " + again);
			}
		}
	}

}
