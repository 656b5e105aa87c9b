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

import java.util.ArrayList;
import java.util.List;

import reactor.core.Disposable;

/**
 * The acknowledgements that the sockets of this node owe to one broadcast (CL-05). Filled
 * by one thread; disposed of by any.
 */
final class ExpectedAcks implements Disposable {

	private final long id;

	private final BroadcastAckListener listener;

	private final List<AdapterSocket> sockets = new ArrayList<>();

	private volatile boolean completed;

	private volatile boolean disposed;

	ExpectedAcks(long id, BroadcastAckListener listener) {
		this.id = id;
		this.listener = listener;
	}

	void expect(AdapterSocket socket) {
		this.sockets.add(socket);
		socket.expectAck(this.id, this.listener::onAck);
	}

	/**
	 * All receivers are known.
	 */
	void complete() {
		this.completed = true;
		this.listener.onClientCount(this.sockets.size());
		if (this.disposed) {
			forget();
		}
	}

	@Override
	public void dispose() {
		this.disposed = true;
		if (this.completed) {
			forget();
		}
	}

	@Override
	public boolean isDisposed() {
		return this.disposed;
	}

	private void forget() {
		for (AdapterSocket socket : this.sockets) {
			socket.forgetAck(this.id);
		}
	}

}
