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

import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Awaits what a reactive handler has returned. It counts as under way until it ends; it
 * is not cancelled when the client goes.
 */
final class HandlerResult implements CoreSubscriber<Object> {

	private final DefaultSocket socket;

	private final Event event;

	private boolean answered;

	private boolean ended;

	private HandlerResult(DefaultSocket socket, Event event) {
		this.socket = socket;
		this.event = event;
	}

	static void subscribe(Publisher<?> publisher, DefaultSocket socket, Event event) {
		HandlerResult result = new HandlerResult(socket, event);
		socket.connection().handlerStarted();
		try {
			publisher.subscribe(result);
		}
		catch (Throwable ex) {
			result.onError(ex);
		}
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(Object value) {
		if (!this.answered) {
			this.answered = true;
			try {
				EventDispatcher.acknowledge(this.event, value);
			}
			catch (Throwable ex) {
				UserCode.failed(this.socket, this.event, ex);
			}
		}
	}

	@Override
	public void onError(Throwable error) {
		if (end()) {
			UserCode.failed(this.socket, this.event, error);
		}
	}

	@Override
	public void onComplete() {
		if (end() && !this.answered) {
			EventDispatcher.acknowledge(this.event, null);
		}
	}

	private boolean end() {
		if (this.ended) {
			return false;
		}
		this.ended = true;
		this.socket.connection().handlerFinished();
		return true;
	}

}
