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

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.github.springsocketio.socketio.adapter.BroadcastAckListener;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.PendingBroadcastAcks;
import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * Forwards the acknowledgements of clients of this node to the node that has sent the
 * broadcast.
 */
final class RemoteAcks {

	/**
	 * The time for which acknowledgements are forwarded if the broadcast has no timeout.
	 */
	private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(5);

	private final AdapterNamespace namespace;

	private final Responder responder;

	RemoteAcks(AdapterNamespace namespace, Responder responder) {
		this.namespace = namespace;
		this.responder = responder;
	}

	static Duration limit(BroadcastOptions options) {
		Duration limit = options.flags().timeout();
		return (limit != null) ? limit : DEFAULT_LIMIT;
	}

	/**
	 * Return the listener for a broadcast of another node.
	 */
	BroadcastAckListener listener(ClusterMessage request, BroadcastOptions options) {
		return new Forwarding(request, limit(options));
	}

	/**
	 * Sends a response.
	 */
	@FunctionalInterface
	interface Responder {

		void respond(ClusterMessage request, int type, String name, @Nullable Object value);

	}

	private final class Forwarding implements BroadcastAckListener {

		private final ClusterMessage request;

		private final Duration limit;

		/**
		 * The number of pending clients; negative if clients respond before they are
		 * counted.
		 */
		private final AtomicInteger open = new AtomicInteger();

		private volatile @Nullable PendingBroadcastAcks pending;

		private volatile @Nullable Disposable timer;

		private Forwarding(ClusterMessage request, Duration limit) {
			this.request = request;
			this.limit = limit;
		}

		@Override
		public void onPending(PendingBroadcastAcks acks) {
			this.pending = acks;
		}

		@Override
		public void onClientCount(int count) {
			PendingBroadcastAcks acks = this.pending;
			if (count > 0 && acks != null) {
				this.timer = RemoteAcks.this.namespace.schedule(this.limit, acks::dispose);
				changed(count);
			}
			RemoteAcks.this.responder.respond(this.request, MessageType.BROADCAST_CLIENT_COUNT, "clientCount", count);
		}

		@Override
		public void onAck(Arguments response) {
			changed(-1);
			PendingBroadcastAcks acks = this.pending;
			if (acks == null || !acks.isDisposed()) {
				RemoteAcks.this.responder.respond(this.request, MessageType.BROADCAST_ACK, "packet", response.get(0));
			}
		}

		@Override
		public void onDisconnect() {
			// the protocol has no message for a disconnection
			changed(-1);
		}

		private void changed(int change) {
			Disposable task = this.timer;
			if (this.open.addAndGet(change) == 0 && task != null) {
				task.dispose();
			}
		}

	}

}
