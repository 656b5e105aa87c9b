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

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Receives the entries of a namespace from a stream. Called by the reader only.
 */
interface StreamReceiver {

	/**
	 * Called with the position after which entries follow.
	 */
	void started(StreamId position);

	/**
	 * Handle entries that were read.
	 * @param entries the entries of the namespace
	 * @param last the id of the last entry of the stream
	 * @return completes when all entries are handled
	 */
	CompletableFuture<Void> receive(List<StreamEntry> entries, StreamId last);

	/**
	 * Return whether so many deliveries are queued that a thread that adds more may
	 * block.
	 */
	boolean isBehind();

	/**
	 * Handle missing entries.
	 */
	void gap(RedisStreamGap gap);

}
