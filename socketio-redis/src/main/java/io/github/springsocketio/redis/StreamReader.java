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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.springsocketio.redis.RedisAdapterProperties.Streams;
import io.github.springsocketio.socketio.adapter.OrderedTasks;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Reads a stream on a separate connection, starting after the entry that is the last one
 * at the start. Missing entries are detected, see {@link Handler#gap}. The next entries
 * are read after the handler has handled the previous ones. A few small broadcasts are
 * handled on the event loop of Lettuce that has read them, other entries on a separate
 * thread.
 */
final class StreamReader {

	private static final Log logger = LogFactory.getLog(StreamReader.class);

	private static final Duration PAUSE = Duration.ofMillis(200);

	/** The pause between two reads after which entries may have been removed. */
	private static final long LONG_PAUSE = Duration.ofSeconds(1).toNanos();

	private static final Limit ONE = Limit.create(0, 1);

	/** The maximum number of entries that are handled on an event loop. */
	private static final int MAX_INLINE_ENTRIES = 16;

	/** The maximum number of bytes that are handled on an event loop. */
	private static final int MAX_INLINE_BYTES = 1 << 15;

	private final String stream;

	private final byte[] key;

	private final int count;

	/**
	 * The number of entries in a read from which entries may have been removed before it.
	 */
	private final int gapCheckThreshold;

	private final Duration block;

	private final Duration timeout;

	private final Handler handler;

	private final ManagedConnection<CommandConnection> connection;

	private final Scheduler worker;

	private final OrderedTasks tasks = new OrderedTasks();

	/**
	 * The last entry that was read; accessed in ordered tasks only, as the next field.
	 */
	private @Nullable StreamId position;

	private long lastRead;

	/** The deadline of the pending response; 0 if none is pending. */
	private volatile long deadline;

	private volatile boolean closed;

	StreamReader(RedisLink link, String stream, Streams options, Handler handler) {
		this.stream = stream;
		this.key = Utf8.bytes(stream);
		this.count = options.getReadCount();
		this.gapCheckThreshold = (int) Math.min(this.count, options.getMaxLength() / 2);
		this.block = options.getBlockTime();
		this.timeout = link.timeout();
		this.handler = handler;
		this.worker = Schedulers.newSingle("socketio-redis", true);
		RedisClients clients = link.clients();
		this.connection = new ManagedConnection<>(() -> {
			CommandConnection opened = clients.connect();
			opened.connection().setTimeout(this.block.plus(this.timeout.multipliedBy(2)));
			return opened;
		}, CommandConnection::connection, new ManagedConnection.Listener<>() {

			@Override
			public void opened(CommandConnection opened) {
				execute(() -> begin(opened));
			}

			@Override
			public void lost(String reason) {
				logger.debug("Reader of the stream is waiting for Redis: " + reason);
			}

		});
		link.onWatch(this::watch);
	}

	void start() {
		this.connection.start();
	}

	/**
	 * Close the connection if the deadline of the response has passed.
	 */
	private void watch() {
		long due = this.deadline;
		CommandConnection current = this.connection.current();
		if (due != 0 && current != null && System.nanoTime() - due > 0) {
			this.connection.lost(current, "no response");
		}
	}

	/**
	 * Run a task between two reads.
	 */
	void execute(Runnable task) {
		if (!this.closed) {
			this.tasks.run(task);
		}
	}

	private void schedule(Duration delay, Runnable task) {
		try {
			this.worker.schedule(() -> execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The reader of the stream is closed");
		}
	}

	/**
	 * Determine the position to read from at the start. Later, check whether Redis has
	 * lost entries.
	 */
	private void begin(CommandConnection opened) {
		then(opened, this.timeout, () -> opened.async().xrevrange(this.key, Range.unbounded(), ONE), (last) -> {
			StreamId end = last.isEmpty() ? StreamId.MIN : id(last.get(0));
			if (this.position == null) {
				this.position = end;
				this.handler.started(end);
			}
			else if (this.position.isAfter(end)) {
				// Redis has lost entries
				gap(this.position, end);
				this.position = end;
			}
			// entries between the position and the next ones may have been removed
			this.lastRead = System.nanoTime() - LONG_PAUSE;
			read(opened);
		});
	}

	/**
	 * Send a command, and handle its response in an ordered task unless the connection is
	 * lost.
	 * @param limit the time to wait for the response
	 */
	private <T> void then(CommandConnection opened, Duration limit, Supplier<CompletionStage<T>> command,
			Consumer<T> next) {
		if (this.closed || this.connection.current() != opened) {
			return;
		}
		this.deadline = System.nanoTime() + limit.toNanos();
		CompletionStage<T> response;
		try {
			response = command.get();
		}
		catch (RuntimeException ex) {
			// the client is shut down
			response = CompletableFuture.failedFuture(ex);
		}
		response.whenComplete((result, error) -> execute(() -> {
			if (this.connection.current() != opened) {
				return;
			}
			this.deadline = 0;
			if (error != null) {
				retry(opened, error);
			}
			else {
				next.accept(result);
			}
		}));
	}

	private static StreamId id(StreamMessage<byte[], byte[]> message) {
		StreamId id = StreamId.parse(message.getId());
		return (id != null) ? id : StreamId.MIN;
	}

	private void gap(StreamId after, StreamId before) {
		this.handler.gap(new RedisStreamGap(this.stream, after.toString(), before.toString()));
	}

	private void retry(CommandConnection opened, Throwable error) {
		logger.debug("The stream cannot be read", error);
		schedule(PAUSE, () -> begin(opened));
	}

	private void read(CommandConnection opened) {
		StreamId from = this.position;
		if (from == null) {
			return;
		}
		boolean paused = System.nanoTime() - this.lastRead >= LONG_PAUSE;
		long start = System.nanoTime();
		then(opened, this.block.plus(this.timeout), () -> readAfter(opened, from), (messages) -> {
			this.lastRead = System.nanoTime();
			boolean late = this.lastRead - start > this.block.toNanos() + LONG_PAUSE;
			if (messages == null || messages.isEmpty()) {
				read(opened);
			}
			else if (paused || late || messages.size() >= this.gapCheckThreshold) {
				checkGap(opened, from, messages);
			}
			else {
				handle(opened, messages, null);
			}
		});
	}

	@SuppressWarnings("unchecked")
	private CompletionStage<List<StreamMessage<byte[], byte[]>>> readAfter(CommandConnection opened, StreamId from) {
		XReadArgs args = XReadArgs.Builder.block(this.block).count(this.count);
		return opened.async().xread(args, XReadArgs.StreamOffset.from(this.key, from.toString()));
	}

	/**
	 * Check whether entries were removed between the previous position and the entries
	 * just read. If the check fails, the entries are read again.
	 */
	private void checkGap(CommandConnection opened, StreamId from, List<StreamMessage<byte[], byte[]>> messages) {
		then(opened, this.timeout, () -> StreamChecks.isComplete(opened.async(), this.key, from),
				(complete) -> handle(opened, messages, complete ? null : from));
	}

	/**
	 * Handle entries, on another thread if this may take long.
	 * @param gap the entry after which entries are missing, or {@code null}
	 */
	private void handle(CommandConnection opened, List<StreamMessage<byte[], byte[]>> messages,
			@Nullable StreamId gap) {
		Batch batch = Batch.of(messages);
		if (batch.isShort() && !this.handler.isBehind()) {
			handle(opened, batch, gap);
		}
		else {
			schedule(Duration.ZERO, () -> handle(opened, batch, gap));
		}
	}

	private void handle(CommandConnection opened, Batch batch, @Nullable StreamId gap) {
		if (this.connection.current() != opened) {
			// the entries are read again
			return;
		}
		if (gap != null) {
			gap(gap, batch.first());
		}
		this.position = batch.last();
		this.handler.read(batch.entries(), batch.last()).whenComplete((result, error) -> execute(() -> read(opened)));
	}

	void close() {
		this.closed = true;
		this.connection.close();
		this.worker.dispose();
	}

	/**
	 * Handles the entries. Called by one thread at a time.
	 */
	interface Handler {

		/**
		 * Called with the position at the start.
		 */
		void started(StreamId position);

		/**
		 * Handle entries that were read.
		 * @param last the id of the last one
		 * @return completes when all entries are handled
		 */
		CompletableFuture<Void> read(List<StreamEntry> entries, StreamId last);

		/**
		 * Return whether so gapCheckThreshold deliveries are queued that {@link #read}
		 * may block.
		 */
		boolean isBehind();

		/**
		 * Handle missing entries, which were removed between the entries before and after
		 * this call, or which Redis has lost.
		 */
		void gap(RedisStreamGap gap);

	}

	/**
	 * The entries of a single read.
	 *
	 * @param first the id of the first entry
	 * @param last the id of the last entry
	 * @param entries the entries that are valid messages
	 */
	private record Batch(StreamId first, StreamId last, List<StreamEntry> entries) {

		static Batch of(List<StreamMessage<byte[], byte[]>> messages) {
			List<StreamEntry> entries = new ArrayList<>(messages.size());
			for (StreamMessage<byte[], byte[]> message : messages) {
				StreamEntry entry = StreamEntry.of(message);
				if (entry != null) {
					entries.add(entry);
				}
			}
			return new Batch(id(messages.get(0)), id(messages.get(messages.size() - 1)), entries);
		}

		/**
		 * Return whether an event loop may handle the entries: only a few small
		 * broadcasts, and no message that invokes listeners of the application.
		 */
		boolean isShort() {
			long bytes = 0;
			for (StreamEntry entry : this.entries) {
				bytes += entry.data().length;
				if (!entry.isBroadcast()) {
					return false;
				}
			}
			return this.entries.size() <= MAX_INLINE_ENTRIES && bytes <= MAX_INLINE_BYTES;
		}

	}

}
