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

package io.github.springsocketio.socketio.adapter.test;

/**
 * The optional features of an adapter.
 *
 * @since 0.1.0
 */
public enum AdapterFeature {

	/**
	 * Reaches the sockets of other nodes.
	 */
	OTHER_NODES,

	/**
	 * Keeps sessions and packets for connection state recovery.
	 */
	RECOVERY,

	/**
	 * Restores sessions on another node than their previous one.
	 */
	RECOVERY_ON_OTHER_NODES,

	/**
	 * Delivers the broadcasts of several senders in the same order to all sockets of a
	 * namespace.
	 */
	TOTAL_ORDER,

	/**
	 * Reports nodes that have joined or left, by
	 * {@link io.github.springsocketio.socketio.adapter.AdapterNamespace#nodesChanged()}.
	 */
	NODE_CHANGES,

	/**
	 * {@link AdapterCluster#stop(int)} is implemented.
	 */
	ABRUPT_STOP,

	/**
	 * {@link AdapterCluster#fail(boolean)} is implemented.
	 */
	FAILURES

}
