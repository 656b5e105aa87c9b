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
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * A session of an engine of its own, whose timers do not run.
 */
final class StressSession implements EngineSessionHandler {

	private static final EngineOptions OPTIONS = EngineOptions.builder().build();

	private static final HandshakeRequest REQUEST = (HandshakeRequest) Proxy.newProxyInstance(
			StressSession.class.getClassLoader(), new Class<?>[] { HandshakeRequest.class }, StressSession::answer);

	final DefaultEngineServer server = new DefaultEngineServer(OPTIONS, new TimerWheel(() -> 0));

	final AtomicInteger closes = new AtomicInteger();

	StressSession() {
		this.server.setConnectionHandler((session) -> this);
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

	@Nullable TransportSession tryOpen(String id, StressTransport transport) {
		return this.server.open(id, 4, REQUEST, transport);
	}

	TransportSession open(StressTransport transport) {
		return Objects.requireNonNull(tryOpen("id", transport));
	}

	@Override
	public void onText(byte[] data, int offset, int length) {
		// nothing to do
	}

	@Override
	public void onBinary(byte[] data) {
		// nothing to do
	}

	@Override
	public void onClose(CloseReason reason, @Nullable String detail) {
		this.closes.incrementAndGet();
	}

}
