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

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.netty.util.concurrent.FastThreadLocalThread;
import reactor.core.scheduler.Schedulers;

/**
 * A connection for commands, to one Redis server or to a Redis cluster.
 *
 * @param connection the connection
 * @param async its commands
 * @param ownEventLoops whether Lettuce shares no event loops with Reactor Netty
 */
record CommandConnection(StatefulConnection<byte[], byte[]> connection, RedisClusterAsyncCommands<byte[], byte[]> async,
		boolean ownEventLoops) {

	/**
	 * Return whether the current thread may be an event loop of Lettuce.
	 */
	boolean mayBeInEventLoop() {
		return Thread.currentThread() instanceof FastThreadLocalThread
				&& !(this.ownEventLoops && Schedulers.isInNonBlockingThread());
	}

}
