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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * The client of {@code socketio-test} with this server.
 */
class TestClientTests extends TestClientContract {

	private static final List<ConfigurableApplicationContext> servers = new ArrayList<>(List.of(start()));

	@AfterAll
	static void stop() {
		servers.forEach(ConfigurableApplicationContext::close);
	}

	@Override
	int port() {
		return port(servers.get(0));
	}

	@Override
	OtherServer startWithMsgpack() {
		ConfigurableApplicationContext other = start("--socketio.parser.type=msgpack");
		servers.add(other);
		// to close it ends the event loops, which are those of the first server too
		return new OtherServer(port(other), () -> {
		});
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
