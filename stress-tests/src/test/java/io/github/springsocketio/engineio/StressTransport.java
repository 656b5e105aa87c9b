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

package io.github.springsocketio.engineio;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.engineio.packet.EncodedMessage;

/**
 * A transport without a network that can always write, on any thread.
 */
final class StressTransport implements Transport {

	private final TransportType type;

	final AtomicInteger written = new AtomicInteger();

	final AtomicInteger writers = new AtomicInteger();

	final AtomicInteger closes = new AtomicInteger();

	volatile boolean overlapped;

	StressTransport(TransportType type) {
		this.type = type;
	}

	@Override
	public TransportType type() {
		return this.type;
	}

	@Override
	public boolean isPolled() {
		return this.type == TransportType.POLLING;
	}

	@Override
	public boolean isWritable() {
		return true;
	}

	@Override
	public void drain(Outbox outbox) {
		if (this.writers.getAndIncrement() != 0) {
			this.overlapped = true;
		}
		while (outbox.poll() instanceof EncodedMessage) {
			this.written.incrementAndGet();
		}
		this.writers.decrementAndGet();
	}

	@Override
	public void sendControl(EncodedMessage packet) {
		// the answer to a probe
	}

	@Override
	public boolean closeOrderly() {
		close(CloseReason.FORCED_CLOSE);
		return true;
	}

	@Override
	public void close(CloseReason reason) {
		this.closes.incrementAndGet();
	}

	@Override
	public void setReading(boolean reading) {
		// nothing is read
	}

	@Override
	public void attach(TransportHandler handler) {
		// calls it only where a test does
	}

}
