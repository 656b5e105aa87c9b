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
 * Transports the messages of a namespace between nodes. Messages of one sender arrive in
 * the order in which they were sent.
 */
interface ClusterTransport {

	/**
	 * Start to receive messages.
	 * @param receiver receives each message; possibly also those of this node
	 * @return completes when the subscriptions are active
	 */
	CompletionStage<Void> open(Consumer<ClusterMessage> receiver);

	/**
	 * Stop to receive messages.
	 */
	void close();

	/**
	 * Send a message to all nodes that have the namespace.
	 * @return completes when the message is accepted; the method never throws
	 */
	CompletionStage<?> publish(ClusterMessage message);

	/**
	 * Send a message to one node.
	 * @param uid the id of the node
	 * @return the number of receivers; in a Redis cluster, only the receivers that are
	 * connected to the server that handled the command
	 */
	CompletionStage<Long> send(String uid, ClusterMessage message);

	/**
	 * Count the nodes that have the namespace.
	 * @param uids the ids of nodes to look up
	 * @return the number of all nodes, followed by 1 or 0 for each of the given ids,
	 * depending on whether the node exists
	 */
	CompletionStage<List<Integer>> count(Collection<String> uids);

}
