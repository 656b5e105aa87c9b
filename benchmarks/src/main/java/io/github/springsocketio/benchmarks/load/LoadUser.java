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

package io.github.springsocketio.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.github.springsocketio.test.client.ClientEvent;
import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.test.client.ConnectErrorException;
import io.github.springsocketio.test.client.ConnectionLostException;
import io.github.springsocketio.test.client.HandshakeException;
import io.github.springsocketio.test.client.SocketIoClient;
import io.github.springsocketio.test.client.SocketIoClientException;
import io.github.springsocketio.test.client.Transport;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import org.jspecify.annotations.Nullable;

/**
 * One client: it emits numbered events, expects them back in their order, and connects
 * again when it has lost its connection.
 */
final class LoadUser {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

	private final LoadOptions options;

	private final LoadReport report;

	/** For what event loops schedule, without a lock. */
	private final Timer timer;

	/** For what blocks. */
	private final Executor executor;

	private final String text;

	private final SocketIoClient client;

	private final ClientSocket socket;

	private final Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());

	private final AtomicLong sequence = new AtomicLong();

	private final AtomicBoolean connecting = new AtomicBoolean();

	/** Whether the next attempt to connect is scheduled. */
	private final AtomicBoolean pending = new AtomicBoolean();

	/** What drops the current connection. */
	private final AtomicReference<@Nullable Timeout> drop = new AtomicReference<>();

	/** The number of the last event that has come back; only used by the listener. */
	private long last;

	private volatile boolean stopped;

	LoadUser(LoadOptions options, LoadReport report, Timer timer, Executor executor) {
		this.options = options;
		this.report = report;
		this.timer = timer;
		this.executor = executor;
		this.text = "x".repeat(options.payload());
		this.client = SocketIoClient.builder(options.url())
			.path(options.path())
			.transports(options.transports().toArray(Transport[]::new))
			.withCredentials(options.cookies())
			.conversation(0)
			.build();
		this.socket = this.client.socket(options.nsp());
		this.socket.on(options.event(), this::received);
		this.socket.onDisconnect(this::disconnected);
	}

	void start(ScheduledExecutorService emitter) {
		connect(false);
		if (this.options.rate() > 0) {
			long period = (long) (1_000_000 / this.options.rate());
			long first = ThreadLocalRandom.current().nextLong(period + 1);
			emitter.scheduleAtFixedRate(this::emit, first, period, TimeUnit.MICROSECONDS);
		}
	}

	/**
	 * Emit no more events, and do not connect again.
	 */
	void stop() {
		this.stopped = true;
	}

	boolean isConnected() {
		return this.socket.connected();
	}

	void close() {
		if (this.client.transport() == Transport.WEBSOCKET && this.options.transports().get(0) == Transport.POLLING) {
			this.report.upgrades.increment();
		}
		this.client.close();
	}

	/**
	 * Connect, unless the socket is connected or about to be.
	 * @param again whether with a new session
	 */
	void connect(boolean again) {
		if (this.stopped || this.socket.connected() || !this.connecting.compareAndSet(false, true)) {
			return;
		}
		long start = System.nanoTime();
		CompletableFuture<?> attempt = again
				? this.client.reconnectAsync().thenCompose((none) -> this.socket.connectAsync())
				: this.socket.connectAsync();
		Timeout limit = this.timer.newTimeout((timeout) -> {
			if (attempt.completeExceptionally(new TimeoutException("no connection"))) {
				// it must not succeed later
				dropConnection();
			}
		}, CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		attempt.whenComplete((none, error) -> {
			limit.cancel();
			this.connecting.set(false);
			if (error == null) {
				connected(again, System.nanoTime() - start);
			}
			else {
				this.report.connectError(reason(error));
				later();
			}
		});
	}

	private void connected(boolean again, long nanos) {
		this.backoff.reset();
		this.report.connectTimes.add(nanos);
		this.report.connections.increment();
		if (again) {
			this.report.reconnections.increment();
		}
		if (this.socket.recovered()) {
			this.report.recoveries.increment();
		}
		if (!this.options.drop().isZero()) {
			double random = -Math.log(1 - ThreadLocalRandom.current().nextDouble());
			long millis = (long) (random * this.options.drop().toMillis());
			dropWith(this.timer.newTimeout((timeout) -> dropConnection(), millis, TimeUnit.MILLISECONDS));
			if (!this.socket.connected()) {
				dropWith(null);
			}
		}
	}

	private void dropWith(@Nullable Timeout timeout) {
		Timeout previous = this.drop.getAndSet(timeout);
		if (previous != null) {
			previous.cancel();
		}
	}

	private void dropConnection() {
		if (!this.stopped) {
			this.executor.execute(this::dropNow);
		}
	}

	private void dropNow() {
		try {
			this.client.drop();
		}
		catch (SocketIoClientException ex) {
			this.report.connectError("drop: " + reason(ex));
		}
	}

	private void disconnected(String reason) {
		dropWith(null);
		if (!this.stopped) {
			this.report.disconnected(reason);
			later();
		}
	}

	private void later() {
		if (!this.stopped && this.pending.compareAndSet(false, true)) {
			this.timer.newTimeout((timeout) -> {
				this.pending.set(false);
				connect(true);
			}, this.backoff.next().toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private void emit() {
		if (!this.stopped && this.socket.connected()) {
			this.report.sent.increment();
			this.socket.emit(this.options.event(), this.sequence.incrementAndGet(), System.nanoTime(), this.text);
		}
	}

	private void received(ClientEvent event) {
		Long number = event.get(0, Long.class);
		Long sent = event.get(1, Long.class);
		if (number == null || sent == null) {
			return;
		}
		if (number == this.last) {
			this.report.repeated.increment();
			return;
		}
		if (number < this.last) {
			this.report.outOfOrder.increment();
		}
		this.last = Math.max(this.last, number);
		this.report.received.increment();
		this.report.roundTrips.add(System.nanoTime() - sent);
	}

	private static String reason(Throwable error) {
		Throwable cause = (error instanceof CompletionException) ? error.getCause() : error;
		if (cause instanceof HandshakeException ex) {
			return "handshake: " + ex.response().status();
		}
		if (cause instanceof ConnectErrorException ex) {
			return "namespace: " + ex.reason();
		}
		if (cause instanceof ConnectionLostException ex) {
			return firstLine(ex.reason());
		}
		return (cause != null) ? firstLine(String.valueOf(cause)) : "unknown";
	}

	private static String firstLine(@Nullable String text) {
		return String.valueOf(text).lines().findFirst().orElse("");
	}

}
