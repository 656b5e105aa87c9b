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

import java.util.concurrent.atomic.AtomicReference;

import reactor.core.publisher.Mono;

/**
 * Closes the gate of a socket for an event whose serial handlers are only known after its
 * interceptors were called.
 */
final class GatePass {

	private final SocketEvents events;

	private final AtomicReference<State> state = new AtomicReference<>(State.OUTSIDE);

	GatePass(SocketEvents events) {
		this.events = events;
	}

	/**
	 * Close the gate as soon as no serial handler is in progress.
	 * @param inTurn whether the caller has the turn of the session
	 * @return completes when the gate is closed, in the session's turn
	 */
	Mono<Void> enter(boolean inTurn) {
		return Mono.create((sink) -> {
			Runnable entrance = () -> {
				if (this.state.compareAndSet(State.OUTSIDE, State.INSIDE)) {
					this.events.gate().close();
					sink.success();
				}
			};
			if (inTurn) {
				this.events.gate().enter(entrance);
			}
			else {
				this.events.socket().execute(() -> this.events.gate().enter(entrance));
			}
		});
	}

	/**
	 * Open the gate if this object has closed it; otherwise make sure that it no longer
	 * closes it.
	 */
	void leave() {
		if (this.state.getAndSet(State.GONE) == State.INSIDE) {
			this.events.proceed(() -> {
			});
		}
	}

	private enum State {

		OUTSIDE, INSIDE, GONE

	}

}
