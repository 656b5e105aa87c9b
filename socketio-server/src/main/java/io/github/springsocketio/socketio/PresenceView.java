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

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.engineio.SecureSessionIds;
import io.github.springsocketio.socketio.adapter.OrderedTasks;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * The presence in a namespace or room, for subscribers of this node and for other nodes
 * that watch it. It exists while there are any. All tasks run in one order, so that a
 * snapshot and the changes after it are consistent.
 * <p>
 * A thread that changes the rooms or the state of a socket only reports the id of the
 * socket. Its presence is determined later, so that concurrent changes result in the
 * correct state.
 */
final class PresenceView {

	/**
	 * The number of consecutive missing responses after which a node is considered
	 * failed.
	 */
	private static final int MAX_MISSES = 2;

	private final PresenceHub hub;

	private final @Nullable String room;

	private final OrderedTasks order = new OrderedTasks();

	private final Set<String> touched = ConcurrentHashMap.newKeySet();

	private final String epoch = SecureSessionIds.next();

	private final Map<String, PresentSocket> local = new LinkedHashMap<>();

	private final PresenceMembers members;

	private final Map<String, PresenceNode> nodes = new LinkedHashMap<>();

	private final List<PresenceSubscription> subscriptions = new ArrayList<>();

	/** The watching nodes, with the times at which their leases end. */
	private final Map<String, Long> watchers = new HashMap<>();

	private long version;

	private boolean scanned;

	/**
	 * Whether the responses of the other nodes were received, or there are no other
	 * nodes.
	 */
	private boolean ready;

	private boolean complete = true;

	private boolean asking;

	private boolean askAgain;

	/**
	 * Incremented when the last subscriber is removed, so that late responses are
	 * ignored.
	 */
	private int generation;

	private @Nullable Disposable timer;

	private @Nullable Disposable watchersTimer;

	private boolean closed;

	PresenceView(PresenceHub hub, @Nullable String room) {
		this.hub = hub;
		this.room = room;
		this.members = new PresenceMembers(room, this::changed);
	}

	@Nullable String room() {
		return this.room;
	}

	/**
	 * Run a task in the order of this view.
	 * @param otherwise run if the view is closed
	 */
	void execute(Runnable task, Runnable otherwise) {
		this.order.run(() -> {
			if (this.closed) {
				otherwise.run();
				return;
			}
			scan();
			task.run();
			emit();
			closeIfUnused();
		});
	}

	/**
	 * Run a task in the order of this view, unless it is closed.
	 */
	void execute(Runnable task) {
		execute(task, () -> {
		});
	}

	private void scan() {
		if (!this.scanned) {
			this.scanned = true;
			this.hub.localIds(this.room).forEach(this::update);
		}
	}

	/**
	 * Report that a socket of this node may have joined or left.
	 */
	void touch(String id) {
		if (this.touched.add(id)) {
			this.order.run(() -> {
				this.touched.remove(id);
				if (this.scanned && !this.closed) {
					update(id);
					emit();
				}
			});
		}
	}

	private void update(String id) {
		PresentSocket known = this.local.get(id);
		PresentSocket current = this.hub.local(this.room, id);
		if (known == null && current != null) {
			this.local.put(id, current);
			this.members.add(current);
			publish(true, current);
		}
		else if (known != null && current == null) {
			this.local.remove(id);
			this.members.remove(id);
			publish(false, known);
		}
	}

	private void publish(boolean joined, PresentSocket socket) {
		this.version++;
		if (!this.watchers.isEmpty()) {
			this.hub.cluster().publish(this.room, this.epoch, this.version, joined, socket);
		}
	}

	private void changed(PresenceChange change) {
		if (this.ready) {
			this.subscriptions.forEach((subscription) -> subscription.add(change));
		}
	}

	private PresenceSnapshot snapshot() {
		return new PresenceSnapshot(this.room, this.members.sockets(), this.complete);
	}

	private void emit() {
		if (!this.ready) {
			return;
		}
		for (Iterator<PresenceSubscription> all = this.subscriptions.iterator(); all.hasNext();) {
			try {
				all.next().drain(this::snapshot);
			}
			catch (Throwable ex) {
				FatalErrors.rethrowIfFatal(ex);
				all.remove();
				this.hub.subscriberFailed(ex);
			}
		}
	}

	// Subscribers

	void subscribe(PresenceSubscription subscription) {
		if (subscription.isCanceled()) {
			return;
		}
		this.subscriptions.add(subscription);
		if (!this.hub.cluster().isReachable()) {
			this.ready = true;
		}
		else if (!this.ready) {
			refresh();
		}
	}

