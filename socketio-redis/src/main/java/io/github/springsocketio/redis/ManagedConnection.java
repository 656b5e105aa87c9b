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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * A connection that is reopened after it is lost, with increasing pauses between
 * attempts. A lost connection is closed, so that pending commands fail immediately and
 * Lettuce does not repeat commands whose outcome is unknown.
 *
 * @param <C> the type of the connection
 */
final class ManagedConnection<C> {

	private static final Log logger = LogFactory.getLog(ManagedConnection.class);

	private static final Duration MIN_PAUSE = Duration.ofMillis(50);

	static final Duration MAX_PAUSE = Duration.ofSeconds(2);

	/** How long {@link #close()} waits for a connection that is being opened. */
	private static final Duration MAX_CLOSE = Duration.ofSeconds(1);

	private final Supplier<C> connector;

	private final Function<C, StatefulConnection<byte[], byte[]>> channel;

	private final Listener<C> listener;

	private final AtomicReference<@Nullable C> current = new AtomicReference<>();

	private final AtomicBoolean started = new AtomicBoolean();

	/** Held while a connection is opened. */
	private final ReentrantLock opening = new ReentrantLock();

	/** Accessed while {@link #opening} is held. */
	private int failures;

	private volatile boolean closed;

	/**
	 * Create a connection.
	 * @param connector opens the connection; may block
	 * @param channel returns the connection of Lettuce
	 * @param listener the listener
	 */
	ManagedConnection(Supplier<C> connector, Function<C, StatefulConnection<byte[], byte[]>> channel,
			Listener<C> listener) {
		this.connector = connector;
		this.channel = channel;
		this.listener = listener;
	}

	/**
	 * Return the open connection, or {@code null} if there is currently none.
	 */
	@Nullable C current() {
		return this.current.get();
	}

	void start() {
		if (this.started.compareAndSet(false, true)) {
			schedule(Duration.ZERO);
		}
	}

	/**
	 * Allow {@link #start()} again after {@link #close()}.
	 */
	void reopen() {
		this.closed = false;
		this.started.set(false);
	}

	private void schedule(Duration delay) {
		if (this.closed) {
			return;
		}
		try {
			Schedulers.boundedElastic().schedule(this::connect, delay.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("No connection to Redis is opened, as the schedulers of Reactor are closed");
		}
	}

	private void connect() {
		this.opening.lock();
		try {
			if (!this.closed && current() == null) {
				open();
			}
		}
		finally {
			this.opening.unlock();
		}
	}

	private void open() {
		C opened;
		try {
			opened = this.connector.get();
		}
		catch (RuntimeException ex) {
			failed(ex);
			return;
		}
		StatefulConnection<byte[], byte[]> connection = this.channel.apply(opened);
		this.current.set(opened);
		connection.addListener(new RedisConnectionStateListener() {

			@Override
			public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
				lost(opened, "the connection was closed");
			}

		});
		if (this.closed) {
			this.current.set(null);
			connection.closeAsync();
		}
		else if (!connection.isOpen()) {
			lost(opened, "the connection was closed");
		}
		else {
			this.failures = 0;
			this.listener.opened(opened);
		}
	}

	private void failed(RuntimeException ex) {
		if (this.closed) {
			return;
		}
		Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
		this.listener.lost(String.valueOf(cause.getMessage()));
		schedule(pause());
	}

	private Duration pause() {
		long limit = Math.min(MIN_PAUSE.toMillis() << Math.min(this.failures++, 10), MAX_PAUSE.toMillis());
		// jitter, so that the nodes do not connect at the same time
		return Duration.ofMillis(limit / 2 + ThreadLocalRandom.current().nextLong(limit / 2 + 1));
	}

	/**
	 * Close a connection, and open another one after the minimum pause.
	 * @param connection the connection; nothing happens if it is not the current one
	 */
	void lost(C connection, String reason) {
		lost(connection, reason, MIN_PAUSE);
	}

	/**
	 * Close a connection, and open another one after a pause.
	 * @param connection the connection; nothing happens if it is not the current one
	 */
	void lost(C connection, String reason, Duration pause) {
		if (this.current.compareAndSet(connection, null)) {
			closeLost(this.channel.apply(connection));
			if (!this.closed) {
				this.listener.lost(reason);
				schedule(pause);
			}
		}
	}

	private static void closeLost(StatefulConnection<byte[], byte[]> connection) {
		if (connection instanceof RedisChannelHandler<?, ?> handler && handler.isClosed()) {
			// closed by its client, which is shut down
			return;
		}
		if (connection instanceof StatefulRedisClusterConnection<?, ?>
				|| connection instanceof StatefulRedisClusterPubSubConnection<?, ?>) {
			try {
				// the call blocks for node connections that this event loop may have to
				// close
				Schedulers.boundedElastic().schedule(connection::closeAsync);
				return;
			}
			catch (RejectedExecutionException ex) {
				logger.debug("A connection to Redis is closed by its event loop");
			}
		}
		connection.closeAsync();
	}

	/**
	 * Close the connection, and block until it is closed. A connection that is being
	 * opened is closed after it is open. The caller waits at most a second for this,
	 * because it may shut down the client next, and a shutdown during the opening logs an
	 * error.
	 */
	void close() {
		this.closed = true;
		try {
			if (this.opening.tryLock(MAX_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
				this.opening.unlock();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		C last = this.current.getAndSet(null);
		if (last != null) {
			this.channel.apply(last).close();
		}
	}

	/**
	 * Listens to changes of the state.
	 *
	 * @param <C> the type of the connection
	 */
	interface Listener<C> {

		/**
		 * Called when a connection is open.
		 */
		void opened(C connection);

		/**
		 * Called when the connection is lost, or cannot be opened.
		 */
		void lost(String reason);

	}

}
