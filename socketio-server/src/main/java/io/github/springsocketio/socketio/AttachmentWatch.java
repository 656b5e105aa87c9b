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

import io.github.springsocketio.engineio.CountedBytes;
import io.github.springsocketio.engineio.Timers;
import org.jspecify.annotations.Nullable;

/**
 * The time limit for the attachments of packets, and the memory of incomplete packets.
 * Created for the first packet with attachments; all packets of a client share one timer.
 * All methods are called in the session's turn.
 */
final class AttachmentWatch {

	/** Smaller packets are not counted. */
	private static final int MIN_COUNTED = 4096;

	private final Client client;

	private final CountedBytes memory;

	private int received;

	private long packets;

	private Timers.@Nullable Timeout timeout;

	AttachmentWatch(Client client) {
		this.client = client;
		this.memory = new CountedBytes(client.session()::countMemory, MIN_COUNTED);
	}

	/**
	 * Called when a packet is complete.
	 * @return the number of bytes of its previous parts
	 */
	int onPacket() {
		int bytes = this.received;
		this.packets++;
		release();
		return bytes;
	}

	/**
	 * Called when a part of an incomplete packet was received.
	 * @param bytes its size
	 */
	void onIncomplete(int bytes) {
		this.received += bytes;
		this.memory.set(this.received);
		if (this.timeout == null) {
			schedule();
		}
	}

	private void schedule() {
		long expected = this.packets;
		this.timeout = this.client.server()
			.engine()
			.timers()
			.schedule(this.client.server().options().attachmentTimeout(),
					() -> this.client.session().executeAfterReading(() -> timedOut(expected)));
	}

	private void timedOut(long expected) {
		this.timeout = null;
		if (this.client.isClosed() || !this.client.decoder().isIncomplete()) {
			return;
		}
		if (this.packets == expected) {
			this.client.limitExceeded(SocketIoLimit.ATTACHMENT_TIMEOUT);
			this.client.invalid("attachments did not come in time");
		}
		else {
			schedule();
		}
	}

	private void release() {
		this.received = 0;
		this.memory.set(0);
	}

	void cancel() {
		release();
		if (this.timeout != null) {
			this.timeout.cancel();
			this.timeout = null;
		}
	}

}
