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

package io.github.springsocketio.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.github.springsocketio.redis.AdapterObserver.RequestOutcome;
import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a namespace with pending responses. While there are such requests, the
 * nodes are counted periodically, so that a request does not wait for a node that no
 * longer exists.
 */
final class PendingRequests {

	private static final int MAX_REQUESTS = 10_000;

	private static final Duration CHECK_INTERVAL = Duration.ofMillis(250);

	private final AdapterNamespace namespace;

	private final AdapterObserver observer;

	private final Function<Collection<String>, CompletionStage<List<Integer>>> count;

	private final Map<String, ClusterRequest> requests = new ConcurrentHashMap<>();

	private final AtomicBoolean checking = new AtomicBoolean();

	private volatile boolean closed;

	/**
	 * Create an empty set.
	 * @param count counts the nodes, see {@link ClusterTransport#count}
	 */
	PendingRequests(AdapterNamespace namespace, AdapterObserver observer,
			Function<Collection<String>, CompletionStage<List<Integer>>> count) {
		this.namespace = namespace;
		this.observer = observer;
		this.count = count;
	}

	/**
	 * Add a request.
	 * @param limit the time to wait for responses
	 * @throws IllegalStateException if too many are pending
	 */
	void add(String id, ClusterRequest request, Duration limit) {
		if (this.requests.size() >= MAX_REQUESTS || this.closed) {
			throw new IllegalStateException(
					this.closed ? "The adapter is closed" : "Too many requests to other nodes are pending");
		}
		this.requests.put(id, request);
		request.timer(this.namespace.schedule(limit, () -> timedOut(id)));
		scheduleCheck();
	}

	@Nullable ClusterRequest get(@Nullable String id) {
		return (id != null) ? this.requests.get(id) : null;
	}

	/**
	 * Remove a request that is complete or canceled.
	 */
	void complete(String id) {
		if (remove(id) != null) {
			this.observer.requested(RequestOutcome.COMPLETE);
		}
	}

	/**
	 * Remove a request that could not be sent.
	 */
	@Nullable ClusterRequest remove(String id) {
		ClusterRequest request = this.requests.remove(id);
		return (request != null && request.end()) ? request : null;
	}

	private void timedOut(String id) {
		ClusterRequest request = remove(id);
		if (request != null) {
			this.observer.requested(RequestOutcome.TIMEOUT);
			request.timedOut();
		}
	}

	private void scheduleCheck() {
		if (!this.closed && !this.requests.isEmpty() && this.checking.compareAndSet(false, true)) {
			this.namespace.schedule(CHECK_INTERVAL, this::check);
		}
	}

	private void check() {
		this.requests.forEach((id, request) -> {
			if (request.isCanceled()) {
				complete(id);
			}
		});
		List<ClusterRequest> checked = List.copyOf(this.requests.values());
		Set<String> uids = new LinkedHashSet<>();
		checked.forEach((request) -> uids.addAll(request.responders()));
		if (checked.isEmpty()) {
			this.checking.set(false);
			scheduleCheck();
			return;
		}
		List<String> names = new ArrayList<>(uids);
		this.count.apply(names).whenComplete((counts, error) -> {
			if (error == null && counts.size() == names.size() + 1) {
				Map<String, Boolean> alive = new HashMap<>();
				for (int i = 0; i < names.size(); i++) {
					alive.put(names.get(i), counts.get(i + 1) > 0);
				}
				checked.forEach((request) -> request.check(counts.get(0) - 1, alive));
			}
			this.checking.set(false);
			scheduleCheck();
		});
	}

	/**
	 * End all requests.
	 */
	void close() {
		this.closed = true;
		List.copyOf(this.requests.keySet()).forEach(this::timedOut);
	}

}
