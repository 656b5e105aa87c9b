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

import java.util.function.Consumer;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * One broadcast under way: gives all receivers the same message, which the first of them
 * has encoded (SIO-70).
 */
final class Delivery implements Consumer<AdapterSocket> {

	private final AdapterNamespace namespace;

	private final BroadcastPacket packet;

	private final BroadcastFlags flags;

	private final @Nullable ExpectedAcks acks;

	private @Nullable EncodedMessage message;

	Delivery(AdapterNamespace namespace, BroadcastPacket packet, BroadcastFlags flags, @Nullable ExpectedAcks acks) {
		this.namespace = namespace;
		this.packet = packet;
		this.flags = flags;
		this.acks = acks;
	}

	@Override
	public void accept(AdapterSocket socket) {
		EncodedMessage shared = this.message;
		if (shared == null) {
			shared = this.packet.encoded(this.namespace.parser().encoder(), this.namespace.name(),
					this.flags.compress());
			this.message = shared;
		}
		if (this.acks != null) {
			this.acks.expect(socket);
		}
		socket.deliver(this.packet, shared, this.flags.droppable());
	}

}
