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

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.socketio.adapter.PersistedSession;
import io.github.springsocketio.socketio.packet.PacketEncoder;
import io.github.springsocketio.socketio.packet.msgpack.MsgpackWriter;
import org.jspecify.annotations.Nullable;

/**
 * The state of a client as it is stored in Redis: the fields of the JavaScript server,
 * and additional fields that it ignores.
 *
 * @param session the state
 * @param nsp the namespace, or {@code null} if the JavaScript server has written it
 * @param owner the id of the node whose socket is still connected, or {@code null} if it
 * is disconnected
 * @param direct the position up to which clients may have received broadcasts that are
 * not in the stream, or {@code null}
 */
record SessionDocument(PersistedSession session, @Nullable String nsp, @Nullable String owner,
		@Nullable String direct) {

	/**
	 * Return the fields.
	 * @throws IllegalArgumentException if the data of the socket cannot be written
	 */
	Map<String, @Nullable Object> toMap(PacketEncoder encoder) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		map.put("sid", this.session.sid());
		map.put("pid", this.session.pid());
		map.put("rooms", List.copyOf(this.session.rooms()));
		map.put("data", MessageCodec.plain(encoder, this.session.data()));
		put(map, "nsp", this.nsp);
		put(map, "principal", this.session.principal());
		put(map, "start", this.session.startOffset());
		put(map, "direct", this.direct);
		if (this.owner != null) {
			map.put("owner", this.owner);
			return map;
		}
		put(map, "received", this.session.receivedOffset());
		put(map, "after", this.session.sentAfter());
		put(map, "end", this.session.endOffset());
		map.put("sent", this.session.sentOffsets());
		if (!this.session.aliases().isEmpty()) {
			map.put("aliases", this.session.aliases());
		}
		return map;
	}

	private static void put(Map<String, @Nullable Object> map, String name, @Nullable String value) {
		if (value != null) {
			map.put(name, value);
		}
	}

	/**
	 * Encode fields for Redis.
	 */
	static byte[] encode(Map<String, @Nullable Object> fields) {
		return Base64.getEncoder().encode(MsgpackWriter.toBytes(fields));
	}

	/**
	 * Decode a value of Redis.
	 * @return {@code null} if it is not valid
	 */
	static @Nullable SessionDocument decode(byte[] value, MessageCodec codec) {
		Map<String, @Nullable Object> fields = codec.readText(value);
		return (fields != null) ? of(fields) : null;
	}

	/**
	 * Create a document from fields.
	 * @return {@code null} if it is not valid
	 */
	static @Nullable SessionDocument of(Map<?, ?> map) {
		if (!(map.get("sid") instanceof String sid) || !(map.get("pid") instanceof String pid)) {
			return null;
		}
		PersistedSession session = PersistedSession.builder(sid, pid)
			.principal(string(map, "principal"))
			.rooms(new LinkedHashSet<>(MessageCodec.names(map.get("rooms"))))
			.data(MessageCodec.object(map.get("data")))
			.startOffset(string(map, "start"))
			.receivedOffset(string(map, "received"))
			.sent(string(map, "after"), MessageCodec.strings(map.get("sent")))
			.endOffset(string(map, "end"))
			.aliases(aliases(map.get("aliases")))
			.build();
		return new SessionDocument(session, string(map, "nsp"), string(map, "owner"), string(map, "direct"));
	}

	private static Map<String, String> aliases(@Nullable Object value) {
		Map<String, String> result = new LinkedHashMap<>();
		if (value instanceof Map<?, ?> map) {
			map.forEach((name, offset) -> {
				if (name instanceof String text && offset instanceof String known) {
					result.put(text, known);
				}
			});
		}
		return result;
	}

	private static @Nullable String string(Map<?, ?> map, String name) {
		return (map.get(name) instanceof String text) ? text : null;
	}

}
