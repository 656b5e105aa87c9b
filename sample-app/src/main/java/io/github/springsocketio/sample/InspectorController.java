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

import java.util.List;

import io.github.springsocketio.engineio.web.Cookies;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Plain HTTP beside the sockets, on the same port.
 */
@RestController
class InspectorController {

	/**
	 * For load balancers.
	 * @return a text
	 */
	@GetMapping("/health")
	String health() {
		return "ok";
	}

	/**
	 * The cookies that the browser sends now, which may be more than it sent with the
	 * handshake.
	 * @param request the request
	 * @param sid the id of an Engine.IO session to compare with
	 * @return the cookies by name
	 */
	@GetMapping("/cookies")
	List<SeenCookie> cookies(ServerHttpRequest request, @RequestParam(defaultValue = "") String sid) {
		return SeenCookie.of(Cookies.parse(request.getHeaders()), sid);
	}

}
