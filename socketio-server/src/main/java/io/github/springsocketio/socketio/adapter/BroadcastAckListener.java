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
 * Collects the acknowledgements of a broadcast (CL-05).
 *
 * @since 0.1.0
 */
public interface BroadcastAckListener {

	/**
	 * A node tells to how many clients it has sent the event; comes once for each node,
	 * before or after the first answers.
	 * @param clients the number, also 0
	 */
	void onClientCount(int clients);

	/**
	 * A client has answered.
	 * @param answer the arguments of its acknowledgement; from other nodes the first one
	 * only
	 */
	void onAck(Arguments answer);

}
