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
 * The heartbeat of one session: sends pings and expects pongs (protocol 4, EIO-83 to
 * EIO-87), or expects pings (protocol 3, EIO-115). At most one timer is active. An
 * upgrade does not affect it (EIO-88). While reading from the client is paused, nothing
 * is expected. All methods but {@link #stop()} and {@link #onResuming()} are called in
 * the session's turn.
 */
final class Heartbeat implements Runnable {

	/**
	 * A timer that fires late by less than this time does not extend the time limit of
	 * the pong. In nanoseconds.
	 */
	private static final long SMALL_DELAY = Duration.ofMillis(20).toNanos();

	/**
	 * Timers are set one tick early, because the timer wheel rounds up to its next tick
	 * and threads start with a delay.
	 */
	private static final long ROUNDING = TimerWheel.TICK;

	private static final int JITTER = 20;

	private static final long LEAST_SPREAD = Duration.ofSeconds(5).toNanos();

	private final DefaultEngineSession session;

	private volatile boolean waiting;

	private boolean refreshed;

	private long lastSign;

	private volatile long resumed;

	private volatile Timers.@Nullable Timeout timer;

	private volatile boolean stopped;

	Heartbeat(DefaultEngineSession session) {
		this.session = session;
		this.lastSign = now();
		this.resumed = this.lastSign;
	}

	/**
	 * Start. The first ping is sent up to a twentieth of the interval early, so that
	 * sessions that were opened together do not send all their pings together (SEC-81);
	 * if the interval is shorter than 5 seconds, it is sent on time.
	 */
	void start() {
		if (isClientDriven()) {
			schedule(interval() + timeout());
			return;
		}
		long interval = interval();
		long early = (interval < LEAST_SPREAD) ? 0 : ThreadLocalRandom.current().nextLong(interval / JITTER + 1);
		this.lastSign -= early;
		schedule(interval - early);
	}

	/**
	 * Handle a received pong (protocol 4).
	 */
	void onPong() {
		this.lastSign = now();
		if (this.waiting) {
			this.waiting = false;
			schedule(interval());
		}
	}

	/**
	 * Return whether a ping was sent to which the client has not responded yet.
	 */
	boolean awaitsPong() {
		return this.waiting;
	}

	/**
	 * Handle a received ping (protocol 3).
	 */
	void onPing() {
		this.lastSign = now();
	}

	/**
	 * Handle any other received packet: restarts the time limit of a pong, once (EIO-85).
	 */
	void onOther() {
		if (this.waiting && !this.refreshed) {
			this.refreshed = true;
			this.lastSign = now();
		}
	}

	/**
	 * Called at the end of a pause. Packets that the transport received during the pause
	 * are read from now on.
	 */
	void onResuming() {
		this.resumed = now();
	}

	void stop() {
		this.stopped = true;
		Timers.Timeout current = this.timer;
		if (current != null) {
			current.cancel();
		}
	}

	@Override
	public void run() {
		this.session.onTimer(this::beat);
	}

	private void beat() {
		beat(false);
	}

	/**
	 * Send a ping or close the session if this is due, otherwise schedule the timer
	 * again.
	 * @param read whether everything that the client has sent so far was read
	 */
	private void beat(boolean read) {
		if (this.stopped) {
			return;
		}
		long limit = isClientDriven() ? interval() + timeout() : (this.waiting ? timeout() : interval());
		long now = now();
		if (this.waiting || isClientDriven()) {
			allowForPause(now);
		}
		long due = this.lastSign + limit;
		if (now + ROUNDING < due) {
			schedule(due - now);
		}
		else if (this.waiting || isClientDriven()) {
			if (read) {
				this.session.closed(CloseReason.PING_TIMEOUT, null);
			}
			else {
				this.session.executeAfterReading(() -> beat(true));
			}
		}
		else {
			this.waiting = true;
			this.refreshed = false;
			this.lastSign = (now - due < SMALL_DELAY) ? due : now;
			schedule(this.lastSign + timeout() - now);
			this.session.sendPing();
		}
	}

	/**
	 * Exclude the time in which the server does not read from the time limit. During that
	 * time, pings are still sent, because the client expects them.
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

	private long now() {
		return this.session.timers().nanoTime();
	}

	private long interval() {
		return this.session.options().pingInterval().toNanos();
	}

	private long timeout() {
		return this.session.options().pingTimeout().toNanos();
	}

	private boolean isClientDriven() {
		return this.session.protocol() == 3;
	}

	private void schedule(long nanos) {
		Timers.Timeout current = this.timer;
		if (current != null) {
			current.cancel();
		}
		this.timer = this.session.timers().schedule(nanos - ROUNDING, this);
		if (this.stopped) {
			stop();
		}
	}

}
