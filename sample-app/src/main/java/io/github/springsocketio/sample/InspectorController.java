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

package io.github.springsocketio.sample;

import java.security.Principal;
import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * HTTP endpoints on the same port as the sockets.
 */
@RestController
class InspectorController {

	/**
	 * Return the name of the user. The response also expires the cookie of a session that
	 * no longer exists.
	 */
	@GetMapping("/me")
	Mono<String> me(Mono<Principal> user) {
		return user.map(Principal::getName);
	}

	/**
	 * Return the CSRF token, which the page has to send for a login or a logout.
	 */
	@GetMapping("/csrf")
	Mono<CsrfToken> csrf(ServerWebExchange exchange) {
		return exchange.getAttributeOrDefault(CsrfToken.class.getName(), Mono.empty());
	}

	/**
	 * Return the cookies of this request, which may be more than those of the handshake.
	 */
	@GetMapping("/cookies")
	List<ReceivedCookie> cookies(@RequestHeader(defaultValue = "") String cookie,
			@RequestParam(defaultValue = "") String sid) {
		return ReceivedCookie.parse(cookie, sid);
	}

}
