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

package io.github.springsocketio.test.autoconfigure.slice;

import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;

import org.springframework.security.access.prepost.PreAuthorize;

@SocketIoController
class GreetingController {

	private final GreetingService service;

	GreetingController(GreetingService service) {
		this.service = service;
	}

	@OnEvent
	@PreAuthorize("hasRole('USER')")
	String greet(String name) {
		return this.service.greet(name);
	}

}
