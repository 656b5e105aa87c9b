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

import java.util.Objects;

import io.github.springsocketio.socketio.Argument;
import io.github.springsocketio.socketio.NamespaceRegistration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Functions of every kind that fail, as the methods of {@link ErrorsController} do.
 */
final class ErrorsHandlers {

	private static final Argument<Fault> FAULT = Argument.of(Fault.class).valid();

	private ErrorsHandlers() {
	}

	static <N extends NamespaceRegistration<N>> void register(N namespace, Vault vault) {
		namespace.handleBlocking("blocking", FAULT, (socket, fault, event) -> fault.value())
			.handleBlocking("waiting", FAULT, (socket, fault, event) -> fault.waitFor())
			.handle("mono", FAULT, (socket, fault, event) -> fault.mono())
			.handle("later", FAULT, (socket, fault, event) -> Delays.of(1).then(fault.mono()))
			.handle("early", FAULT, (socket, fault, event) -> Mono.just(fault.value()))
			.handleSerial("serial", FAULT, (socket, fault, event) -> fault.mono())
			.handle("stage", FAULT, (socket, fault, event) -> Mono.fromCompletionStage(fault.mono().toFuture()))
			.handle("stream", FAULT,
					(socket, fault, event) -> socket.emitAll("item", Flux.concat(Mono.just("first"), fault.mono())))
			.handle("stream-early", FAULT, (socket, fault, event) -> socket.emitAll("item", Flux.just(fault.value())))
			.on("listener", Fault.class, (socket, fault, event) -> event.ack(fault.value()))
			.handle("secured-mono", (socket, event) -> vault.open())
			.handleBlocking("secured-blocking", (socket, event) -> vault.openBlocking())
			.handle("secured-stream", (socket, event) -> socket.emitAll("item", vault.open()))
			.handle("whoami",
					(socket, event) -> Mono.just(Objects.requireNonNull(socket.handshake().principal()).getName()));
	}

}
