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

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Fuseable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Passes the events of one socket through its middlewares, one after the other. Used in
 * the turn of the session only. Queued events count as handlers in flight, so that
 * reading pauses when there are too many.
 */
final class EventPipeline {

	private final DefaultSocket socket;

	private final SocketEvents events;

	private final Queue<Waiting> waiting = new ArrayDeque<>();

	private boolean busy;

	private boolean draining;

	private boolean cleared;

	/**
	 * The subscription to the current middleware, which counts as a handler in flight.
	 */
	private @Nullable Disposable current;

	private @Nullable HandlerLoad currentLoad;

	private int currentBytes;

	EventPipeline(DefaultSocket socket, SocketEvents events) {
		this.socket = socket;
		this.events = events;
	}

	void add(DefaultEvent event) {
		if (this.cleared) {
			return;
		}
		if (this.busy || !this.waiting.isEmpty()) {
			HandlerLoad load = this.socket.client().load();
			this.waiting.add(new Waiting(event, load, load.started()));
		}
		else {
			start(event);
		}
	}

	/**
	 * Drop the queued events, because the socket is disconnected.
	 */
	void clear() {
		this.cleared = true;
		Waiting next;
		while ((next = this.waiting.poll()) != null) {
			next.load().finished(next.bytes());
		}
		if (this.current != null) {
			this.current.dispose();
			currentEnded();
		}
	}

	private void currentEnded() {
		this.current = null;
		HandlerLoad load = this.currentLoad;
		if (load != null) {
			this.currentLoad = null;
			load.finished(this.currentBytes);
		}
	}

	private void start(Event event) {
		proceed(HandlerTable.concat(this.socket.namespace().handlers().eventMiddlewares,
				this.events.handlers().eventMiddlewares), 0, event);
	}

	private void proceed(EventMiddleware[] middlewares, int first, Event event) {
		Event passing = event;
		for (int i = first; i < middlewares.length; i++) {
			try {
				Mono<Event> result = middlewares[i].handle(this.socket, passing);
				if (!(result instanceof Fuseable.ScalarCallable<?> scalar)) {
					await(middlewares, i + 1, passing, result);
					return;
				}
				passing = (Event) scalar.call();
			}
			catch (Throwable ex) {
				refused(passing, ex);
				return;
			}
			if (passing == null) {
				return;
			}
		}
		this.events.callHandlers(passing);
	}

	private void await(EventMiddleware[] middlewares, int next, Event waiting, Mono<Event> result) {
		Assert.state(result != null, "An event middleware must return a Mono");
		this.busy = true;
		boolean[] done = new boolean[1];
		Disposable subscription = Await.on(result, this.socket::execute, this.socket::reactorContext,
				(event, error) -> {
					done[0] = true;
					if (this.cleared) {
						return;
					}
					this.busy = false;
					HandlerLoad counted = this.currentLoad;
					int bytes = this.currentBytes;
					this.current = null;
					this.currentLoad = null;
					if (error != null) {
						refused(waiting, error);
					}
					else if (event != null) {
						this.socket.client().load().handling(bytes);
						proceed(middlewares, next, event);
					}
					drain();
					if (counted != null) {
						counted.finished(bytes);
					}
				});
		if (!done[0]) {
			this.current = subscription;
			this.currentLoad = this.socket.client().load();
			this.currentBytes = this.currentLoad.started();
		}
	}

	/**
	 * Process the queued events, until a middleware completes asynchronously.
	 */
	void drain() {
		if (this.draining) {
			return;
		}
		this.draining = true;
		try {
			startWaiting();
		}
		finally {
			this.draining = false;
		}
	}

	private void startWaiting() {
		Waiting next;
		while (!this.busy && !this.events.isSerialHandlerUnderWay() && (next = this.waiting.poll()) != null) {
			this.socket.client().load().handling(next.bytes());
			try {
				start(next.event());
			}
			finally {
				next.load().finished(next.bytes());
			}
		}
	}

	private void refused(Event event, Throwable error) {
		this.socket.namespace().server().failures().log("Event middleware", this.socket, error, true);
		this.events.errors().notifyErrorListeners(error, event);
	}

	/**
	 * A queued event.
	 *
	 * @param event the event
	 * @param load counts the event as in flight
	 * @param bytes its size, which is counted with it
	 */
	private record Waiting(DefaultEvent event, HandlerLoad load, int bytes) {

	}

}
