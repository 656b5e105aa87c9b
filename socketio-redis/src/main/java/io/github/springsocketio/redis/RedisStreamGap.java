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
 * Entries of a stream that were removed before a node could read them, because the node
 * was paused for longer than the stream keeps entries, or because Redis has lost them.
 * Clients of the node have missed these broadcasts, and clients that reconnect are not
 * recovered. Published as an event of the application context, on the thread that reads
 * the stream. Listeners must not block.
 *
 * @param stream the key of the stream
 * @param after the id of the last entry before the gap
 * @param before the id of the first entry after the gap
 * @since 0.1.0
 */
public record RedisStreamGap(String stream, String after, String before) {

}
