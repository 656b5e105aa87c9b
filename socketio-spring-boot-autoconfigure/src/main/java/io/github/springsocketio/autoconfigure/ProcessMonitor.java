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

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.github.springsocketio.FatalErrors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Handles failures from which the threads of the server cannot recover. After the first
 * fatal error, or the termination of an event loop, the liveness state is broken, and the
 * process exits if this is configured. If a shutdown of the JVM cannot complete because
 * an event loop is blocked, the process is halted.
 * <p>
 * The monitor runs on a daemon thread that starts with the application, so that no thread
 * has to be created if there is no memory.
 */
final class ProcessMonitor implements SmartLifecycle, InitializingBean, DisposableBean {

	/** The exit code of {@code -XX:+ExitOnOutOfMemoryError}. */
	static final int FATAL_ERROR_EXIT_CODE = 3;

	static final int BLOCKED_EXIT_CODE = 1;

	private static final Log logger = LogFactory.getLog(ProcessMonitor.class);

	private static final long CHECK = TimeUnit.SECONDS.toNanos(5);

	private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(500);

	private final ApplicationContext context;

	private final @Nullable EventLoopMonitor eventLoops;

	private final boolean exitOnFatalError;

	private final Duration shutdownTimeout;

	private final Thread thread = new Thread(this::run, "socketio-process-monitor");

	private final Thread hook = new Thread(this::shutdownBegun, "socketio-shutdown");

	private final Consumer<Throwable> listener = this::failed;

	private final AtomicReference<@Nullable Throwable> error = new AtomicReference<>();

	private volatile boolean running;

	private volatile boolean shuttingDown;

	private volatile boolean closed;

	/**
	 * Create the monitor.
	 * @param context the application
	 * @param eventLoops the event loops, or {@code null} if they cannot be monitored
	 * @param exitOnFatalError whether the process exits after a fatal error
	 * @param shutdownTimeout the time after which the process is halted, if a shutdown is
	 * blocked by an event loop, or if an exit after a fatal error has not completed
	 */
	ProcessMonitor(ApplicationContext context, @Nullable EventLoopMonitor eventLoops, boolean exitOnFatalError,
			Duration shutdownTimeout) {
		this.context = context;
		this.eventLoops = eventLoops;
		this.exitOnFatalError = exitOnFatalError;
		this.shutdownTimeout = shutdownTimeout;
		this.thread.setDaemon(true);
	}

	@Override
	public void afterPropertiesSet() {
		this.thread.start();
		FatalErrors.addListener(this.listener);
		if (this.eventLoops != null) {
			addHook();
		}
	}

	private void addHook() {
		try {
			Runtime.getRuntime().addShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			// The JVM is already shutting down
			shutdownBegun();
		}
	}

	@Override
	public void start() {
		if (this.eventLoops != null) {
			this.eventLoops.forgetEnded();
		}
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Stops before Reactor Netty's resources, because this terminates the event loops.
	 */
	@Override
	public int getPhase() {
		return 1;
	}

	@Override
	public void destroy() {
		FatalErrors.removeListener(this.listener);
		this.closed = true;
		LockSupport.unpark(this.thread);
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			// The JVM is shutting down
		}
	}

	private void failed(Throwable ex) {
		if (this.running && this.error.compareAndSet(null, ex)) {
			LockSupport.unpark(this.thread);
		}
	}

	private void shutdownBegun() {
		this.shuttingDown = true;
		LockSupport.unpark(this.thread);
	}

	private void run() {
		boolean reported = false;
		while (!this.closed) {
			Throwable ex = this.error.get();
			if (this.shuttingDown) {
				limitShutdown();
			}
			else if (ex != null && !reported) {
				reported = true;
				breakLiveness(ex);
				if (this.exitOnFatalError) {
					exit();
				}
			}
			else {
				LockSupport.parkNanos(this, CHECK);
				checkEventLoops();
			}
		}
	}

	/**
	 * Return the first fatal error.
	 */
	@Nullable Throwable error() {
		return this.error.get();
	}

	void checkEventLoops() {
		if (this.eventLoops == null || this.error.get() != null) {
			return;
		}
		try {
			String ended = this.eventLoops.findEnded();
			if (ended != null) {
				failed(new IllegalStateException("The event loop " + ended + " has ended"));
			}
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	// Fatal errors

	/**
	 * Set the liveness state to broken, and retry on failure, such as a lack of memory.
	 */
	private void breakLiveness(Throwable ex) {
		while (this.running && !this.shuttingDown) {
			try {
				AvailabilityChangeEvent.publish(this.context, this, LivenessState.BROKEN);
				logger.error("The state of the server is undefined after a fatal error. The liveness state is BROKEN",
						ex);
				return;
			}
			catch (Throwable failure) {
				LockSupport.parkNanos(this, RETRY);
			}
		}
	}

	/**
	 * Exit, and halt if the exit takes longer than the timeout.
	 */
	private void exit() {
		long deadline = System.nanoTime() + this.shutdownTimeout.toNanos();
		try {
			Thread exit = new Thread(this::exitApplication, "socketio-exit");
			// without a non-daemon thread, the JVM would exit with 0 after the server has
			// stopped
			exit.setDaemon(false);
			exit.start();
			park(deadline);
			logger.error("The process is halted: it did not exit within " + this.shutdownTimeout.toMillis() + " ms");
		}
		finally {
			Runtime.getRuntime().halt(FATAL_ERROR_EXIT_CODE);
		}
	}

	private void exitApplication() {
		int code = FATAL_ERROR_EXIT_CODE;
		try {
			code = SpringApplication.exit(this.context, () -> FATAL_ERROR_EXIT_CODE);
		}
		finally {
			Runtime.getRuntime().exit(code);
		}
	}

	// Shutdown

	/**
	 * Wait until the context is closed, and halt if an event loop is blocked.
	 */
	private void limitShutdown() {
		long deadline = System.nanoTime() + this.shutdownTimeout.toNanos();
		while (!this.closed) {
			if (deadline - System.nanoTime() > 0) {
				LockSupport.parkNanos(this, deadline - System.nanoTime());
			}
			else {
				haltIfBlocked();
				// not too often, because each task extends the quiet period of an event
				// loop
				deadline = System.nanoTime() + CHECK;
			}
		}
	}

	private void haltIfBlocked() {
		String blocked;
		try {
			blocked = (this.eventLoops != null) ? this.eventLoops.findBlocked() : null;
		}
		catch (Throwable ex) {
			return;
		}
		if (blocked == null || this.closed) {
			return;
		}
		try {
			logger.error("The process is halted: it did not shut down within " + this.shutdownTimeout.toMillis()
					+ " ms, because an event loop is blocked: " + blocked);
		}
		finally {
			Runtime.getRuntime().halt(BLOCKED_EXIT_CODE);
		}
	}

	private void park(long deadline) {
		for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
			LockSupport.parkNanos(this, left);
		}
	}

}
