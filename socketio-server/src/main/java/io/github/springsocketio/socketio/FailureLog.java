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

package io.github.springsocketio.socketio;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.engineio.SessionClosedException;
import io.github.springsocketio.socketio.packet.ArgumentConversionException;
import io.github.springsocketio.socketio.packet.MissingArgumentException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs failures of application code. Failures that a client can cause are logged in one
 * line at debug level, and denied access in one line at info level. Other failures are
 * logged as errors with a stack trace; repetitions are counted for a while and not logged
 * again. Handlers that hold their thread for too long are reported in the same way.
 */
final class FailureLog {

	private static final Log logger = LogFactory.getLog(FailureLog.class);

	private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

	private static final int MAX_KEYS = 200;

	private static final int FRAMES = 4;

	private static final String RECOVERY_REFUSED = "recovery refused";

	private final Map<String, Repetition> repetitions = new ConcurrentHashMap<>();

	private final LongSupplier nanoTime;

	FailureLog(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Log a failure.
	 * @param what the name of the failed code
	 * @param socket the socket for which it was called
	 * @param error the error
	 * @param handled whether an error listener was called, so that the failure is logged
	 * at debug level only
	 * @return the id of the error in the log if it is one of the application, otherwise
	 * {@code null}. Repeated errors have the id of the one that was logged
	 */
	@Nullable String log(String what, DefaultSocket socket, Throwable error, boolean handled) {
		FatalErrors.rethrowIfFatal(error);
		if (handled || isClientError(error)) {
			if (logger.isDebugEnabled()) {
				logger.debug(describe(what, socket, error));
			}
		}
		else if (ErrorCodes.isRefusal(error)) {
			if (logger.isInfoEnabled() && isFirst(key(error))) {
				logger.info(describe(what, socket, error) + skipped(key(error)));
			}
		}
		else {
			String key = key(error);
			boolean first = isFirst(key);
			Repetition repetition = this.repetitions.get(key);
			String id = (repetition != null) ? repetition.id() : newId();
			if (first || repetition == null) {
				logger.error(what + " failed for " + socket + user(socket) + skipped(key) + ", error " + id, error);
			}
			return id;
		}
		return null;
	}

	private static String newId() {
		return Integer.toHexString(ThreadLocalRandom.current().nextInt() | Integer.MIN_VALUE);
	}

	/**
	 * Log the failure of an operation of an adapter.
	 */
	void log(String operation, Namespace namespace, Throwable error) {
		FatalErrors.rethrowIfFatal(error);
		if (isFirst(key(error))) {
			logger.error("Adapter operation " + operation + " failed for namespace " + LogText.of(namespace.name())
					+ skipped(key(error)), error);
		}
	}

	/**
	 * Log the failure of a listener that belongs to no socket.
	 */
	void listenerFailed(String what, String nsp, Throwable error) {
		FatalErrors.rethrowIfFatal(error);
		if (isFirst(key(error))) {
			logger.error(what + " failed in namespace " + LogText.of(nsp) + skipped(key(error)), error);
		}
	}

	/**
	 * Log that the authentication of a client has failed for another reason than its
	 * credentials.
	 */
	void authenticationFailed(String namespace, Throwable error) {
		FatalErrors.rethrowIfFatal(error);
		String what = "Authentication failed in namespace " + LogText.of(namespace);
		if (isClientError(error)) {
			logger.debug(what + ": " + error.getClass().getSimpleName());
		}
		else if (ErrorCodes.isRefusal(error)) {
			if (logger.isInfoEnabled() && isFirst(key(error))) {
				logger.info(what + ": " + error.getClass().getSimpleName() + ": "
						+ LogText.of(String.valueOf(error.getMessage())) + skipped(key(error)));
			}
		}
		else if (isFirst(key(error))) {
			logger.error(what + skipped(key(error)), error);
		}
	}

	/**
	 * Log that a handler has blocked its thread for long.
	 * @param elapsed the time in nanoseconds
	 */
	void logSlow(Handler handler, Event event, DefaultSocket socket, long elapsed) {
		String type = handler.origin().getClass().getName();
		String key = "slow|" + type;
		if (logger.isWarnEnabled() && isFirst(key)) {
			logger.warn("Handler " + type + " of event " + LogText.of(event.name()) + " in namespace "
					+ LogText.of(socket.nsp()) + " has blocked thread " + Thread.currentThread().getName() + " for "
					+ Duration.ofNanos(elapsed).toMillis() + " ms: blocking code belongs on a scheduler of its own"
					+ skipped(key));
		}
	}

	/**
	 * Log that the pattern of a family of namespaces has blocked its thread for long.
	 */
	void logSlowPattern(Pattern pattern, long millis) {
		String key = "pattern|" + pattern.pattern();
		if (isFirst(key)) {
			logger.warn("Pattern " + pattern.pattern() + " of namespaces took " + millis
					+ " ms for a name: use a function instead" + skipped(key));
		}
	}

	/**
	 * Log that a client has requested to recover the state of another principal.
	 */
	void recoveryRefused(Namespace namespace) {
		if (isFirst(RECOVERY_REFUSED)) {
			logger.warn("Recovery refused: a client has requested the state of another principal in namespace "
					+ LogText.of(namespace.name()) + skipped(RECOVERY_REFUSED));
		}
	}

	private static String describe(String what, DefaultSocket socket, Throwable error) {
		// the message of the cause of a conversion error contains input of the client
		String cause = (error instanceof ArgumentConversionException && error.getCause() != null)
				? " (" + error.getCause().getClass().getSimpleName() + ")" : "";
		return what + " failed for " + socket + user(socket) + ": " + error.getClass().getSimpleName() + ": "
				+ LogText.of(String.valueOf(error.getMessage())) + cause;
	}

	private static String user(DefaultSocket socket) {
		return (socket.handshake().principal() != null)
				? " of user " + LogText.of(String.valueOf(socket.handshake().principal().getName())) : "";
	}

	private static boolean isClientError(Throwable thrown) {
		Throwable error = ErrorCodes.unwrap(thrown);
		return error instanceof ArgumentConversionException || error instanceof MissingArgumentException
				|| error instanceof AckTimeoutException || error instanceof SocketDisconnectedException
				|| error instanceof SessionClosedException || error instanceof InvalidPacketException
				|| error instanceof ArgumentValidationException || error instanceof AckErrorException;
	}

	/**
	 * Return whether a failure is to be logged: the first of its kind in an interval.
	 */
	private boolean isFirst(String key) {
		if (this.repetitions.size() >= MAX_KEYS) {
			long now = this.nanoTime.getAsLong();
			this.repetitions.values().removeIf((repetition) -> now - repetition.since > INTERVAL);
			if (this.repetitions.size() >= MAX_KEYS) {
				this.repetitions.clear();
			}
		}
		return this.repetitions.computeIfAbsent(key, (absent) -> new Repetition(this.nanoTime.getAsLong()))
			.isFirst(this.nanoTime.getAsLong());
	}

	private String skipped(String key) {
		Repetition repetition = this.repetitions.get(key);
		long count = (repetition != null) ? repetition.skipped.getAndSet(0) : 0;
		return (count != 0) ? " (and " + count + " more times in the last minutes)" : "";
	}

	/**
	 * Return the number of known kinds of failures.
	 */
	int size() {
		return this.repetitions.size();
	}

	/**
	 * Return a key for the kind of a failure. Contains no input of clients.
	 */
	private static String key(Throwable error) {
		StackTraceElement[] trace = error.getStackTrace();
		StringBuilder key = new StringBuilder(error.getClass().getName());
		for (int i = 0; i < Math.min(trace.length, FRAMES); i++) {
			key.append('|').append(trace[i]);
		}
		return key.toString();
	}

	private static final class Repetition {

		private static final AtomicReferenceFieldUpdater<Repetition, Logged> LAST = AtomicReferenceFieldUpdater
			.newUpdater(Repetition.class, Logged.class, "last");

		private final AtomicLong skipped = new AtomicLong();

		private final long since;

		private volatile Logged last;

		private Repetition(long now) {
			this.since = now;
			this.last = new Logged(now, newId());
		}

		private boolean isFirst(long now) {
			Logged known = this.last;
			if (now - known.until >= 0 && LAST.compareAndSet(this, known, new Logged(now + INTERVAL, newId()))) {
				return true;
			}
			this.skipped.incrementAndGet();
			return false;
		}

		private String id() {
			return this.last.id;
		}

		/**
		 * The last log entry.
		 *
		 * @param until the time until which repetitions are not logged
		 * @param id the id of the entry, which is also returned for repetitions
		 */
		private record Logged(long until, String id) {

		}

	}

}
