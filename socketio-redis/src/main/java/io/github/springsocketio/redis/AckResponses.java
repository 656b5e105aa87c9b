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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.github.springsocketio.socketio.adapter.BroadcastAckListener;
import io.github.springsocketio.socketio.adapter.PendingBroadcastAcks;
import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * The acknowledgements of a broadcast that this node has sent, from clients of all nodes.
 * Each other node first sends the number of its clients that receive the broadcast.
 */
final class AckResponses implements ClusterResponses, BroadcastAckListener {

	/** A limit that is higher than the number of clients of a node. */
	static final int MAX_COUNT = 10_000_000;

	private final AdapterNamespace namespace;

	private final BroadcastAckListener listener;

	/**
	 * The number of pending acknowledgements by node; negative if acknowledgements arrive
	 * before the number of clients.
	 */
	private final Map<String, Integer> open = new ConcurrentHashMap<>();

	private volatile @Nullable PendingBroadcastAcks local;

	AckResponses(AdapterNamespace namespace, BroadcastAckListener listener) {
		this.namespace = namespace;
		this.listener = listener;
	}

	@Override
	public boolean isResponse(ClusterMessage message) {
		return message.type() == MessageType.BROADCAST_CLIENT_COUNT
				&& message.get("clientCount") instanceof Number count && count.longValue() >= 0
				&& count.longValue() <= MAX_COUNT;
	}

	@Override
	public void onResponse(ClusterMessage message) {
		if (message.get("clientCount") instanceof Number count) {
			this.open.merge(message.uid(), count.intValue(), Integer::sum);
			this.listener.onClientCount(count.intValue());
		}
	}

	@Override
	public void onMessage(ClusterMessage message) {
		if (message.type() == MessageType.BROADCAST_ACK) {
			this.open.merge(message.uid(), -1, Integer::sum);
			this.listener.onAck(MessageCodec.value(this.namespace, message.get("packet")));
		}
	}

	@Override
	public void onComplete() {
		// acknowledgements are still pending; the request is removed when these are
		// disposed
	}

	@Override
	public void onTimeout(int missing) {
		// the listener has its own timeout
	}

	@Override
	public void onMissingGone() {
		this.listener.onClientCount(0);
	}

	@Override
	public void onGone(String uid) {
		Integer left = this.open.put(uid, 0);
		for (int i = 0; left != null && i < left; i++) {
			this.listener.onDisconnect();
		}
	}

	@Override
	public boolean isCanceled() {
		PendingBroadcastAcks acks = this.local;
		return acks != null && acks.isDisposed();
	}

	// The clients of this node

	@Override
	public void onPending(PendingBroadcastAcks acks) {
		this.local = acks;
		this.listener.onPending(acks);
	}

	@Override
	public void onClientCount(int count) {
		this.listener.onClientCount(count);
	}

	@Override
	public void onAck(Arguments response) {
		this.listener.onAck(response);
	}

	@Override
	public void onDisconnect() {
		this.listener.onDisconnect();
	}

}
