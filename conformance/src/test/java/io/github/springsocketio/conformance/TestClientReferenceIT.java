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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springsocketio.testing.RequiresProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The client of {@code socketio-test} with the reference server, the npm package
 * {@code socket.io}.
 */
@RequiresProgram("node")
class TestClientReferenceIT extends TestClientContract {

	private static final Pattern PORT = Pattern.compile("on port (\\d+)");

	private static OtherServer server;

	@BeforeAll
	static void start() {
		server = start(Map.of());
	}

	private static OtherServer start(Map<String, String> environment) {
		Path script = Path.of("target", "node", "differential", "reference.mjs").toAbsolutePath();
		ProcessBuilder builder = new ProcessBuilder("node", script.toString()).redirectErrorStream(true);
		builder.environment().put("PROFILE", "wire");
		builder.environment()
			.put("TIMERS", "{\"pingInterval\":%d,\"pingTimeout\":%d,\"upgradeTimeout\":20000,\"connectTimeout\":20000,"
				.formatted(PING_INTERVAL, PING_TIMEOUT) + "\"allowEIO3\":true,\"connectionStateRecovery\":{}}");
		builder.environment().putAll(environment);
		try {
			Process process = builder.start();
			return new OtherServer(readPort(process.inputReader()), process::destroy);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int readPort(BufferedReader output) {
		StringBuilder text = new StringBuilder();
		try {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				text.append(line).append('\n');
				Matcher matcher = PORT.matcher(line);
				if (matcher.find()) {
					return Integer.parseInt(matcher.group(1));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		throw new IllegalStateException("The reference server has ended: " + text);
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
		return start(Map.of("PARSER", "socket.io-msgpack-parser"));
	}

}
