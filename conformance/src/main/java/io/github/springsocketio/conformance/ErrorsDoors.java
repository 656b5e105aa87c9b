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

import io.github.springsocketio.socketio.ConnectErrorException;
import io.github.springsocketio.socketio.annotation.AuthPayload;
import io.github.springsocketio.socketio.annotation.OnConnect;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import jakarta.validation.Valid;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Profile;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * Namespaces that refuse clients.
 */
final class ErrorsDoors {

	private ErrorsDoors() {
	}

	@SocketIoController("/door-blocking")
	@Profile("errors")
	static class Blocking {

		@OnConnect
		void admit(@Valid @AuthPayload Fault fault) throws Exception {
			fault.value();
		}

	}

	@SocketIoController("/door-mono")
	@Profile("errors")
	static class Reactive {

		@OnConnect
		Mono<Void> admit(@Valid @AuthPayload Fault fault) {
			return fault.mono().then();
		}

	}

	@SocketIoController("/door-early")
	@Profile("errors")
	static class Early {

		@OnConnect
		Mono<Void> admit(@Valid @AuthPayload Fault fault) throws Exception {
			return Mono.just(fault.value()).then();
		}

	}

	@SocketIoController("/door-property")
	@Profile("errors")
	static class Property {

		@OnConnect
		void admit(@AuthPayload("invitation") int invitation) {
			if (invitation != 1) {
				throw ConnectErrorException.withCode("Not invited", "not-invited");
			}
		}

	}

	@SocketIoController("/admin")
	@PreAuthorize("hasRole('ADMIN')")
	@Profile("errors")
	static class Admins {

		@OnConnect
		void admit() {
		}

	}

}
