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
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.socketio.SocketIoServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.Assert;

/**
 * Closes the server when the application stops: refuses handshakes, then closes all
 * sessions after their outbound buffers have been flushed, within a time limit. This
 * happens in the default phase and thus precedes the graceful shutdown of the web server,
 * which would otherwise wait for the open requests and websockets of the sessions.
 */
final class SocketIoServerLifecycle implements SmartLifecycle, DisposableBean {

	private static final Log logger = LogFactory.getLog(SocketIoServerLifecycle.class);

	private final SocketIoServer server;

	private final Duration timeout;

	private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

	SocketIoServerLifecycle(SocketIoServer server, Duration timeout) {
		this.server = server;
		this.timeout = timeout;
	}

	@Override
	public void start() {
		State previous = this.state.getAndUpdate((current) -> (current != State.NEW) ? current : State.RUNNING);
		Assert.state(previous != State.STOPPED, "The Socket.IO server was closed and cannot be started again: "
				+ "close the application context and make a new one");
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		if (this.state.getAndSet(State.STOPPED) == State.STOPPED) {
			callback.run();
			return;
		}
		try {
			close().doFinally((signal) -> callback.run()).subscribe();
		}
		catch (Throwable ex) {
			// There is no memory or no thread to close the server, but the other beans
			// have to stop
			FatalErrors.report(ex);
			this.server.engine().refuseNewSessions();
			callback.run();
			// last, because it may fail without memory
			logger.warn("The Socket.IO server could not be closed", ex);
		}
	}

	/**
	 * Close a server that was never started because the application failed to start.
	 */
	@Override
	public void destroy() {
		stop();
	}

	@Override
	public boolean isRunning() {
		return this.state.get() == State.RUNNING;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	/**
	 * Close on another thread, because listeners of the application may block.
	 */
	private Mono<Void> close() {
		Mono<Void> close = Mono.defer(() -> this.server.closeGracefully(this.timeout));
		return close.subscribeOn(Schedulers.boundedElastic()).timeout(this.timeout).onErrorResume((ex) -> {
			if (ex instanceof TimeoutException) {
				logger.warn("The Socket.IO server was not closed within " + this.timeout.toMillis() + " ms");
			}
			else {
				logger.warn("The Socket.IO server could not be closed", ex);
			}
			return Mono.empty();
		});
	}

	private enum State {

		NEW, RUNNING, STOPPED

	}

}
