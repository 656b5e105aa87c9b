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

package io.github.springsocketio.autoconfigure.actuate;

import java.time.Duration;

import io.github.springsocketio.socketio.SocketIoServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;

/**
 * Drains a server: changes the readiness state, so that the platform routes no new
 * clients to this node, and closes the sessions, so that their clients connect to other
 * nodes.
 */
final class ServerDrain {

	private static final Log logger = LogFactory.getLog(ServerDrain.class);

	private final SocketIoServer server;

	private final ApplicationContext context;

	private volatile State state = State.ACTIVE;

	ServerDrain(SocketIoServer server, ApplicationContext context) {
		this.server = server;
		this.context = context;
	}

	State state() {
		return this.state;
	}

	/**
	 * Start to drain the server, or change the period of a running drain.
	 * @param period the time over which the sessions are closed
	 */
	void start(Duration period) {
		if (this.state != State.DRAINED) {
			this.state = State.DRAINING;
		}
		logger.info("Draining the Socket.IO server within " + period.toMillis() + " ms");
		AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
		// not on the thread of the request; later batches run on Reactor's timer threads
		this.server.drain(period)
			.subscribeOn(Schedulers.boundedElastic())
			.subscribe(null, (error) -> logger.error("The Socket.IO server could not be drained", error),
					this::drained);
	}

	private void drained() {
		this.state = State.DRAINED;
		logger.info("The Socket.IO server has been drained");
	}

	/**
	 * The states of a server.
	 */
	enum State {

		/** Clients may connect. */
		ACTIVE,

		/**
		 * No client may connect, and the sessions of connected clients are being closed.
		 */
		DRAINING,

		/** No client is connected. */
		DRAINED

	}

}
