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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Exceptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What goes on when a listener or the floor above a session fails.
 */
class SessionFaultTests {

	private final List<String> told = new ArrayList<>();

	private final DefaultEngineServer server = new DefaultEngineServer(EngineOptions.defaults(),
			new TimerWheel(() -> 1));

	private final FakeTransport transport = new FakeTransport(TransportType.POLLING);

	private TransportSession session;

	@BeforeEach
	void open() {
		this.server.setConnectionHandler((opened) -> new Handler());
		this.server.addListener(new EngineListener() {

			@Override
			public void onClose(EngineSession closed, CloseReason reason, @Nullable String detail) {
				SessionFaultTests.this.told.add("end");
			}

		});
		TransportSession opened = this.server.open("1", 4, Handshakes.none(), this.transport);
		assertThat(opened).isNotNull();
		this.session = opened;
	}

	@Test
	@Tag("EIO-129")
	void failingListenerHoldsNothingUp() {
		this.session.addListener(failing());
		List<String> events = new ArrayList<>();
		this.session.addListener(listener(events::add));
		assertThat(this.session.send("a")).isTrue();
		assertThat(this.session.send("b")).isTrue();
		assertThat(this.transport.sent).containsExactly("4a", "4b");
		assertThat(events).containsExactly("onPacketCreate", "onFlush", "onDrain", "onPacketCreate", "onFlush",
				"onDrain");
		events.clear();
		this.transport.text("3");
		this.transport.text("4x");
		assertThat(events).containsExactly("onPacket", "onHeartbeat", "onPacket");
		assertThat(this.told).containsExactly("x");
	}

	@Test
	@Tag("EIO-129")
	void failingListenerDoesNotStopAnUpgrade() {
		this.session.addListener(failing());
		FakeTransport websocket = new FakeTransport(TransportType.WEBSOCKET);
		websocket.attach(this.session);
		this.session.onUpgradeAttempt(websocket);
		websocket.text("2probe");
		websocket.text("5");
		this.session.send("a");
		assertThat(websocket.sent).containsExactly("3probe", "4a");
	}

	@Test
	@Tag("EIO-129")
	void failingListenerDoesNotKeepOthersFromTheEnd() {
		List<Throwable> errors = new ArrayList<>();
		FakeTransport deaf = new FakeTransport(TransportType.WEBSOCKET) {

			@Override
			public void drain(Outbox outbox) {
			}

		};
		TransportSession waiting = this.server.open("2", 4, Handshakes.none(), deaf);
		assertThat(waiting).isNotNull();
		waiting.addListener(failing());
		waiting.flushed().subscribe(null, errors::add);
		waiting.closeNow();
		assertThat(errors).hasSize(1).first().isInstanceOf(SessionClosedException.class);
		assertThat(this.told).containsExactly("closed", "end");
		assertThat(waiting.bufferedBytes()).isZero();
	}

	@Test
	void engineListenerThatFailsWithAnErrorDoesNotKeepASessionFromOpening() {
		this.server.addListener(new EngineListener() {

			@Override
			public void onConnection(EngineSession opened) {
				throw new AssertionError("test");
			}

		});
		TransportSession opened = this.server.open("2", 4, Handshakes.none(), this.transport);
		assertThat(opened).isNotNull();
		assertThat(opened.readyState()).isEqualTo(ReadyState.OPEN);
	}

