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

package io.github.springsocketio.benchmarks.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.github.springsocketio.benchmarks.Histogram;
import tools.jackson.databind.json.JsonMapper;

/**
 * Counts what happens to the clients. Safe to use from any thread.
 */
final class LoadReport {

	final LongAdder connections = new LongAdder();

	final LongAdder upgrades = new LongAdder();

	final LongAdder reconnections = new LongAdder();

	final LongAdder recoveries = new LongAdder();

	final LongAdder sent = new LongAdder();

	final LongAdder received = new LongAdder();

	final LongAdder outOfOrder = new LongAdder();

	final LongAdder repeated = new LongAdder();

	final Histogram connectTimes = new Histogram();

	final Histogram roundTrips = new Histogram();

	private final Map<String, LongAdder> connectErrors = new ConcurrentHashMap<>();

	private final Map<String, LongAdder> disconnections = new ConcurrentHashMap<>();

	void connectError(String reason) {
		this.connectErrors.computeIfAbsent(reason, (key) -> new LongAdder()).increment();
	}

	void disconnected(String reason) {
		this.disconnections.computeIfAbsent(reason, (key) -> new LongAdder()).increment();
	}

	boolean isComplete() {
		return this.received.sum() >= this.sent.sum();
	}

	/**
	 * Return the report as one line of JSON.
	 */
	String toJson(LoadOptions options, long connected, double seconds) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("url", options.url());
		json.put("clients", options.clients());
		json.put("transports", options.transports().stream().map((transport) -> transport.text()).toList());
		json.put("cookies", options.cookies());
		json.put("seconds", Math.round(seconds * 10) / 10.0);
		json.put("connectedAtEnd", connected);
		json.put("connections", this.connections.sum());
		json.put("upgradedAtEnd", this.upgrades.sum());
		json.put("reconnections", this.reconnections.sum());
		json.put("recoveries", this.recoveries.sum());
		json.put("connectErrors", counts(this.connectErrors));
		json.put("disconnections", counts(this.disconnections));
		json.put("sent", this.sent.sum());
		json.put("received", this.received.sum());
		json.put("lost", Math.max(0, this.sent.sum() - this.received.sum()));
		json.put("outOfOrder", this.outOfOrder.sum());
		json.put("repeated", this.repeated.sum());
		json.put("connectMillis", percentiles(this.connectTimes));
		json.put("roundTripMillis", percentiles(this.roundTrips));
		return JsonMapper.shared().writeValueAsString(json);
	}

	private static Map<String, Long> counts(Map<String, LongAdder> counters) {
		Map<String, Long> counts = new TreeMap<>();
		counters.forEach((name, counter) -> counts.put(name, counter.sum()));
		return counts;
	}

	private static Map<String, Double> percentiles(Histogram times) {
		Map<String, Double> percentiles = new LinkedHashMap<>();
		percentiles.put("p50", millis(times, 0.5));
		percentiles.put("p90", millis(times, 0.9));
		percentiles.put("p99", millis(times, 0.99));
		percentiles.put("p999", millis(times, 0.999));
		percentiles.put("max", millis(times, 1));
		return percentiles;
	}

	private static double millis(Histogram times, double share) {
		return Math.round(times.quantile(share)) / 1000.0;
	}

}
