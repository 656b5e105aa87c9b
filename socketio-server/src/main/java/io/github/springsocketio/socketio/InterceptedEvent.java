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

import io.github.springsocketio.engineio.ApplicationCalls;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Processes one event with its interceptors.
 */
final class InterceptedEvent {

	private final SocketEvents events;

	private final EventInterceptor[] interceptors;

	/** Whether the gate is closed until the event has been handled. */
	private final boolean serial;

	/**
	 * The thread that starts the event and has the session's turn; {@code null} after
	 * that.
	 */
	private volatile @Nullable Thread starting;

	/**
	 * Whether a handler was called, so that its result is the acknowledgement.
	 */
	private volatile boolean handlerCalled;

	InterceptedEvent(SocketEvents events, EventInterceptor[] interceptors, boolean serial) {
		this.events = events;
		this.interceptors = interceptors;
		this.serial = serial;
	}

	/**
	 * Start to process the event; in the session's turn.
	 * @param onEnd called when it has been handled, or {@code null}
	 */
	void start(Event event, @Nullable Runnable onEnd) {
		this.starting = Thread.currentThread();
		try {
			HandlerResult.subscribe(proceed(event, 0), this.events.socket(), event, () -> this.handlerCalled, onEnd);
		}
		finally {
			this.starting = null;
		}
	}

	private Mono<Object> proceed(Event event, int next) {
		if (next == this.interceptors.length) {
			return Mono.defer(() -> invoke(event));
		}
		return ApplicationCalls.defer(() -> this.interceptors[next]
			.intercept(this.events.socket(), event, (passed) -> proceed(passed, next + 1))
			.cast(Object.class));
	}

	private Mono<Object> invoke(Event event) {
		if (this.serial || !this.events.isSerial(event)) {
			return callHandlers(event);
		}
		// an interceptor has changed its name
		GatePass pass = new GatePass(this.events);
		return pass.enter(this.starting == Thread.currentThread())
			.then(Mono.defer(() -> callHandlers(event)))
			.doFinally((signal) -> pass.leave());
	}

	private Mono<Object> callHandlers(Event event) {
		return this.events.invoke(event, () -> this.handlerCalled = true);
	}

}
