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

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.stream.Stream;

import io.github.springsocketio.FatalErrors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Fuseable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Takes the events of one socket through its middlewares, one after the other (SIO-49).
 * Used in the turn of the session only. What waits here counts as under way, so that
 * reading is held back.
 */
final class EventPipeline {

	private static final Log logger = LogFactory.getLog(EventPipeline.class);

	private final DefaultSocket socket;

	private final Queue<DefaultEvent> waiting = new ArrayDeque<>();

	private boolean busy;

	private boolean draining;

	private boolean over;

	/** What is awaited, which is counted as under way. */
	private @Nullable Disposable current;

	EventPipeline(DefaultSocket socket) {
		this.socket = socket;
	}

	void add(DefaultEvent event) {
		if (this.over) {
			return;
		}
		if (this.busy || !this.waiting.isEmpty()) {
			this.waiting.add(event);
			this.socket.connection().handlerStarted();
		}
		else {
			start(event);
		}
	}

	/**
	 * Forget everything, when the socket is disconnected.
	 */
	void clear() {
		this.over = true;
		while (this.waiting.poll() != null) {
			this.socket.connection().handlerFinished();
		}
		if (this.current != null) {
			this.current.dispose();
			this.current = null;
			this.socket.connection().handlerFinished();
		}
	}

	private void start(Event event) {
		EventMiddleware[] middlewares = this.socket.namespace().handlers().eventMiddlewares;
		HandlerTable own = this.socket.handlers();
		if (own != null && own.eventMiddlewares.length != 0) {
			middlewares = Stream.of(middlewares, own.eventMiddlewares)
				.flatMap(Stream::of)
				.toArray(EventMiddleware[]::new);
		}
		goOn(middlewares, 0, event);
	}

	private void goOn(EventMiddleware[] middlewares, int first, Event event) {
		Event passing = event;
		for (int i = first; i < middlewares.length; i++) {
			try {
				Mono<Event> result = middlewares[i].handle(this.socket, passing);
				if (!(result instanceof Fuseable.ScalarCallable<?> scalar)) {
					await(middlewares, i + 1, result);
					return;
				}
				passing = (Event) scalar.call();
			}
			catch (Throwable ex) {
				refused(ex);
				return;
			}
			if (passing == null) {
				return;
			}
		}
		EventDispatcher.callHandlers(this.socket, passing);
	}

	private void await(EventMiddleware[] middlewares, int next, Mono<Event> result) {
		Assert.state(result != null, "An event middleware must return a Mono");
		this.busy = true;
		boolean[] done = new boolean[1];
		Disposable subscription = Await.on(result, this.socket.conn()::execute, (event, error) -> {
			done[0] = true;
			if (this.over) {
				return;
			}
			this.busy = false;
			boolean counted = this.current != null;
			this.current = null;
			if (error != null) {
				refused(error);
			}
			else if (event != null) {
				goOn(middlewares, next, event);
			}
			drain();
			if (counted) {
				this.socket.connection().handlerFinished();
			}
		});
		if (!done[0]) {
			this.current = subscription;
			this.socket.connection().handlerStarted();
		}
	}

	private void drain() {
		if (this.draining) {
			return;
		}
		this.draining = true;
		DefaultEvent next;
		while (!this.busy && (next = this.waiting.poll()) != null) {
			start(next);
			this.socket.connection().handlerFinished();
		}
		this.draining = false;
	}

	private void refused(Throwable error) {
		FatalErrors.rethrowIfFatal(error);
		logger.debug("An event middleware has refused an event", error);
		UserCode.tellErrorListeners(this.socket, error);
	}

}
