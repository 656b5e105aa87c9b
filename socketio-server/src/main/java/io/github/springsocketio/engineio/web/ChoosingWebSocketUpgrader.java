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
 * Chooses the native upgrade if the server is Reactor Netty.
 */
final class ChoosingWebSocketUpgrader implements WebSocketUpgrader {

	private final NettyWebSocketUpgrader netty;

	private final WebSocketUpgrader portable;

	ChoosingWebSocketUpgrader(NettyWebSocketUpgrader netty, WebSocketUpgrader portable) {
		this.netty = netty;
		this.portable = portable;
	}

	private WebSocketUpgrader choose(EngineRequest request) {
		return NettyWebSocketUpgrader.supports(request) ? this.netty : this.portable;
	}

	@Override
	public void prepare(EngineRequest request) {
		choose(request).prepare(request);
	}

	@Override
	public Mono<Void> upgrade(EngineRequest request, Consumer<Transport> opened) {
		return choose(request).upgrade(request, opened);
	}

}
