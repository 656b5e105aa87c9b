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

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.springsocketio.testing.RequiresProgram;
import io.github.springsocketio.testsupport.ForkedProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The client of {@code socketio-test} with the reference server, the npm package
 * {@code socket.io}.
 */
@RequiresProgram("node")
class TestClientReferenceIT extends TestClientContract {

	private static final Pattern PORT = Pattern.compile("on port (\\d+)\n");

	@TempDir
	private static Path folder;

	private static OtherServer server;

	@BeforeAll
	static void start() {
		server = start("plain", Map.of());
	}

	private static OtherServer start(String name, Map<String, String> environment) {
		Path script = Path.of("target", "node", "differential", "reference.mjs").toAbsolutePath();
		ProcessBuilder builder = new ProcessBuilder("node", script.toString());
		builder.environment().put("PROFILE", "wire");
		builder.environment()
			.put("TIMERS", "{\"pingInterval\":%d,\"pingTimeout\":%d,\"upgradeTimeout\":20000,\"connectTimeout\":20000,"
				.formatted(PING_INTERVAL, PING_TIMEOUT) + "\"allowEIO3\":true,\"connectionStateRecovery\":{}}");
		builder.environment().putAll(environment);
		ForkedProgram program = ForkedProgram.start(builder, folder.resolve(name));
		return new OtherServer(Integer.parseInt(program.awaitOutput(PORT).group(1)), program::close);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Override
	int port() {
		return server.port();
	}

	@Override
	OtherServer startWithMsgpack() {
		return start("msgpack", Map.of("PARSER", "socket.io-msgpack-parser"));
	}

}
