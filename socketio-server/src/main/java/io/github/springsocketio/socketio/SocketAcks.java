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

package io.github.springsocketio.socketio;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;

import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * The acknowledgements that are expected of one socket. There is no table before one is.
 */
abstract class SocketAcks extends SocketOperators {

	private static final AtomicReferenceFieldUpdater<SocketAcks, @Nullable AckTable> ACKS = AtomicReferenceFieldUpdater
		.newUpdater(SocketAcks.class, AckTable.class, "acks");

	private volatile @Nullable AckTable acks;

	abstract DefaultSocket self();

	@Override
	public final boolean expectAck(long ackId, Consumer<Arguments> ack) {
		AckTable table = this.acks;
		if (table == null) {
			ACKS.compareAndSet(this, null, new AckTable(namespace().server().options().maxPendingAcks()));
			table = Objects.requireNonNull(this.acks);
		}
		boolean added = table.add(ackId, ack);
		if (!added) {
			namespace().server().engine().limitExceeded(SocketIoLimit.MAX_PENDING_ACKS);
		}
		return added;
	}

	@Override
	public final void forgetAck(long ackId) {
		AckTable table = this.acks;
		if (table != null) {
			table.remove(ackId);
		}
	}

	/**
	 * Return how many acknowledgements are expected.
	 * @return the number
	 */
	final int expectedAcks() {
		AckTable table = this.acks;
		return (table != null) ? table.size() : 0;
	}

	final void forgetAcks() {
		AckTable table = this.acks;
		if (table != null) {
			table.clear();
		}
	}

	/**
	 * Take an acknowledgement of the client; one that nobody waits for is ignored
	 * (SIO-19).
	 */
	final void onAck(long ackId, Arguments arguments) {
		AckTable table = this.acks;
		Consumer<Arguments> ack = (table != null) ? table.remove(ackId) : null;
		if (ack != null) {
			try {
				ack.accept(arguments);
			}
			catch (Throwable ex) {
				UserCode.failed("The receiver of an acknowledgement", self(), ex);
			}
		}
	}

}
