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

package io.github.springsocketio.autoconfigure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.engineio.web.FatalErrorHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.netty.util.concurrent.ThreadProperties;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Monitors the event loops on which a Reactor Netty server accepts and serves
 * connections. An event loop is monitored from its first connection on. Fatal errors in
 * the handlers of a connection are reported to {@link FatalErrors}.
 */
final class NettyEventLoopMonitor implements EventLoopMonitor {

	private static final long REPLY_TIMEOUT = TimeUnit.SECONDS.toNanos(1);

	private static final int FRAMES = 8;

	/** The threads of the event loops. */
	private final Map<EventLoop, ThreadProperties> loops = new ConcurrentHashMap<>();

	/**
	 * Monitor the event loops of a server.
	 * @param server the server
	 * @return the monitored server
	 */
	HttpServer apply(HttpServer server) {
		return server.doOnBound((bound) -> add(bound.channel().eventLoop()))
			.doOnChannelInit((observer, channel, remote) -> {
				add(channel.eventLoop());
				FatalErrorHandler.add(channel.pipeline(), NettyPipeline.ReactiveBridge);
			});
	}

	/**
	 * Monitor an event loop.
	 * @param loop the event loop
	 */
	void add(EventLoop loop) {
		if (!this.loops.containsKey(loop) && loop instanceof SingleThreadEventExecutor executor) {
			this.loops.put(loop, executor.threadProperties());
		}
	}

	@Override
	public @Nullable String findEnded() {
		for (Map.Entry<EventLoop, ThreadProperties> entry : this.loops.entrySet()) {
			if (entry.getKey().isShuttingDown()) {
				return entry.getValue().name();
			}
		}
		return null;
	}

	@Override
	public void forgetEnded() {
		this.loops.keySet().removeIf(EventLoop::isShuttingDown);
	}

	@Override
	public @Nullable String findBlocked() throws InterruptedException {
		Map<EventLoop, CountDownLatch> replies = new LinkedHashMap<>();
		for (EventLoop loop : this.loops.keySet()) {
			CountDownLatch reply = new CountDownLatch(1);
			replies.put(loop, reply);
			try {
				loop.execute(reply::countDown);
			}
			catch (RejectedExecutionException ex) {
				// The event loop is shut down
			}
		}
		long deadline = System.nanoTime() + REPLY_TIMEOUT;
		for (Map.Entry<EventLoop, CountDownLatch> entry : replies.entrySet()) {
			EventLoop loop = entry.getKey();
			if (!entry.getValue().await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS) && !loop.isTerminated()) {
				return describe(this.loops.get(loop));
			}
		}
		return null;
	}

	private static String describe(@Nullable ThreadProperties thread) {
		if (thread == null) {
			return "unknown";
		}
		return thread.name() + Arrays.stream(thread.stackTrace())
			.limit(FRAMES)
			.map(Object::toString)
			.collect(Collectors.joining(", ", " at ", ""));
	}

}
