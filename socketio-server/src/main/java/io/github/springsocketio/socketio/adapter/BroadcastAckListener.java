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

import io.github.springsocketio.socketio.packet.Arguments;

/**
 * Collects the acknowledgements of a broadcast. Safe to use from any thread.
 *
 * @since 0.1.0
 */
public interface BroadcastAckListener {

	/**
	 * Called with the acknowledgements that are pending on this node, before
	 * {@link #onClientCount(int)}.
	 * @param acks the pending acknowledgements, which the listener disposes of when they
	 * are no longer needed
	 */
	void onPending(PendingBroadcastAcks acks);

	/**
	 * Called once for each node with the number of clients to which the node has sent the
	 * event, before or after the first acknowledgements.
	 * @param clients the number, 0 included
	 */
	void onClientCount(int clients);

	/**
	 * Called when a client has acknowledged.
	 * @param response the arguments of the acknowledgement; from other nodes the first
	 * one only
	 */
	void onAck(Arguments response);

	/**
	 * Called when a counted client is disconnected before it has acknowledged.
	 */
	void onDisconnect();

}
