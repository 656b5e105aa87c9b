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

package io.github.springsocketio.engineio;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The only client of an engine of its own, whose timers do not run.
 */
public final class StressPeer {

	private static final EngineOptions OPTIONS = EngineOptions.builder().build();

	private static final HandshakeRequest REQUEST = (HandshakeRequest) Proxy.newProxyInstance(
			StressPeer.class.getClassLoader(), new Class<?>[] { HandshakeRequest.class }, StressPeer::answer);

	private final StressTransport transport = new StressTransport(TransportType.WEBSOCKET);

	private final DefaultEngineServer engine = new DefaultEngineServer(OPTIONS, new TimerWheel(() -> 0));

	private final TransportSession session;

	/**
	 * Connect to a server.
	 * @param server makes a server of the engine
	 */
	public StressPeer(Consumer<EngineServer> server) {
		server.accept(this.engine);
		this.session = Objects.requireNonNull(this.engine.open("id", 4, REQUEST, this.transport));
		send("0");
	}

	private static @Nullable Object answer(Object proxy, Method method, Object[] args) throws Throwable {
		return switch (method.getName()) {
			case "url" -> "/socket.io/?EIO=4&transport=websocket";
			case "query", "headers", "attributes" -> Map.of();
			case "issued" -> Instant.EPOCH;
			case "secure" -> false;
			default -> method.isDefault() ? InvocationHandler.invokeDefault(proxy, method, args) : null;
		};
	}

	/**
	 * Send a packet of Socket.IO.
	 */
	public void send(String packet) {
		byte[] bytes = ("4" + packet).getBytes(StandardCharsets.UTF_8);
		this.session.onText(this.transport, bytes, 0, bytes.length);
	}

	/**
	 * Lose the connection.
	 */
	public void leave() {
		this.session.onClose(this.transport);
	}

}
