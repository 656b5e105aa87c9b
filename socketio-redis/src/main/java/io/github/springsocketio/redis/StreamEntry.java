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

import java.util.HashMap;
import java.util.Map;

import io.lettuce.core.StreamMessage;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a stream, whose content is not decoded yet.
 *
 * @param id the id
 * @param uid the id of the sender
 * @param nsp the namespace
 * @param type the type of the message
 * @param data the content as text; empty for none
 * @param nonce identifies the entry for the sender, or {@code null}
 */
record StreamEntry(StreamId id, String uid, String nsp, int type, byte[] data, @Nullable String nonce) {

	static final byte[] UID = Utf8.bytes("uid");

	static final byte[] NSP = Utf8.bytes("nsp");

	static final byte[] TYPE = Utf8.bytes("type");

	static final byte[] DATA = Utf8.bytes("data");

	/**
	 * An additional field that other servers ignore.
	 */
	static final byte[] NONCE = Utf8.bytes("nonce");

	private static final int MAX_TYPE_LENGTH = 4;

	/**
	 * Create an entry from a message of the stream.
	 * @return {@code null} if it is not a message between nodes
	 */
	static @Nullable StreamEntry of(StreamMessage<byte[], byte[]> message) {
		StreamId entry = StreamId.parse(message.getId());
		Map<byte[], byte[]> body = message.getBody();
		if (entry == null || body == null) {
			return null;
		}
		Map<String, byte[]> fields = new HashMap<>();
		body.forEach((name, value) -> fields.put(Utf8.text(name), value));
		String sender = text(fields.get("uid"));
		String namespace = text(fields.get("nsp"));
		int number = type(fields.get("type"));
		if (sender == null || namespace == null || number < 0) {
			return null;
		}
		return new StreamEntry(entry, sender, namespace, number, fields.getOrDefault("data", new byte[0]),
				text(fields.get("nonce")));
	}

	private static @Nullable String text(byte @Nullable [] value) {
		return (value != null) ? Utf8.text(value) : null;
	}

	private static int type(byte @Nullable [] text) {
		if (text == null || text.length == 0 || text.length > MAX_TYPE_LENGTH) {
			return -1;
		}
		int result = 0;
		for (byte digit : text) {
			if (digit < '0' || digit > '9') {
				return -1;
			}
			result = result * 10 + digit - '0';
		}
		return result;
	}

	/**
	 * Return the message in this entry.
	 * @return {@code null} if it is not valid
	 */
	@Nullable ClusterMessage message(MessageCodec codec) {
		Map<String, @Nullable Object> content = codec.readText(this.data);
		return (content != null) ? new ClusterMessage(this.uid, this.nsp, this.type, content) : null;
	}

	/**
	 * Return whether this is a broadcast.
	 */
	boolean isBroadcast() {
		return this.type == MessageType.BROADCAST;
	}

}
