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

package io.github.springsocketio.socketio.adapter.test;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.socketio.adapter.Adapter;
import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.github.springsocketio.socketio.adapter.AdapterSocket;
import io.github.springsocketio.socketio.adapter.BroadcastAckListener;
import io.github.springsocketio.socketio.adapter.BroadcastFlags;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import io.github.springsocketio.socketio.adapter.MissedPacket;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import io.github.springsocketio.socketio.adapter.RemoteSocketDetails;
import io.github.springsocketio.socketio.adapter.RestoreResult;
import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * An adapter with a flaw.
 */
final class FlawedAdapter implements Adapter {

	private final AdapterNamespace namespace;

	private final Adapter delegate;

	private final Flaw flaw;

	private final AtomicInteger broadcasts = new AtomicInteger();

	private final Map<String, String> principals = new ConcurrentHashMap<>();

	FlawedAdapter(AdapterNamespace namespace, Adapter delegate, Flaw flaw) {
		this.namespace = namespace;
		this.delegate = delegate;
		this.flaw = flaw;
	}

	/**
	 * Return a namespace for the adapter that has the flaw.
	 */
	static AdapterNamespace namespace(AdapterNamespace namespace, Flaw flaw) {
		if (flaw != Flaw.HIDES_CHANGES_OF_NODES) {
			return namespace;
		}
		return (AdapterNamespace) Proxy.newProxyInstance(FlawedAdapter.class.getClassLoader(),
				new Class<?>[] { AdapterNamespace.class }, (proxy, method,
						args) -> "nodesChanged".equals(method.getName()) ? null : method.invoke(namespace, args));
	}

	@Override
	public boolean reachesOtherNodes() {
		return this.flaw != Flaw.HIDES_OTHER_NODES && this.delegate.reachesOtherNodes();
	}

	@Override
	public Mono<Void> init() {
		return this.delegate.init();
	}

	@Override
	public Mono<Void> close() {
		return (this.flaw == Flaw.STAYS_WHEN_CLOSED) ? Mono.empty() : this.delegate.close();
	}

	@Override
	public Mono<Integer> serverCount() {
		return this.delegate.serverCount();
	}

	@Override
	public Mono<Void> broadcast(BroadcastPacket packet, BroadcastOptions options) {
		Mono<Void> result = this.delegate.broadcast(packet, options);
		return switch (this.flaw) {
			case SELECTS_EXCEPTED_SOCKETS -> this.delegate.broadcast(packet, options.withExcept(Set.of()));
			case REACHES_OTHERS_WITH_LOCAL -> this.delegate.broadcast(packet, options.withFlags(BroadcastFlags.NONE));
			case DELIVERS_TWICE -> result.then(this.delegate.broadcast(packet, options));
			case DELIVERS_BEFORE_SUBSCRIPTION -> {
				result.subscribe();
				yield Mono.empty();
			}
			case REORDERS -> (this.broadcasts.incrementAndGet() % 10 == 5) ? late(result) : result;
			case DISCONNECTS_TOO_EARLY -> late(result);
			case HIDES_FAILURES -> result.onErrorComplete();
			default -> result;
		};
	}

	private Mono<Void> late(Mono<Void> result) {
		return Mono.fromRunnable(() -> this.namespace.schedule(Duration.ofMillis(100), result::subscribe));
	}

	@Override
	public Mono<Void> broadcastWithAck(BroadcastPacket packet, BroadcastOptions options,
			BroadcastAckListener listener) {
		BroadcastOptions selection = (this.flaw == Flaw.KNOWS_ITSELF_ONLY)
				? options.withFlags(options.flags().asLocal()) : options;
		return this.delegate.broadcastWithAck(packet, selection, listener).doOnSuccess((none) -> {
			if (this.flaw == Flaw.KNOWS_ITSELF_ONLY) {
				listener.onClientCount(0);
				listener.onClientCount(0);
			}
		});
	}

	@Override
	public Mono<List<RemoteSocketDetails>> fetchRemoteSockets(BroadcastOptions options) {
		return (this.flaw == Flaw.FETCHES_ITS_OWN_SOCKETS)
				? Mono.fromSupplier(
						() -> this.namespace.localNode().select(options).stream().map(AdapterSocket::details).toList())
				: this.delegate.fetchRemoteSockets(options);
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
		if (this.flaw == Flaw.DROPS_SERVER_SIDE_EVENTS) {
			return Mono.empty();
		}
		Mono<Void> result = this.delegate.serverSideEmit(event, args);
		return (this.flaw == Flaw.RECEIVES_ITS_OWN_EVENTS) ? result.doFirst(
				() -> this.namespace.serverSideEvent(event, this.namespace.parser().encoder().arguments(args), null))
				: result;
	}

	@Override
	public Mono<Void> serverSideEmitWithAck(String event, @Nullable Object[] args, Collection<Arguments> responses) {
		return this.delegate.serverSideEmitWithAck(event, args, responses);
	}

	@Override
	public void inOrder(Runnable task) {
		if (this.flaw == Flaw.LETS_MESSAGES_OVERTAKE) {
			task.run();
		}
		else {
			this.delegate.inOrder(task);
		}
	}

	@Override
	public boolean isIdle() {
		return this.flaw == Flaw.LETS_MESSAGES_OVERTAKE || this.delegate.isIdle();
	}

	@Override
	public boolean isBehind() {
		return this.delegate.isBehind();
	}

	@Override
	public Mono<Void> persistSession(PersistedSession session) {
		if (session.principal() != null) {
			this.principals.put(session.pid(), session.principal());
		}
		return this.delegate.persistSession(session);
	}

	@Override
	public @Nullable String position() {
		return this.delegate.position();
	}

	@Override
	public Mono<RestoreResult> restoreSession(String pid, @Nullable String offset, @Nullable String principal) {
		String owner = (this.flaw == Flaw.IGNORES_THE_PRINCIPAL) ? this.principals.get(pid) : principal;
		Mono<RestoreResult> result = this.delegate.restoreSession(pid, offset, owner);
		return (this.flaw == Flaw.RESTORES_TWICE) ? result.flatMap(this::persistAgain) : result;
	}

	private Mono<RestoreResult> persistAgain(RestoreResult result) {
		PersistedSession session = result.session();
		return (session != null) ? this.delegate.persistSession(session).thenReturn(result) : Mono.just(result);
	}

	@Override
	public Mono<List<MissedPacket>> missedPackets(PersistedSession session, @Nullable String offset) {
		return switch (this.flaw) {
			case FORGETS_MISSED_PACKETS -> Mono.just(List.of());
			case REPLAYS_FROM_THE_ROOMS ->
				this.delegate.missedPackets(PersistedSession.builder(session.sid(), session.pid())
					.rooms(session.rooms())
					.startOffset(session.startOffset())
					.build(), offset);
			case REPEATS_RECEIVED_PACKETS -> this.delegate.missedPackets(session, null);
			default -> this.delegate.missedPackets(session, offset);
		};
	}

}
