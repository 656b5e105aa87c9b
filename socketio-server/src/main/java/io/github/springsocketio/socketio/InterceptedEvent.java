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

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The way of one event through interceptors.
 */
final class InterceptedEvent {

	private final SocketEvents events;

	private final EventInterceptor[] interceptors;

	/**
	 * Whether a handler was called, so that the acknowledgement is that of its result.
	 */
	private volatile boolean handlerCalled;

	InterceptedEvent(SocketEvents events, EventInterceptor[] interceptors) {
		this.events = events;
		this.interceptors = interceptors;
	}

	/**
	 * Let the event pass.
	 * @param onEnd called when it has been handled, or {@code null}
	 */
	void start(Event event, @Nullable Runnable onEnd) {
		HandlerResult.subscribe(proceed(event, 0), this.events.socket(), event, () -> this.handlerCalled, onEnd);
	}

	private Mono<Object> proceed(Event event, int next) {
		if (next == this.interceptors.length) {
			return Mono.defer(() -> this.events.invoke(event, () -> this.handlerCalled = true));
		}
		return Mono.defer(() -> this.interceptors[next]
			.intercept(this.events.socket(), event, (passed) -> proceed(passed, next + 1))
			.cast(Object.class));
	}

}
