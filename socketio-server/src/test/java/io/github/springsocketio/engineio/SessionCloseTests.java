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

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The end of a session whose transport fails to close.
 */
class SessionCloseTests {

	private final List<String> told = new ArrayList<>();

	private final DefaultEngineServer server = new DefaultEngineServer(EngineOptions.defaults(),
			new TimerWheel(() -> 1));

	@Test
	void everybodyIsToldWhenTheTransportFails() {
		this.server.setConnectionHandler((session) -> new Handler());
		this.server.addListener(new EngineListener() {

			@Override
			public void onClose(EngineSession session, CloseReason reason, @Nullable String detail) {
				SessionCloseTests.this.told.add("listener: " + reason);
			}

		});
		TransportSession session = this.server.open("1", 4, Handshakes.none(),
				proxy(TransportServer.SessionTransport.class));
		assertThat(session).isNotNull();
		session.closeNow();
		assertThat(this.told).containsExactly("handler: " + CloseReason.FORCED_CLOSE,
				"listener: " + CloseReason.FORCED_CLOSE);
		assertThat(this.server.clientsCount()).isZero();
	}

	private static <T> T proxy(Class<T> type) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, args) -> {
				if (method.getName().equals("close")) {
					throw new IllegalStateException("no event loop");
				}
				if (method.getReturnType() == TransportType.class) {
					return TransportType.WEBSOCKET;
				}
				return (method.getReturnType() == boolean.class) ? true : null;
			}));
	}

	private final class Handler implements EngineSessionHandler {

		@Override
		public void onText(byte[] data, int offset, int length) {
		}

		@Override
		public void onBinary(byte[] data) {
		}

		@Override
		public void onClose(CloseReason reason, @Nullable String detail) {
			SessionCloseTests.this.told.add("handler: " + reason);
		}

	}

}
