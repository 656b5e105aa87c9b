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

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.springsocketio.Limit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SessionLimiter}.
 */
class SessionLimiterTests {

	@Test
	@Tag("SEC-08")
	void countsAll() {
		SessionLimiter limiter = new SessionLimiter(EngineOptions.builder().maxSessions(2).build());
		assertThat(limiter.exceededLimit(from("192.0.2.1"))).isNull();
		assertThat(limiter.acquire(from("192.0.2.1"))).isNull();
		assertThat(limiter.acquire(Handshakes.none())).isNull();
		assertThat(limiter.exceededLimit(from("192.0.2.2"))).isEqualTo(EngineLimit.MAX_SESSIONS);
		assertThat(limiter.acquire(from("192.0.2.2"))).isEqualTo(EngineLimit.MAX_SESSIONS);
		limiter.release(Handshakes.none());
		assertThat(limiter.exceededLimit(from("192.0.2.2"))).isNull();
		assertThat(limiter.acquire(from("192.0.2.2"))).isNull();
		assertThat(limiter.acquire(from("192.0.2.2"))).isEqualTo(EngineLimit.MAX_SESSIONS);
	}

	@Test
	@Tag("SEC-08")
	void countsThoseOfAnAddress() {
		SessionLimiter limiter = new SessionLimiter(
				EngineOptions.builder().maxSessions(3).maxSessionsPerAddress(1).build());
		assertThat(limiter.acquire(from("192.0.2.1"))).isNull();
		assertThat(limiter.exceededLimit(from("192.0.2.1"))).isEqualTo(EngineLimit.MAX_SESSIONS_PER_ADDRESS);
		for (int i = 0; i < 5; i++) {
			assertThat(limiter.acquire(from("192.0.2.1"))).isEqualTo(EngineLimit.MAX_SESSIONS_PER_ADDRESS);
		}
		assertThat(limiter.acquire(from("192.0.2.2"))).isNull();
		limiter.release(from("192.0.2.1"));
		assertThat(limiter.acquire(from("192.0.2.1"))).isNull();
		assertThat(limiter.acquire(from("192.0.2.3"))).isNull();
		assertThat(limiter.acquire(from("192.0.2.4"))).isEqualTo(EngineLimit.MAX_SESSIONS);
	}

	@Test
	@Tag("SEC-08")
	void countsNothingWithoutALimit() {
		SessionLimiter limiter = new SessionLimiter(EngineOptions.defaults());
		for (int i = 0; i < 100; i++) {
			assertThat(limiter.acquire(from("192.0.2.1"))).isNull();
		}
		assertThat(limiter.exceededLimit(from("192.0.2.1"))).isNull();
	}

	@Test
	@Tag("SEC-08")
	void serverOpensNoMoreThanTheLimit() throws Exception {
		DefaultEngineServer server = new DefaultEngineServer(
				EngineOptions.builder().maxSessions(50).maxSessionsPerAddress(20).build(), new TimerWheel(() -> 1));
		List<Limit> limits = new ArrayList<>();
		server.addListener(new EngineListener() {

			@Override
			public void onLimitExceeded(Limit limit, @Nullable EngineSession session) {
				synchronized (limits) {
					limits.add(limit);
				}
			}

		});
		server.setConnectionHandler((session) -> new SilentHandler());
		List<Callable<Boolean>> handshakes = new ArrayList<>();
		for (int i = 0; i < 400; i++) {
			String id = Integer.toString(i);
			HandshakeRequest request = from("192.0.2." + i % 2);
			handshakes.add(() -> server.open(id, 4, request, new FakeTransport(TransportType.POLLING)) != null);
		}
		ExecutorService threads = Executors.newFixedThreadPool(4);
		int opened = 0;
		for (Future<Boolean> handshake : threads.invokeAll(handshakes)) {
			opened += handshake.get() ? 1 : 0;
		}
		threads.shutdown();
		assertThat(opened).isEqualTo(40);
		assertThat(server.clientsCount()).isEqualTo(40);
		assertThat(limits).hasSize(360);
		server.sessions().forEach(EngineSession::closeNow);
		assertThat(server.clientsCount()).isZero();
		assertThat(server.refusal(from("192.0.2.0"))).isNull();
	}

	@Test
	@Tag("SEC-08")
	void noRoomIsMadeForASessionThatIsRefusedAnyway() {
		DefaultEngineServer server = new DefaultEngineServer(
				EngineOptions.builder().maxSessions(2).maxSessionsPerAddress(1).build(), new TimerWheel(() -> 1));
		AtomicInteger calls = new AtomicInteger();
		AtomicReference<@Nullable Limit> exceeded = new AtomicReference<>();
		server.setConnectionHandler(new EngineConnectionHandler() {

			@Override
			public EngineSessionHandler onConnection(EngineSession session) {
				return new SilentHandler();
			}

			@Override
			public @Nullable Limit makeRoom() {
				calls.incrementAndGet();
				return exceeded.get();
			}

		});
		assertThat(open(server, "1", "192.0.2.1")).isTrue();
		assertThat(calls).hasValue(1);
		assertThat(open(server, "2", "192.0.2.1")).isFalse();
		assertThat(calls).hasValue(1);
		// without room, it does not count
		exceeded.set(EngineLimit.MAX_MEMORY);
		assertThat(open(server, "3", "192.0.2.2")).isFalse();
		assertThat(calls).hasValue(2);
		exceeded.set(null);
		assertThat(open(server, "4", "192.0.2.2")).isTrue();
		assertThat(open(server, "5", "192.0.2.3")).isFalse();
		assertThat(calls).hasValue(3);
	}

	private static boolean open(DefaultEngineServer server, String id, String address) {
		return server.open(id, 4, from(address), new FakeTransport(TransportType.POLLING)) != null;
	}

	private static HandshakeRequest from(String address) {
		return Handshakes.from(new InetSocketAddress(address, 1));
	}

}
