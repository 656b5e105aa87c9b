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

/**
 * Handles the responses to a {@link ClusterRequest}.
 */
interface ClusterResponses {

	/**
	 * Return whether a message with the id of the request is the single response of a
	 * node.
	 */
	boolean isResponse(ClusterMessage message);

	/**
	 * Handle the response of a node.
	 */
	void onResponse(ClusterMessage message);

	/**
	 * Handle another message with the id of the request.
	 */
	default void onMessage(ClusterMessage message) {
	}

	/**
	 * Called once when each node has responded or no longer exists.
	 */
	void onComplete();

	/**
	 * Called once on timeout.
	 * @param missing the number of nodes that have not responded
	 */
	void onTimeout(int missing);

	/**
	 * Called when a node that has responded no longer exists.
	 */
	default void onGone(String uid) {
	}

	/**
	 * Called when a node that has not responded no longer exists.
	 */
	default void onMissingGone() {
	}

	/**
	 * Return whether the responses are no longer needed.
	 */
	default boolean isCanceled() {
		return false;
	}

}
