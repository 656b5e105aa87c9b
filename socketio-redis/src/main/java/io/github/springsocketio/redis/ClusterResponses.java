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
	 * Return whether a message with the id of the request is the response of a node, of
	 * which each node sends one.
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
	 * Called once when all nodes have responded or are gone.
	 */
	void onComplete();

	/**
	 * Called once when the time is over.
	 * @param missing the number of nodes that have not responded
	 */
	void onTimeout(int missing);

	/**
	 * Called when a node that has responded is gone.
	 */
	default void onGone(String uid) {
	}

	/**
	 * Called when a node that has not responded is gone.
	 */
	default void onMissingGone() {
	}

	/**
	 * Return whether nobody waits for responses any more.
	 */
	default boolean isCanceled() {
		return false;
	}

}
