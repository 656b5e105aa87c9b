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

import java.util.function.Consumer;

import io.github.springsocketio.engineio.Transport;
import reactor.core.publisher.Mono;

/**
 * Upgrades a request to a websocket, with the headers of the response.
 */
interface WebSocketUpgrader {

	/**
	 * Prepare an upgrade that may be delayed. Called as soon as the request is received.
	 */
	default void prepare(EngineRequest request) {
	}

	/**
	 * Upgrade.
	 * @param request the request
	 * @param opened called on the thread of the websocket after the 101, before anything
	 * is read
	 * @return completes when the request is finished
	 */
	Mono<Void> upgrade(EngineRequest request, Consumer<Transport> opened);

}
