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

package io.github.springsocketio.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.test.client.SocketIoClientBuilder;
import io.github.springsocketio.test.client.Transport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The client of {@code socketio-test} with this server.
 */
class TestClientTests extends TestClientContract {

	private static final ConfigurableApplicationContext server = start();

	@AfterAll
	static void stop() {
		server.close();
	}

	@Override
	int port() {
		return port(server);
	}

	@ParameterizedTest
	@MethodSource("transports")
	void shouldSpeakMessagePack(List<Transport> transports) {
		try (ConfigurableApplicationContext other = start("--socketio.parser.type=msgpack")) {
			ClientSocket socket = client(transports, SocketIoClientBuilder::msgpack, port(other)).connect();
			byte[] bytes = { 1, 2 };
			Arguments ack = socket.emitWithAck("echo", "é", Map.of("a", bytes), 1.5);
			assertThat(ack.get(0)).isEqualTo("é");
			assertThat(ack.get(1)).usingRecursiveComparison().isEqualTo(Map.of("a", bytes));
			assertThat(ack.get(2)).isEqualTo(1.5);
			assertThat(socket.emit("burst", 1, false).next("burst").get(0)).isEqualTo(0);
			socket.io().close();
		}
	}

	private static ConfigurableApplicationContext start(String... more) {
		String[] options = { "--socketio.allow-eio3=true", "--socketio.connection-state-recovery.enabled=true",
				"--socketio.ping-interval=" + PING_INTERVAL, "--socketio.ping-timeout=" + PING_TIMEOUT,
				"--socketio.upgrade-timeout=20s", "--socketio.connect-timeout=20s" };
		String[] all = Stream.of(options, more).flatMap(Arrays::stream).toArray(String[]::new);
		return ConformanceApplication.start(Settings.of(Map.of("PROFILE", "wire", "PORT", "0")), all);
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

}
