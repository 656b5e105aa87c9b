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

package io.github.springsocketio.engineio;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * The heartbeat of one session: pings and waits for pongs (protocol 4, EIO-83 to EIO-87),
 * or waits for pings (protocol 3, EIO-115). At most one timer is alive. It goes on across
 * an upgrade (EIO-88). While the server does not read from the client, it waits for
 * nothing. All methods but {@link #stop()} and {@link #onResuming()} are called in the
 * session's turn.
 */
final class Heartbeat implements Runnable {

	/**
	 * A timer that is late by less does not prolong the time limit of the pong.
	 */
	private static final long SMALL_DELAY = Duration.ofMillis(20).toNanos();

	/**
	 * The wheel rounds up to its next tick, and threads take their time: aim at the tick
	 * before.
	 */
	private static final long ROUNDING = TimerWheel.TICK;

	private static final int JITTER = 20;

	private static final long LEAST_SPREAD = Duration.ofSeconds(5).toNanos();

	private final DefaultEngineSession session;

	private final Timers timers;

	private final long interval;

	private final long timeout;

	private boolean waiting;

	private boolean refreshed;

	private long lastSign;

	private volatile long resumed;

	private volatile Timers.@Nullable Timeout timer;

	private volatile boolean stopped;

	Heartbeat(DefaultEngineSession session, Timers timers, EngineOptions options) {
		this.session = session;
		this.timers = timers;
		this.interval = options.pingInterval().toNanos();
		this.timeout = options.pingTimeout().toNanos();
		this.lastSign = timers.nanoTime();
		this.resumed = this.lastSign;
	}

	/**
	 * Begin. The first ping comes up to a twentieth of the interval early, so that
	 * sessions that were opened together do not all tick together for ever (SEC-81);
	 * where the interval is less than 5 seconds, it comes in time.
	 */
	void start() {
		if (isClientDriven()) {
			schedule(this.interval + this.timeout);
			return;
		}
		long early = (this.interval < LEAST_SPREAD) ? 0
				: ThreadLocalRandom.current().nextLong(this.interval / JITTER + 1);
		this.lastSign -= early;
		schedule(this.interval - early);
	}

	/**
	 * A pong came (protocol 4).
	 */
	void onPong() {
		this.lastSign = this.timers.nanoTime();
		if (this.waiting) {
			this.waiting = false;
			schedule(this.interval);
		}
	}

	/**
	 * A ping came (protocol 3).
	 */
	void onPing() {
		this.lastSign = this.timers.nanoTime();
	}

	/**
	 * Something else came: gives a pong that is late one more time limit (EIO-85).
	 */
	void onOther() {
		if (this.waiting && !this.refreshed) {
			this.refreshed = true;
			this.lastSign = this.timers.nanoTime();
		}
	}

	/**
	 * What has come meanwhile is read from now on.
	 */
	void onResuming() {
		this.resumed = this.timers.nanoTime();
	}

	void stop() {
		this.stopped = true;
		Timers.Timeout current = this.timer;
		if (current != null) {
			current.cancel();
		}
	}

	/**
	 * The timer's time has come.
	 */
	@Override
	public void run() {
		this.session.onTimer(this::beat);
	}

	private void beat() {
		if (this.stopped) {
			return;
		}
		long limit = isClientDriven() ? this.interval + this.timeout : (this.waiting ? this.timeout : this.interval);
		long now = this.timers.nanoTime();
		if (this.waiting || isClientDriven()) {
			allowForPause(now);
		}
		long due = this.lastSign + limit;
		if (now + ROUNDING < due) {
			schedule(due - now);
		}
		else if (this.waiting || isClientDriven()) {
			this.session.closed(CloseReason.PING_TIMEOUT, null);
		}
		else {
			this.waiting = true;
			this.refreshed = false;
			this.lastSign = (now - due < SMALL_DELAY) ? due : now;
			schedule(this.lastSign + this.timeout - now);
			this.session.sendPing();
		}
	}

	/**
	 * What the server does not read is no fault of the client, which in turn goes on to
	 * wait for pings.
	 */
	private void allowForPause(long now) {
		if (this.session.isReadingPaused()) {
			this.lastSign = now;
			if (this.waiting) {
				this.session.sendPing();
			}
		}
		else if (this.resumed - this.lastSign > 0) {
			this.lastSign = this.resumed;
		}
	}

	private boolean isClientDriven() {
		return this.session.protocol() == 3;
	}

	private void schedule(long nanos) {
		Timers.Timeout current = this.timer;
		if (current != null) {
			current.cancel();
		}
		this.timer = this.timers.schedule(nanos - ROUNDING, this);
		if (this.stopped) {
			stop();
		}
	}

}
