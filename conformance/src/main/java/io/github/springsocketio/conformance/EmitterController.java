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

import java.util.List;
import java.util.Map;

import io.github.springsocketio.redis.SocketIoEmitter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Emits to the nodes of a cluster without a server. The profile {@code emitter} is an
 * application that has none.
 */
@RestController
@Profile({ "cluster", "emitter" })
class EmitterController {

	private final SocketIoEmitter emitter;

	EmitterController(SocketIoEmitter emitter) {
		this.emitter = emitter;
	}

	/**
	 * Emit an event.
	 * @return with the status 204 when Redis has accepted it, otherwise 503
	 */
	@PostMapping("/emit")
	Mono<ResponseEntity<Void>> emit(@RequestBody Request request) {
		Object[] args = request.args().toArray();
		return target(request).publish(request.event(), args)
			.thenReturn(ResponseEntity.noContent().<Void>build())
			.onErrorReturn(ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build());
	}

	private SocketIoEmitter target(Request request) {
		return (request.room() != null) ? this.emitter.to(request.room()) : this.emitter;
	}

	/**
	 * Emit an event to the servers.
	 */
	@PostMapping("/tell-servers")
	Map<String, Object> tellServers(@RequestBody Request request) {
		this.emitter.serverSideEmit(request.event(), request.args().toArray());
		return Map.of();
	}

	/**
	 * What to emit.
	 *
	 * @param event the name of the event
	 * @param args its arguments
	 * @param room for which room, or {@code null} for all
	 */
	record Request(String event, List<Object> args, @Nullable String room) {

	}

}
