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

package io.github.springsocketio.engineio.web;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BiFunction;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatusCode;

/**
 * A {@code GET} that waits for packets. The response is written once, on the event loop
 * of its connection.
 */
final class PendingPoll extends WaitingRequest {

	private static final AtomicIntegerFieldUpdater<PendingPoll> ANSWERED = AtomicIntegerFieldUpdater
		.newUpdater(PendingPoll.class, "answered");

	private final EngineRequest request;

	private final PollingTransport transport;

	private final BiFunction<PendingPoll, List<EncodedMessage>, Mono<Void>> writer;

	private volatile int answered;

	private volatile @Nullable Runnable afterwards;

	/**
	 * Create a poll.
	 * @param writer writes packets as the response
	 */
	PendingPoll(EngineRequest request, PollingTransport transport,
			BiFunction<PendingPoll, List<EncodedMessage>, Mono<Void>> writer) {
		this.request = request;
		this.transport = transport;
		this.writer = writer;
	}

	EngineRequest request() {
		return this.request;
	}

	PollingTransport transport() {
		return this.transport;
	}

	@Override
	void onStarted() {
		this.transport.onPoll(this);
	}

	@Override
	void onAborted() {
		this.transport.onPollAborted(this);
	}

	/**
	 * Respond with messages that need not be delivered: they may be lost if the client
	 * has disconnected.
	 */
	void answer(List<EncodedMessage> messages) {
		if (ANSWERED.compareAndSet(this, 0, 1)) {
			this.request.onEventLoop(() -> answer(() -> this.writer.apply(this, messages)));
		}
	}

	/**
	 * Respond, and run a task when the response was written or the client has
	 * disconnected.
	 */
	void answer(List<EncodedMessage> messages, Runnable afterwards) {
		if (ANSWERED.compareAndSet(this, 0, 1)) {
			this.afterwards = afterwards;
			this.request.onEventLoop(() -> {
				if (!answer(() -> this.writer.apply(this, messages))) {
					onAnswered();
				}
			});
		}
	}

	@Override
	void onAnswered() {
		Runnable task = this.afterwards;
		if (task != null) {
			this.afterwards = null;
			task.run();
		}
	}

	/**
	 * Respond with messages of the session, which is closed if the client has
	 * disconnected.
	 */
	void deliver(List<EncodedMessage> messages) {
		if (ANSWERED.compareAndSet(this, 0, 1)) {
			this.request.onEventLoop(() -> {
				if (!answer(() -> this.writer.apply(this, messages))) {
					this.transport.onPollLost();
				}
			});
		}
	}

	void answer(EncodedMessage message) {
		answer(List.of(message));
	}

	/**
	 * Refuse the poll with a status and an empty body.
	 */
	void refuse(HttpStatusCode status) {
		if (ANSWERED.compareAndSet(this, 0, 1)) {
			this.request.onEventLoop(() -> answer(() -> EngineErrors.empty(this.request, status)));
		}
	}

}
