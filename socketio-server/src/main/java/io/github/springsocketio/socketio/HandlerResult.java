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

import java.util.function.BooleanSupplier;

import io.github.springsocketio.socketio.ServerObserver.Operation;
import io.github.springsocketio.socketio.ServerObserver.Outcome;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * Subscribes to the result of a reactive handler, which counts as in flight until it
 * completes. The subscription is not canceled when the client disconnects.
 */
class HandlerResult implements CoreSubscriber<Object> {

	private static final BooleanSupplier ALWAYS = () -> true;

	private final DefaultSocket socket;

	private final Event event;

	private final HandlerLoad load;

	private final BooleanSupplier acknowledgesEmpty;

	private final int bytes;

	private final @Nullable Runnable onEnd;

	private boolean acknowledged;

	private boolean completed;

	HandlerResult(DefaultSocket socket, Event event, BooleanSupplier acknowledgesEmpty, @Nullable Runnable onEnd) {
		this.socket = socket;
		this.event = event;
		this.load = socket.client().load();
		this.bytes = this.load.started();
		this.acknowledgesEmpty = acknowledgesEmpty;
		this.onEnd = onEnd;
	}

	static void subscribe(Publisher<?> publisher, DefaultSocket socket, Event event) {
		subscribe(publisher, socket, event, ALWAYS, null);
	}

	/**
	 * Subscribe to the result of a handler.
	 * @param onEnd called when the result of a serial handler has completed or failed, or
	 * {@code null}
	 * @param operation the operation that ends with the result, or {@code null} if it is
	 * not observed
	 */
	static void subscribe(Publisher<?> publisher, DefaultSocket socket, Event event, @Nullable Runnable onEnd,
			@Nullable Operation operation) {
		subscribe(publisher, (operation != null) ? new Observed(socket, event, onEnd, operation)
				: new HandlerResult(socket, event, ALWAYS, onEnd));
	}

	/**
	 * Subscribe to the result of a handler.
	 * @param acknowledgesEmpty whether an empty result is an empty acknowledgement
	 * @param onEnd called when it has completed or failed, or {@code null}
	 */
	static void subscribe(Publisher<?> publisher, DefaultSocket socket, Event event, BooleanSupplier acknowledgesEmpty,
			@Nullable Runnable onEnd) {
		subscribe(publisher, new HandlerResult(socket, event, acknowledgesEmpty, onEnd));
	}

	private static void subscribe(Publisher<?> publisher, HandlerResult result) {
		try {
			publisher.subscribe(result);
		}
		catch (Throwable ex) {
			result.onError(ex);
		}
	}

	@Override
	public Context currentContext() {
		return this.socket.reactorContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(Object value) {
		if (!this.acknowledged) {
			this.acknowledged = true;
			acknowledge(value);
		}
	}

	private void acknowledge(Object value) {
		try {
			SocketEvents.acknowledge(this.event, value);
		}
		catch (Throwable ex) {
			this.socket.events().errors().failed(this.event, ex);
		}
	}

	@Override
	public void onError(Throwable error) {
		if (complete()) {
			try {
				this.socket.events().errors().failed(this.event, error);
			}
			finally {
				end();
			}
		}
	}

	@Override
	public void onComplete() {
		if (complete()) {
			if (!this.acknowledged && this.acknowledgesEmpty.getAsBoolean()) {
				SocketEvents.acknowledge(this.event, null);
			}
			end();
		}
	}

	private void end() {
		if (this.onEnd != null) {
			this.onEnd.run();
		}
	}

	boolean isCompleted() {
		return this.completed;
	}

	private boolean complete() {
		if (this.completed) {
			return false;
		}
		this.completed = true;
		this.load.finished(this.bytes);
		return true;
	}

	/**
	 * The result of an observed handler. It ends the operation without another
	 * subscriber, because it is never canceled.
	 */
	private static final class Observed extends HandlerResult {

		private final Operation operation;

		/** Created when it is first requested. */
		private @Nullable Context context;

		Observed(DefaultSocket socket, Event event, @Nullable Runnable onEnd, Operation operation) {
			super(socket, event, ALWAYS, onEnd);
			this.operation = operation;
		}

		@Override
		public Context currentContext() {
			Context result = this.context;
			if (result == null) {
				result = this.operation.context(super.currentContext());
				this.context = result;
			}
			return result;
		}

		@Override
		public void onError(Throwable error) {
			if (!isCompleted()) {
				this.operation.end(ObservedSubscriber.outcome(error), error);
			}
			super.onError(error);
		}

		@Override
		public void onComplete() {
			if (!isCompleted()) {
				this.operation.end(Outcome.SUCCESS, null);
			}
			super.onComplete();
		}

	}

}
