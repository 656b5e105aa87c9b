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

package io.github.springsocketio.admin;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineListener;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.PacketSizeListener;
import io.github.springsocketio.engineio.TransportType;
import org.jspecify.annotations.Nullable;

/**
 * Counts sessions, packets and bytes, and stores the sums of each second until they are
 * reported.
 */
final class Traffic implements EngineListener {

	private final Clock clock;

	private final LongAdder opened = new LongAdder();

	private final Map<CloseReason, LongAdder> closed = new LinkedHashMap<>();

	private final LongAdder packetsIn = new LongAdder();

	private final LongAdder packetsOut = new LongAdder();

	private final LongAdder bytesIn = new LongAdder();

	private final LongAdder bytesOut = new LongAdder();

	private final AtomicInteger polling = new AtomicInteger();

	private final Packets packets = new Packets();

	private List<Map<String, Object>> seconds = new ArrayList<>();

	Traffic(Clock clock) {
		this.clock = clock;
		for (CloseReason reason : CloseReason.values()) {
			this.closed.put(reason, new LongAdder());
		}
	}

	/**
	 * Return the number of sessions whose transport is polling.
	 */
	int pollingClients() {
		return this.polling.get();
	}

	/**
	 * Store the sums of the current second. Called by one thread at a time, like
	 * {@link #take()}.
	 */
	void endSecond() {
		long timestamp = this.clock.millis() / 1000 * 1000;
		add(timestamp, "rawConnection", null, this.opened);
		this.closed.forEach((reason, count) -> add(timestamp, "rawDisconnection", reason.text(), count));
		add(timestamp, "packetsIn", null, this.packetsIn);
		add(timestamp, "packetsOut", null, this.packetsOut);
		add(timestamp, "bytesIn", null, this.bytesIn);
		add(timestamp, "bytesOut", null, this.bytesOut);
	}

	private void add(long timestamp, String type, @Nullable String subType, LongAdder counter) {
		long count = counter.sumThenReset();
		if (count != 0) {
			Map<String, Object> event = new LinkedHashMap<>();
			event.put("timestamp", timestamp);
			event.put("type", type);
			if (subType != null) {
				event.put("subType", subType);
			}
			event.put("count", count);
			this.seconds.add(event);
		}
	}

	/**
	 * Return the sums since the last call.
	 */
	List<Map<String, Object>> take() {
		List<Map<String, Object>> result = this.seconds;
		this.seconds = new ArrayList<>();
		return result;
	}

	@Override
	public void onConnection(EngineSession session) {
		this.opened.increment();
		if (session.transportType() == TransportType.POLLING) {
			this.polling.incrementAndGet();
		}
		session.addListener(this.packets);
	}

	@Override
	public void onClose(EngineSession session, CloseReason reason, @Nullable String detail) {
		LongAdder counter = this.closed.get(reason);
		if (counter != null) {
			counter.increment();
		}
		if (session.transportType() == TransportType.POLLING) {
			this.polling.decrementAndGet();
		}
	}

	/**
	 * The listener of all sessions.
	 */
	private final class Packets implements PacketSizeListener {

		@Override
		public void onUpgrade(EngineSession session, TransportType transport) {
			Traffic.this.polling.decrementAndGet();
		}

		@Override
		public void onPacketReceived(int size) {
			Traffic.this.packetsIn.increment();
			Traffic.this.bytesIn.add(size);
		}

		@Override
		public void onPacketCreated(int size) {
			Traffic.this.packetsOut.increment();
			Traffic.this.bytesOut.add(size);
		}

	}

}
