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

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Carries the messages of one namespace between the nodes. Messages of one sender arrive
 * in their order.
 */
interface ClusterTransport {

	/**
	 * Begin to receive.
	 * @param receiver is given each message, the own ones included or not
	 * @return completes when messages are received
	 */
	CompletionStage<Void> open(Consumer<ClusterMessage> receiver);

	/**
	 * Receive no more.
	 */
	void close();

	/**
	 * Send a message to all nodes that have the namespace.
	 * @return completes when it is accepted; never throws
	 */
	CompletionStage<?> publish(ClusterMessage message);

	/**
	 * Send a message to one node.
	 * @param uid the id of the node
	 * @return the number of receivers; in a Redis cluster, of those that one of its
	 * servers knows
	 */
	CompletionStage<Long> send(String uid, ClusterMessage message);

	/**
	 * Count the nodes that have the namespace.
	 * @param uids the ids of nodes that are looked for
	 * @return the number of all nodes, and then for each of those looked for 1 if it
	 * exists, otherwise 0
	 */
	CompletionStage<List<Integer>> count(Collection<String> uids);

}