	void unsubscribe(PresenceSubscription subscription) {
		this.subscriptions.remove(subscription);
	}

	private void stopWatching() {
		this.generation++;
		this.asking = false;
		this.ready = false;
		cancel(this.timer);
		if (this.hub.cluster().isReachable()) {
			this.hub.cluster().unwatch(this.room);
		}
		this.nodes.values().forEach(PresenceNode::clear);
		this.nodes.clear();
	}

	// Other nodes

	/**
	 * Request the presence from the other nodes. Each response contains the version after
	 * which the node sends changes.
	 */
	void refresh() {
		if (this.subscriptions.isEmpty() || !this.hub.cluster().isReachable()) {
			return;
		}
		if (this.asking) {
			this.askAgain = true;
			return;
		}
		this.asking = true;
		this.askAgain = false;
		cancel(this.timer);
		int current = this.generation;
		Map<String, PresenceCluster.Version> known = new LinkedHashMap<>();
		this.nodes
			.forEach((id, node) -> known.put(id, new PresenceCluster.Version(node.epoch(), node.version(), false)));
		this.hub.cluster().ask(this.room, known).subscribe((round) -> execute(() -> {
			if (current == this.generation) {
				responded(round);
			}
		}));
	}

	private void responded(PresenceCluster.Round round) {
		this.asking = false;
		Set<String> seen = new HashSet<>();
		for (PresenceCluster.State state : round.states()) {
			seen.add(state.node());
			this.nodes.computeIfAbsent(state.node(), (id) -> new PresenceNode(this.members))
				.responded(state.epoch(), state.version(), state.sockets());
		}
		if (round.outcome() != PresenceCluster.Outcome.FAILED) {
			boolean all = round.outcome() == PresenceCluster.Outcome.COMPLETE;
			this.nodes.entrySet().removeIf((entry) -> {
				boolean gone = !seen.contains(entry.getKey()) && (entry.getValue().missed() >= MAX_MISSES || all);
				if (gone) {
					entry.getValue().clear();
				}
				return gone;
			});
		}
		this.complete = round.outcome() == PresenceCluster.Outcome.COMPLETE;
		this.ready = true;
		if (this.askAgain) {
			refresh();
		}
		else {
			this.timer = this.hub.schedule(this.hub.interval(), () -> execute(this::refresh));
		}
	}

	/**
	 * Handle a change of another node: one of its sockets has joined or left.
	 */
	void remoteChanged(String node, PresenceCluster.Version change, PresentSocket socket) {
		if (this.subscriptions.isEmpty()) {
			return;
		}
		PresenceNode known = this.nodes.get(node);
		if (known == null || !known.changed(change.epoch(), change.number(), change.joined(), socket)) {
			refresh();
		}
	}

	/**
	 * Handle a request of another node that watches this one.
	 * @param known the version that the node has, or {@code null}
	 * @return the response: the node, the version, and the sockets if the version has
	 * changed
	 */
	List<@Nullable Object> watch(String node, Duration duration, PresenceCluster.@Nullable Version known) {
		this.watchers.put(node, this.hub.now() + duration.toNanos());
		scheduleWatchers(duration);
		boolean same = known != null && known.epoch().equals(this.epoch) && known.number() == this.version;
		return this.hub.cluster().response(this.epoch, this.version, same ? null : this.local.values());
	}

	private void scheduleWatchers(Duration duration) {
		cancel(this.watchersTimer);
		this.watchersTimer = this.hub.schedule(duration, () -> execute(() -> {
			long now = this.hub.now();
			this.watchers.values().removeIf((end) -> end - now <= 0);
			if (!this.watchers.isEmpty()) {
				scheduleWatchers(duration);
			}
		}));
	}

	void unwatch(String node) {
		this.watchers.remove(node);
	}

	// The end

	private void closeIfUnused() {
		if (!this.subscriptions.isEmpty()) {
			return;
		}
		if (this.ready || this.asking) {
			stopWatching();
		}
		if (this.watchers.isEmpty()) {
			close();
		}
	}

	private void close() {
		this.closed = true;
		cancel(this.timer);
		cancel(this.watchersTimer);
		this.hub.remove(this);
	}

	/**
	 * End all subscriptions, because the namespace is closed.
	 */
	void end() {
		this.order.run(() -> {
			if (!this.closed) {
				close();
				this.subscriptions.forEach(PresenceSubscription::complete);
				this.subscriptions.clear();
			}
		});
	}

	private static void cancel(@Nullable Disposable timer) {
		if (timer != null) {
			timer.dispose();
		}
	}

}
