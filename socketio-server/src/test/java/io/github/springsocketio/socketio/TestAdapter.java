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

import java.util.Collection;
import java.util.List;

import io.github.springsocketio.socketio.adapter.Adapter;
import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.github.springsocketio.socketio.adapter.BroadcastAckListener;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.InMemoryAdapter;
import io.github.springsocketio.socketio.adapter.MissedPacket;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import io.github.springsocketio.socketio.adapter.RemoteSocketDetails;
import io.github.springsocketio.socketio.adapter.RestoreResult;
import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * An adapter that does what the in-memory adapter does, unless a test overrides it.
 */
class TestAdapter implements Adapter {

	final AdapterNamespace namespace;

	private final Adapter delegate;

	TestAdapter(AdapterNamespace namespace) {
		this.namespace = namespace;
		this.delegate = new InMemoryAdapter(namespace);
	}

	@Override
	public Mono<Void> init() {
		return this.delegate.init();
	}

	@Override
	public Mono<Void> close() {
		return this.delegate.close();
	}

	@Override
	public boolean reachesOtherNodes() {
		return this.delegate.reachesOtherNodes();
	}

	@Override
	public Mono<Integer> serverCount() {
		return this.delegate.serverCount();
	}

	@Override
	public Mono<Void> broadcast(BroadcastPacket packet, BroadcastOptions options) {
		return this.delegate.broadcast(packet, options);
	}

	@Override
	public Mono<Void> broadcastWithAck(BroadcastPacket packet, BroadcastOptions options,
			BroadcastAckListener listener) {
		return this.delegate.broadcastWithAck(packet, options, listener);
	}

	@Override
	public Mono<List<RemoteSocketDetails>> fetchRemoteSockets(BroadcastOptions options) {
		return this.delegate.fetchRemoteSockets(options);
	}

	@Override
	public Mono<Void> addSockets(BroadcastOptions options, Collection<String> rooms) {
		return this.delegate.addSockets(options, rooms);
	}

	@Override
	public Mono<Void> delSockets(BroadcastOptions options, Collection<String> rooms) {
		return this.delegate.delSockets(options, rooms);
	}

	@Override
	public Mono<Void> disconnectSockets(BroadcastOptions options, boolean close) {
		return this.delegate.disconnectSockets(options, close);
	}

	@Override
	public Mono<Void> serverSideEmit(String event, @Nullable Object[] args) {
		return this.delegate.serverSideEmit(event, args);
	}

	@Override
	public Mono<Void> serverSideEmitWithAck(String event, @Nullable Object[] args, Collection<Arguments> responses) {
		return this.delegate.serverSideEmitWithAck(event, args, responses);
	}

	@Override
	public void inOrder(Runnable task) {
		this.delegate.inOrder(task);
	}

	@Override
	public boolean isIdle() {
		return this.delegate.isIdle();
	}

	@Override
	public boolean isBehind() {
		return this.delegate.isBehind();
	}

	@Override
	public Mono<Void> persistSession(PersistedSession session) {
		return this.delegate.persistSession(session);
	}

	@Override
	public @Nullable String position() {
		return this.delegate.position();
	}

	@Override
	public Mono<RestoreResult> restoreSession(String pid, @Nullable String offset, @Nullable String principal) {
		return this.delegate.restoreSession(pid, offset, principal);
	}

	@Override
	public Mono<List<MissedPacket>> missedPackets(PersistedSession session, @Nullable String offset) {
		return this.delegate.missedPackets(session, offset);
	}

}