	@Test
	void failingHandlerFailsForOneMessageOnly() {
		this.transport.text("4fail");
		this.transport.text("4x");
		assertThat(this.told).containsExactly("x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "link", "overflow" })
	void errorOfTheHandlerThatIsNotFatalFailsForOneMessageOnly(String kind) {
		this.transport.text("4" + kind);
		this.transport.text("4x");
		assertThat(this.told).containsExactly("x");
	}

	@Test
	void fatalErrorGoesOutAndTheSessionCanBeClosed() {
		assertThatExceptionOfType(InternalError.class).isThrownBy(() -> this.transport.text("4fatal"));
		this.session.closeNow();
		assertThat(this.told).containsExactly("closed", "end");
	}

	@Test
	void transportThatFailsToWriteLosesItsSession() {
		List<Throwable> errors = new ArrayList<>();
		TransportSession broken = openBroken(new IllegalStateException("test"));
		broken.send("a");
		assertThat(this.told).containsExactly("closed", "transport error: write failed", "end");
		assertThat(broken.readyState()).isEqualTo(ReadyState.CLOSED);
		assertThat(broken.bufferedBytes()).isZero();
		assertThat(((FakeTransport) broken.currentTransport()).closed).isTrue();
		assertThat(this.server.session(broken.id())).isNull();
		broken.flushed().subscribe(null, errors::add);
		assertThat(errors).hasSize(1).first().isInstanceOf(SessionClosedException.class);
	}

	@Test
	void transportThatFailsFatallyLosesItsSessionAndTheErrorGoesOut() {
		TransportSession broken = openBroken(new InternalError("test"));
		assertThatExceptionOfType(InternalError.class).isThrownBy(() -> broken.send("a"));
		assertThat(this.told).containsExactly("closed", "transport error: write failed", "end");
	}

	private TransportSession openBroken(Throwable error) {
		FakeTransport transport = new FakeTransport(TransportType.WEBSOCKET) {

			@Override
			public void drain(Outbox outbox) {
				if (outbox.poll() instanceof EncodedMessage message && message.hasText() && message.text()[0] == '4') {
					throw Exceptions.propagate(error);
				}
			}

		};
		TransportSession broken = this.server.open("2", 4, Handshakes.none(), transport);
		assertThat(broken).isNotNull();
		broken.addListener(new EngineSessionListener() {

			@Override
			public void onClose(EngineSession closed, CloseReason reason, @Nullable String detail) {
				SessionFaultTests.this.told.add(reason.text() + ": " + detail);
			}

		});
		return broken;
	}

	@Test
	void listenersThatAreAddedTogetherAreAllTold() throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(2);
		for (int i = 0; i < 2000; i++) {
			DefaultEngineSession fresh = new DefaultEngineSession(this.server, "fresh", 4, Handshakes.none(),
					this.transport);
			List<String> events = new ArrayList<>();
			Thread other = new Thread(() -> {
				await(barrier);
				fresh.addListener(listener(events::add));
			});
			other.start();
			await(barrier);
			fresh.addListener(listener(events::add));
			other.join();
			fresh.listeners().onHeartbeat(fresh);
			assertThat(events).hasSize(2);
		}
	}

	@Test
	void readingGoesOnWhenItIsResumedDuringAnUpgrade() {
		FakeTransport websocket = new FakeTransport(TransportType.WEBSOCKET) {

			@Override
			public void setReading(boolean reading) {
				if (!reading && SessionFaultTests.this.session.isReadingPaused()) {
					// As another thread may do at this very moment
					SessionFaultTests.this.session.pauseReading(false);
				}
				super.setReading(reading);
			}

		};
		this.session.pauseReading(true);
		this.session.onBinary(this.session.currentTransport(), new byte[262144]);
		websocket.attach(this.session);
		this.session.onUpgradeAttempt(websocket);
		websocket.text("2probe");
		websocket.text("5");
		assertThat(this.session.currentTransport()).isSameAs(websocket);
		assertThat(this.session.isReadingPaused()).isFalse();
		assertThat(websocket.reading).isTrue();
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static EngineSessionListener failing() {
		return listener((method) -> {
			throw new IllegalStateException(method);
		});
	}

	private static EngineSessionListener listener(Consumer<String> events) {
		Class<EngineSessionListener> type = EngineSessionListener.class;
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, args) -> {
				events.accept(method.getName());
				return null;
			}));
	}

	private final class Handler extends SilentHandler {

		@Override
		public void onText(byte[] data, int offset, int length) {
			String text = new String(data, offset, length, StandardCharsets.UTF_8);
			switch (text) {
				case "fail" -> throw new IllegalStateException(text);
				case "link" -> throw new NoClassDefFoundError(text);
				case "overflow" -> throw new StackOverflowError(text);
				case "fatal" -> throw new InternalError(text);
				default -> SessionFaultTests.this.told.add(text);
			}
		}

		@Override
		public void onClose(CloseReason reason, @Nullable String detail) {
			SessionFaultTests.this.told.add("closed");
		}

	}

}
