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
 * The time limit for attachments, and the memory that they take until all of a packet
 * have come. Created for the first packet that has some; one timer serves all packets of
 * a client. Runs in the session's turn.
 */
final class AttachmentWatch {

	/** Fewer bytes are not worth counting. */
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
	 * A packet is complete.
	 * @return the bytes of its former parts
	 */
	int onPacket() {
		int bytes = this.received;
		this.packets++;
		release();
		return bytes;
	}

	/**
	 * A part of a packet has come.
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
