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

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Who is told of the end of a session.
 */
class SessionCloseTests {

	private final List<String> told = new ArrayList<>();

	private final DefaultEngineServer server = new DefaultEngineServer(EngineOptions.defaults(),
			new TimerWheel(() -> 1));

	@Test
	void everybodyIsToldWhenTheTransportFails() {
		this.server.setConnectionHandler((session) -> new Handler());
		this.server.addListener(new Listener());
		TransportSession session = this.server.open("1", 4, Handshakes.none(),
				new FakeTransport(TransportType.WEBSOCKET) {

					@Override
					public void close(CloseReason reason) {
						throw new IllegalStateException("no event loop");
					}

				});
		assertThat(session).isNotNull();
		session.closeNow();
		assertThat(this.told).containsExactly("opened", "handler: " + CloseReason.FORCED_CLOSE,
				"listener: " + CloseReason.FORCED_CLOSE);
		assertThat(this.server.clientsCount()).isZero();
	}

	@Test
	void endIsToldOnlyOfSessionsThatWereToldOf() {
		this.server.addListener(new Listener());
		this.server.setConnectionHandler((session) -> {
			throw new IllegalStateException("test");
		});
		assertThatIllegalStateException().isThrownBy(() -> this.server.open("1", 4, Handshakes.none(), websocket()));
		assertThat(this.server.clientsCount()).isZero();
		this.server.setConnectionHandler((session) -> new Handler());
		TransportSession session = this.server.open("1", 4, Handshakes.none(), websocket());
		assertThat(session).isNotNull();
		TransportSession[] second = new TransportSession[1];
		FakeTransport refused = new FakeTransport(TransportType.WEBSOCKET) {

			@Override
			public void attach(TransportHandler attached) {
				second[0] = (TransportSession) attached;
			}

		};
		assertThat(this.server.open("1", 4, Handshakes.none(), refused)).isNull();
		second[0].onClose(refused);
		assertThat(second[0].readyState()).isEqualTo(ReadyState.CLOSED);
		assertThat(this.server.session("1")).isSameAs(session);
		assertThat(this.told).containsExactly("opened");
		session.closeNow();
		assertThat(this.told).containsExactly("opened", "handler: " + CloseReason.FORCED_CLOSE,
				"listener: " + CloseReason.FORCED_CLOSE);
	}

	private static FakeTransport websocket() {
		return new FakeTransport(TransportType.WEBSOCKET);
	}

	private final class Listener implements EngineListener {

		@Override
		public void onConnection(EngineSession session) {
			SessionCloseTests.this.told.add("opened");
		}

		@Override
		public void onClose(EngineSession session, CloseReason reason, @Nullable String detail) {
			SessionCloseTests.this.told.add("listener: " + reason);
		}

	}

	private final class Handler extends SilentHandler {

		@Override
		public void onClose(CloseReason reason, @Nullable String detail) {
			SessionCloseTests.this.told.add("handler: " + reason);
		}

	}

}
