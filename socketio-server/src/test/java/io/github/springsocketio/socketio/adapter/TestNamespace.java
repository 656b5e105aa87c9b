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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.JsonPacketParser;
import io.github.springsocketio.socketio.packet.PacketParser;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * A namespace for adapters, with sockets that write down what they get.
 */
final class TestNamespace implements AdapterNamespace {

	private final PacketParser parser = JsonPacketParser.create();

	private final Map<String, TestAdapterSocket> sockets = new LinkedHashMap<>();

	final List<Runnable> scheduled = new ArrayList<>();

	private final @Nullable RecoveryLimits recovery;

	private final LocalSockets local = new LocalSockets(this);

	private long ackIds;

	TestNamespace(@Nullable RecoveryLimits recovery) {
		this.recovery = recovery;
	}

	TestAdapterSocket add(String id) {
		TestAdapterSocket socket = new TestAdapterSocket(id);
		this.sockets.put(id, socket);
		return socket;
	}

	void remove(String id) {
		this.sockets.remove(id);
	}

	void runScheduled() {
		List<Runnable> due = List.copyOf(this.scheduled);
		this.scheduled.clear();
		due.forEach(Runnable::run);
	}

	@Override
	public String name() {
		return "/";
	}

	@Override
	public String nodeId() {
		return "node";
	}

	@Override
	public Duration requestTimeout() {
		return Duration.ofSeconds(5);
	}

	@Override
	public LocalSockets localNode() {
		return this.local;
	}

	@Override
	public PacketParser parser() {
		return this.parser;
	}

	@Override
	public long nextAckId() {
		return this.ackIds++;
	}

	@Override
	public @Nullable AdapterSocket localSocket(String id) {
		return this.sockets.get(id);
	}

	@Override
	public Collection<? extends AdapterSocket> localSockets() {
		return this.sockets.values();
	}

	@Override
	public int maxRoomsPerSocket() {
		return 100;
	}

	@Override
	public @Nullable RecoveryLimits recovery() {
		return this.recovery;
	}

	@Override
	public Disposable schedule(Duration delay, Runnable task) {
		this.scheduled.add(task);
		return () -> this.scheduled.remove(task);
	}

	@Override
	public void serverSideEvent(String event, Arguments args, @Nullable Consumer<@Nullable Object> ack) {
		throw new UnsupportedOperationException();
	}

}
