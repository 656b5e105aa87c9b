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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.lettuce.core.XAddArgs;
import org.jspecify.annotations.Nullable;

/**
 * Transports broadcasts and changes of sockets by a stream, and requests and responses by
 * Pub/Sub.
 */
final class StreamsTransport implements ClusterTransport {

	private final StreamHub hub;

	private final byte[] stream;

	private final PubSubTransport requests;

	StreamsTransport(StreamHub hub, String nsp, PubSubTransport requests) {
		this.hub = hub;
		this.stream = Utf8.bytes(hub.stream(nsp));
		this.requests = requests;
	}

	@Override
	public CompletionStage<Void> open(Consumer<ClusterMessage> receiver) {
		return this.requests.open(receiver);
	}

	@Override
	public void close() {
		this.requests.close();
	}

	@Override
	public CompletionStage<?> publish(ClusterMessage message) {
		return isStored(message) ? append(message, null) : this.requests.publish(message);
	}

	private static boolean isStored(ClusterMessage message) {
		return switch (message.type()) {
			case MessageType.BROADCAST -> message.requestId() == null;
			case MessageType.SOCKETS_JOIN, MessageType.SOCKETS_LEAVE, MessageType.DISCONNECT_SOCKETS -> true;
			default -> false;
		};
	}

	/**
	 * Add a message to the stream.
	 * @param nonce identifies the entry for this node, or {@code null}
	 * @return the id of the entry
	 */
	CompletionStage<String> append(ClusterMessage message, @Nullable String nonce) {
		byte[] data;
		try {
			data = MessageCodec.toText(message, this.hub.options().isOnlyPlaintext());
		}
		catch (IllegalArgumentException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		List<Object> fields = new ArrayList<>(10);
		fields.add(StreamEntry.UID);
		fields.add(Utf8.bytes(message.uid()));
		fields.add(StreamEntry.NSP);
		fields.add(Utf8.bytes(message.nsp()));
		fields.add(StreamEntry.TYPE);
		fields.add(Utf8.bytes(Integer.toString(message.type())));
		fields.add(StreamEntry.DATA);
		fields.add(data);
		if (nonce != null) {
			fields.add(StreamEntry.NONCE);
			fields.add(Utf8.bytes(nonce));
		}
		XAddArgs args = new XAddArgs().maxlen(this.hub.options().getMaxLength()).approximateTrimming();
		return this.hub.link().publish(data.length, (commands) -> commands.xadd(this.stream, args, fields.toArray()));
	}

	@Override
	public CompletionStage<Long> send(String uid, ClusterMessage message) {
		return this.requests.send(uid, message);
	}

	@Override
	public CompletionStage<List<Integer>> count(Collection<String> uids) {
		return this.requests.count(uids);
	}

}
