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

import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.github.springsocketio.socketio.packet.Decoded;
import io.github.springsocketio.socketio.packet.JsonPacketParser;
import io.github.springsocketio.socketio.packet.PacketDecoder;
import io.github.springsocketio.socketio.packet.PacketEncoder;
import io.github.springsocketio.socketio.packet.PacketParser;
import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Parser, adapter and server (section 17).
 */
class SocketIoServerTests {

	private final List<String> seen = new ArrayList<>();

	@Test
	@Tag("SIO-122")
	void parserCanBeExchanged() {
		List<String> texts = this.seen;
		PacketParser json = JsonPacketParser.create();
		PacketParser parser = new PacketParser() {

			@Override
			public PacketEncoder encoder() {
				return json.encoder();
			}

			@Override
			public PacketDecoder newDecoder() {
				texts.add("decoder");
				return new NoisyDecoder(json.newDecoder(), texts);
			}

		};
		TestServer server = new TestServer((options) -> options.parser(parser));
		server.open().connect();
		server.open();
		assertThat(texts).containsExactly("decoder", "text", "decoder");
	}

	@Test
	@Tag("SIO-123")
	@Tag("CL-02")
	void thereIsOneAdapterForEachNamespace() {
		TestServer server = new TestServer((options) -> options.adapterFactory(Recording::new));
		server.io.of("/a");
		server.io.of("/a");
		assertThat(this.seen).containsExactly("create /", "init /", "create /a", "init /a");
		assertThat(server.io.of("/a").adapter()).isInstanceOf(Recording.class)
			.isNotSameAs(server.io.sockets().adapter());
		this.seen.clear();
		StepVerifier.create(server.io.close()).expectComplete().verify(Await.LIMIT);
		assertThat(this.seen).containsExactlyInAnyOrder("close /", "close /a");
		assertThat(server.engine.closings()).isOne();
	}

	@Test
	@Tag("SIO-124")
	void serverIsTheOperatorOfTheMainNamespace() {
		TestServer server = new TestServer();
		assertThat(server.io.engine()).isSameAs(server.engine);
		assertThat(server.io.sockets().name()).isEqualTo("/");
		assertThat(server.io.sockets().server()).isSameAs(server.io);
		TestSession session = new TestSession(server.engine, "own", 4, new TestRequest());
		session.open(server.io.connectionHandler());
		assertThat(session.connect()).hasSize(20);
	}

	@Test
	void closedServerTakesNobody() {
		TestServer server = new TestServer();
		TestSession client = server.open();
		client.connect();
		server.io.close().block(Await.LIMIT);
		assertThat(client.isClosed()).isTrue();
		TestSession after = server.open();
		after.receive("0");
		assertThat(after.isClosed()).isTrue();
		assertThat(server.io.sockets().sockets()).isEmpty();
	}

	@Test
	void optionsAreChecked() {
		SocketIoOptions.Builder builder = SocketIoOptions.builder();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.connectTimeout(Duration.ZERO))
			.withMessageContaining("'connectTimeout'");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.ackTimeout(Duration.ofMillis(-1)))
			.withMessageContaining("'ackTimeout'");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxRoomsPerSocket(0))
			.withMessageContaining("'maxRoomsPerSocket'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ConnectionStateRecovery.builder().maxDisconnectionDuration(Duration.ZERO))
			.withMessageContaining("'maxDisconnectionDuration'");
	}

	@Test
	@Tag("SEC-100")
	void textForTheLogIsEscapedAndCut() {
		assertThat(LogText.of("/a\r\n\u001b[31mé")).isEqualTo("/a\\u000d\\u000a\\u001b[31m\\u00e9");
		assertThat(LogText.of("x".repeat(1_000_000))).hasSize(203);
	}

	private final class Recording extends TestAdapter {

		private Recording(AdapterNamespace namespace) {
			super(namespace);
			SocketIoServerTests.this.seen.add("create " + namespace.name());
		}

		@Override
		public Mono<Void> init() {
			return Mono.fromRunnable(() -> SocketIoServerTests.this.seen.add("init " + this.namespace.name()))
				.then(Mono.error(new IllegalStateException("test")));
		}

		@Override
		public Mono<Void> close() {
			return Mono.fromRunnable(() -> SocketIoServerTests.this.seen.add("close " + this.namespace.name()))
				.then(Mono.error(new IllegalStateException("test")));
		}

	}

	private record NoisyDecoder(PacketDecoder delegate, List<String> seen) implements PacketDecoder {

		@Override
		public Decoded text(byte[] data, int offset, int length) {
			this.seen.add("text");
			return this.delegate.text(data, offset, length);
		}

		@Override
		public Decoded binary(byte[] data) {
			return this.delegate.binary(data);
		}

		@Override
		public boolean isIncomplete() {
			return this.delegate.isIncomplete();
		}

		@Override
		public void reset() {
			this.delegate.reset();
		}

	}

}
