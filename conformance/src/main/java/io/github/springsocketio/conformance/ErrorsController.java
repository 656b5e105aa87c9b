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

import java.security.Principal;
import java.util.concurrent.CompletionStage;

import io.github.springsocketio.conformance.Fault.SoldOutException;
import io.github.springsocketio.socketio.AckError;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.annotation.Emits;
import io.github.springsocketio.socketio.annotation.HandlerOrder;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import io.github.springsocketio.socketio.annotation.SocketIoExceptionHandler;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Profile;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * Annotated handlers of every kind that fail.
 */
@SocketIoController("/annotated")
@Profile("errors")
class ErrorsController {

	@OnEvent
	Object blocking(@Valid Fault fault) throws Exception {
		return fault.value();
	}

	@OnEvent
	Object waiting(@Valid Fault fault) throws Exception {
		return fault.waitFor();
	}

	@OnEvent
	Mono<Object> mono(@Valid Fault fault) {
		return fault.mono();
	}

	@OnEvent
	Mono<Object> later(@Valid Fault fault) {
		return Delays.of(1).then(fault.mono());
	}

	@OnEvent
	Mono<Object> early(@Valid Fault fault) throws Exception {
		return Mono.just(fault.value());
	}

	@OnEvent(order = HandlerOrder.SERIAL)
	Mono<Object> serial(@Valid Fault fault) {
		return fault.mono();
	}

	@OnEvent
	CompletionStage<@Nullable Object> stage(@Valid Fault fault) {
		return fault.mono().toFuture();
	}

	@OnEvent
	@Emits("item")
	Flux<Object> stream(@Valid Fault fault) {
		return Flux.concat(Mono.just("first"), fault.mono());
	}

	@OnEvent("stream-early")
	@Emits("item")
	Flux<Object> streamEarly(@Valid Fault fault) throws Exception {
		return Flux.just(fault.value());
	}

	@OnEvent("secured-blocking")
	@PreAuthorize("hasRole('ADMIN')")
	String securedBlocking(Principal principal) {
		return principal.getName();
	}

	@OnEvent("secured-mono")
	@PreAuthorize("hasRole('ADMIN')")
	Mono<String> securedMono(Principal principal) {
		return Mono.just(principal.getName());
	}

	@OnEvent("secured-stream")
	@PreAuthorize("hasRole('ADMIN')")
	@Emits("item")
	Flux<String> securedStream() {
		return Flux.empty();
	}

	@SocketIoExceptionHandler
	AckError soldOut(SoldOutException ex, Event event) {
		return new AckError("handled", event.name());
	}

}
