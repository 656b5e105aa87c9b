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

package io.github.springsocketio.autoconfigure;

import java.util.function.Consumer;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.web.EngineWebOptions;
import io.github.springsocketio.socketio.SocketIoOptions;

import org.springframework.util.Assert;

/**
 * Reaches the options of the server that properties do not. Beans of this type are called
 * in their order, after the properties and all other beans were applied to the options,
 * so that what they set wins.
 * <p>
 * A bean that changes one group of options is most easily made by one of the static
 * methods:
 *
 * <pre class="code">
 * &#064;Bean
 * SocketIoServerCustomizer initialPacket() {
 *     return SocketIoServerCustomizer.engine((engine) -&gt; engine.initialPacket("hello"));
 * }</pre>
 *
 * A bean of this type is needed to make the server, so it cannot inject it.
 *
 * @since 0.1.0
 */
public interface SocketIoServerCustomizer {

	/**
	 * Customize the options of the engine: heartbeats, transports, sizes, sessions.
	 * @param engine holds what properties and beans gave
	 */
	default void customizeEngine(EngineOptions.Builder engine) {
	}

	/**
	 * Customize the options of the HTTP endpoint: path, compression, cookie, CORS.
	 * @param web holds what properties and beans gave
	 */
	default void customizeWeb(EngineWebOptions.Builder web) {
	}

	/**
	 * Customize the options of the Socket.IO layer: namespaces, recovery, parser,
	 * adapter.
	 * @param server holds what properties and beans gave
	 */
	default void customizeServer(SocketIoOptions.Builder server) {
	}

	/**
	 * Create a customizer of the options of the engine.
	 * @param customizer called with the builder
	 * @return a customizer that leaves all other options alone
	 */
	static SocketIoServerCustomizer engine(Consumer<EngineOptions.Builder> customizer) {
		Assert.notNull(customizer, "'customizer' must not be null");
		return new SocketIoServerCustomizer() {

			@Override
			public void customizeEngine(EngineOptions.Builder engine) {
				customizer.accept(engine);
			}

		};
	}

	/**
	 * Create a customizer of the options of the HTTP endpoint.
	 * @param customizer called with the builder
	 * @return a customizer that leaves all other options alone
	 */
	static SocketIoServerCustomizer web(Consumer<EngineWebOptions.Builder> customizer) {
		Assert.notNull(customizer, "'customizer' must not be null");
		return new SocketIoServerCustomizer() {

			@Override
			public void customizeWeb(EngineWebOptions.Builder web) {
				customizer.accept(web);
			}

		};
	}

	/**
	 * Create a customizer of the options of the Socket.IO layer.
	 * @param customizer called with the builder
	 * @return a customizer that leaves all other options alone
	 */
	static SocketIoServerCustomizer server(Consumer<SocketIoOptions.Builder> customizer) {
		Assert.notNull(customizer, "'customizer' must not be null");
		return new SocketIoServerCustomizer() {

			@Override
			public void customizeServer(SocketIoOptions.Builder server) {
				customizer.accept(server);
			}

		};
	}

}
