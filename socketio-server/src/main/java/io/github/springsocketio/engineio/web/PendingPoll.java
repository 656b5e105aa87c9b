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
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * A {@code GET} that waits for packets. Answered once, on the event loop of its own
 * connection.
 */
final class PendingPoll {

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<PendingPoll, MonoSink> SINK = AtomicReferenceFieldUpdater
		.newUpdater(PendingPoll.class, MonoSink.class, "sink");

	private final EngineRequest request;

	private volatile @Nullable MonoSink<Answer> sink;

	PendingPoll(EngineRequest request) {
		this.request = request;
	}

	EngineRequest request() {
		return this.request;
	}

	/**
	 * Return a Mono that emits what the poll is answered with.
	 * @param started called when somebody waits
	 * @param aborted called when the client goes away before the answer
	 */
	Mono<Answer> await(Runnable started, Runnable aborted) {
		return Mono.create((created) -> {
			this.sink = created;
			created.onCancel(aborted::run);
			started.run();
		});
	}

	void answer(List<EncodedMessage> messages) {
		complete(new Answer(messages, HttpStatus.OK));
	}

	void answer(EncodedMessage message) {
		answer(List.of(message));
	}

	/**
	 * Refuse the poll with a status and an empty body.
	 */
	void refuse(HttpStatusCode status) {
		complete(new Answer(List.of(), status));
	}

	@SuppressWarnings("unchecked")
	private void complete(Answer answer) {
		MonoSink<Answer> current = SINK.getAndSet(this, null);
		if (current != null) {
			this.request.onEventLoop(() -> current.success(answer));
		}
	}

	/**
	 * What a poll is answered with.
	 *
	 * @param messages the packets; empty unless the status is 200
	 * @param status the status
	 */
	record Answer(List<EncodedMessage> messages, HttpStatusCode status) {

	}

}
