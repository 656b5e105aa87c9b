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

package io.github.springsocketio.sample.mvc;

import java.security.Principal;

import io.github.springsocketio.sample.mvc.ChatController.Message;
import io.github.springsocketio.socketio.SocketIoServer;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The HTTP endpoints of the page.
 */
@RestController
class PageController {

	private final SocketIoServer io;

	private final Environment environment;

	PageController(SocketIoServer io, Environment environment) {
		this.io = io;
		this.environment = environment;
	}

	/**
	 * Return the user, the CSRF token for forms, and the port of the Socket.IO server.
	 */
	@GetMapping("/me")
	Me me(Principal user, CsrfToken csrf) {
		Integer port = this.environment.getProperty("local.socketio.port", Integer.class);
		return new Me(user.getName(), csrf.getParameterName(), csrf.getToken(), port);
	}

	/**
	 * Send a message to everybody.
	 */
	@PostMapping("/announcements")
	void announce(@RequestParam String text) {
		this.io.to(ChatController.ROOM).emit("message", new Message("announcement", text));
	}

	/**
	 * The user of the page.
	 *
	 * @param name the name
	 * @param csrfParameter the name of the parameter with the CSRF token
	 * @param csrfToken the CSRF token
	 * @param port the port of the Socket.IO server, or {@code null} if it is the port of
	 * the page
	 */
	record Me(String name, String csrfParameter, String csrfToken, @Nullable Integer port) {

	}

}
