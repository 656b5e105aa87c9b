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

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * A request of this node with pending responses. It ends once: when each node has
 * responded or no longer exists, or on timeout.
 */
final class ClusterRequest {

	private final ClusterResponses responses;

	private final AtomicInteger missing = new AtomicInteger();

	private volatile boolean expecting;

	private final Set<String> responders = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile @Nullable Disposable timer;

	/**
	 * Create a request.
	 * @param responses handles the responses
	 */
	ClusterRequest(ClusterResponses responses) {
		this.responses = responses;
	}

	/**
	 * Handle a message with the id of the request.
	 */
	void onMessage(ClusterMessage message) {
		if (!this.responses.isResponse(message)) {
			this.responses.onMessage(message);
		}
		else if (this.responders.add(message.uid())) {
			this.responses.onResponse(message);
			countDown();
		}
	}

	/**
	 * Return whether the responses are no longer needed.
	 */
	boolean isCanceled() {
		return this.responses.isCanceled();
	}

	/**
	 * Handle a timeout of the request.
	 */
	void timedOut() {
		this.responses.onTimeout(this.missing.get());
	}

	void timer(Disposable task) {
		this.timer = task;
		if (this.ended.get()) {
			task.dispose();
		}
	}

	/**
	 * Set the number of nodes that receive the request. May be called after the first
	 * response.
	 */
	void expect(int nodes) {
		this.expecting = true;
		if (this.missing.addAndGet(nodes) == 0) {
			this.responses.onComplete();
		}
	}

	Set<String> responders() {
		return this.responders;
	}

	/**
	 * Count a response, or a node that no longer exists and has not responded.
	 */
	private void countDown() {
		if (this.missing.decrementAndGet() == 0 && this.expecting) {
			this.responses.onComplete();
		}
	}

	/**
	 * Update the request with the nodes that exist.
	 * @param others the number of other nodes
	 * @param alive whether the nodes that have responded still exist, by id
	 */
	void check(int others, Map<String, Boolean> alive) {
		if (!this.expecting) {
			return;
		}
		int known = 0;
		for (String uid : this.responders) {
			Boolean exists = alive.get(uid);
			if (exists == null) {
				// has responded after the nodes were counted; the next check includes it
				return;
			}
			if (exists) {
				known++;
			}
			else {
				this.responses.onGone(uid);
			}
		}
		for (int left = this.missing.get(); left > Math.max(others - known, 0); left--) {
			this.responses.onMissingGone();
			countDown();
		}
	}

	/**
	 * End the request.
	 * @return {@code false} if it had ended before
	 */
	boolean end() {
		boolean result = this.ended.compareAndSet(false, true);
		Disposable task = this.timer;
		if (task != null) {
			task.dispose();
		}
		return result;
	}

}
