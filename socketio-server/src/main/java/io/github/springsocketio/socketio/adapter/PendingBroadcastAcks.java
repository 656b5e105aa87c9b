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

package io.github.springsocketio.socketio.adapter;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.springsocketio.socketio.packet.Arguments;
import reactor.core.Disposable;

/**
 * The acknowledgements of one broadcast that are pending on this node. Filled by one
 * thread; disposed of by any.
 *
 * @since 0.1.0
 */
public final class PendingBroadcastAcks implements Disposable {

	private final long id;

	private final BroadcastAckListener listener;

	private final Map<String, AdapterSocket> sockets = new ConcurrentHashMap<>();

	private int count;

	private volatile boolean completed;

	private volatile boolean disposed;

	PendingBroadcastAcks(long id, BroadcastAckListener listener) {
		this.id = id;
		this.listener = listener;
	}

	void expect(AdapterSocket socket) {
		this.count++;
		this.sockets.put(socket.id(), socket);
		// if it is refused, the client is counted although its acknowledgement is never
		// received
		socket.expectAck(this.id, new AckCallback() {

			@Override
			public void onAck(Arguments response) {
				PendingBroadcastAcks.this.sockets.remove(socket.id());
				PendingBroadcastAcks.this.listener.onAck(response);
			}

			@Override
			public void onDisconnect() {
				PendingBroadcastAcks.this.sockets.remove(socket.id());
				PendingBroadcastAcks.this.listener.onDisconnect();
			}

		});
	}

	/**
	 * Called when all receivers are known.
	 */
	void complete() {
		this.completed = true;
		this.listener.onClientCount(this.count);
		if (this.disposed) {
			cancel();
		}
	}

	/**
	 * Return the sockets of this node that have not acknowledged yet.
	 * @return a snapshot of their ids
	 */
	public Set<String> socketIds() {
		return Collections.unmodifiableSet(new LinkedHashSet<>(this.sockets.keySet()));
	}

	@Override
	public void dispose() {
		this.disposed = true;
		if (this.completed) {
			cancel();
		}
	}

	@Override
	public boolean isDisposed() {
		return this.disposed;
	}

	private void cancel() {
		for (AdapterSocket socket : this.sockets.values()) {
			socket.cancelAck(this.id);
		}
	}

}
