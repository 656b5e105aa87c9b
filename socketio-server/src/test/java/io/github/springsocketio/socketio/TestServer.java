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

package io.github.springsocketio.socketio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.EngineOptions;

/**
 * A server on a {@link TestEngine}.
 */
final class TestServer {

	final TestEngine engine;

	final SocketIoServer io;

	TestServer() {
		this((options) -> {
		});
	}

	TestServer(Consumer<SocketIoOptions.Builder> customizer) {
		this(EngineOptions.defaults(), customizer);
	}

	TestServer(EngineOptions engineOptions, Consumer<SocketIoOptions.Builder> customizer) {
		this.engine = new TestEngine(engineOptions);
		SocketIoOptions.Builder options = SocketIoOptions.builder().slowHandlerThreshold(Duration.ZERO);
		customizer.accept(options);
		this.io = SocketIoServer.create(this.engine, options.build());
	}

	static TestServer withHandlers(Consumer<HandlerOptions.Builder> settings) {
		return new TestServer((options) -> options.handlers(settings));
	}

	TestSession open() {
		return this.engine.open();
	}

	void advance(Duration time) {
		this.engine.timers().advance(time);
	}

	/**
	 * Return a list that is told of each disconnection in a namespace.
	 */
	List<String> disconnections(String namespace) {
		List<String> result = new ArrayList<>();
		this.io.of(namespace).onDisconnect((socket, reason, detail) -> result.add(reason.text()));
		return result;
	}

}
