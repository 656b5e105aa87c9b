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

package io.github.springsocketio.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.github.springsocketio.socketio.Emitter;
import io.github.springsocketio.socketio.Socket;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What is to be sent, how and to whom: the {@code spec} of the event {@code send}.
 *
 * @param event the name of the event
 * @param count how many messages
 * @param size the size of each payload
 * @param sizes the size of each payload, one message of each
 * @param binary whether the payload is binary
 * @param to nobody for the socket itself, {@code *} for the namespace, else a room
 * @param threads how many threads send, none for the one of the handler
 * @param gap milliseconds between two messages
 * @param tail whether {@code tail} is emitted at the end
 */
record SendSpec(@Nullable String event, @Nullable Integer count, @Nullable Integer size, @Nullable List<Integer> sizes,
		@Nullable Boolean binary, @Nullable String to, @Nullable Integer threads, @Nullable Integer gap,
		@Nullable Boolean tail) {

	Mono<Void> send(Socket socket) {
		Emitter<?> target = target(socket);
		return sendAll(target).then(Mono.fromRunnable(() -> {
			if (Boolean.TRUE.equals(this.tail)) {
				socket.emit("tail");
			}
		}));
	}

	private Emitter<?> target(Socket socket) {
		if (this.to == null) {
			return socket;
		}
		return this.to.equals("*") ? socket.namespace() : socket.namespace().in(this.to);
	}

	private Mono<Void> sendAll(Emitter<?> target) {
		List<Object> payloads = payloads();
		int gap = number(this.gap, 0);
		if (gap > 0) {
			return Flux.interval(Duration.ofMillis(gap))
				.take(payloads.size())
				.doOnNext((number) -> emit(target, payloads, number.intValue(), 0))
				.then();
		}
		int threads = number(this.threads, 0);
		if (threads == 0) {
			return Mono.fromRunnable(() -> emitAll(target, payloads, 0));
		}
		return Mono.fromFuture(() -> CompletableFuture.allOf(IntStream.range(0, threads)
			.mapToObj((thread) -> CompletableFuture.runAsync(() -> emitAll(target, payloads, thread),
					(task) -> new Thread(task, "sender-" + thread).start()))
			.toArray(CompletableFuture<?>[]::new)));
	}

	private List<Object> payloads() {
		if (this.sizes != null) {
			return this.sizes.stream().map(this::payload).toList();
		}
		Object payload = payload(number(this.size, 0));
		return IntStream.range(0, number(this.count, 1)).mapToObj((number) -> payload).toList();
	}

	private Object payload(int size) {
		return Boolean.TRUE.equals(this.binary) ? new byte[size] : "x".repeat(size);
	}

	private void emitAll(Emitter<?> target, List<Object> payloads, int thread) {
		for (int number = 0; number < payloads.size(); number++) {
			emit(target, payloads, number, thread);
		}
	}

	private void emit(Emitter<?> target, List<Object> payloads, int number, int thread) {
		target.emit(Objects.requireNonNullElse(this.event, "item"), number, thread, payloads.get(number));
	}

	private static int number(@Nullable Integer number, int defaultValue) {
		return (number != null) ? number : defaultValue;
	}

}
