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

package io.github.springsocketio.rewrite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the code of a listener ends.
 */
class AcknowledgementTests {

	private static final String PATH = "src/main/java/com/example/Sample.java";

	@TempDir
	private Path directory;

	/**
	 * Migrate the code of a listener.
	 */
	private String migrate(String code) throws IOException {
		String before = """
				package com.example;

				import com.corundumstudio.socketio.SocketIOServer;

				class Sample {

					void listen(SocketIOServer server) {
						server.addEventListener("number", Integer.class, (client, number, ack) -> {
				%s		});
					}

				}
				""".formatted(code.indent(12).replace("    ", "\t"));
		Project migrated = new Project(Map.of(PATH, before)).migrate();
		migrated.compile(this.directory);
		String text = migrated.files().get(PATH);
		String begin = "(client, number, ack) -> {\n";
		return text.substring(text.indexOf(begin) + begin.length(), text.indexOf("\t\t});"))
			.replace("\t", "    ")
			.indent(-12);
	}

	@Test
	void returnsThatAreNoStatementsOfABlock() throws IOException {
		assertThat(migrate("""
				if (number == 0) return;
				if (number == 1)
				    return;
				else if (number == 2) return;
				for (int i = 0; i < number; i++)
				    if (i == 7) return;
				client.joinRoom("a");
				""")).isEqualTo("""
				if (number == 0) {
				    ack.ack();
				    return;
				}
				if (number == 1) {
				    ack.ack();
				    return;
				}
				else if (number == 2) {
				    ack.ack();
				    return;
				}
				for (int i = 0; i < number; i++)
				    if (i == 7) {
				        ack.ack();
				        return;
				    }
				client.join("a");
				ack.ack();
				""");
	}

	@Test
	void returnsInSwitches() throws IOException {
		assertThat(migrate("""
				switch (number) {
				    case 1: return;
				    case 2:
				        client.joinRoom("a");
				        return;
				    default:
				        break;
				}
				switch (number) {
				    case 3 -> {
				        return;
				    }
				    default -> client.joinRoom("b");
				}
				""")).isEqualTo("""
				switch (number) {
				    case 1: ack.ack(); return;
				    case 2:
				        client.join("a");
				        ack.ack();
				        return;
				    default:
				        break;
				}
				switch (number) {
				    case 3 -> {
				        ack.ack();
				        return;
				    }
				    default -> client.join("b");
				}
				ack.ack();
				""");
	}

	@Test
	void nothingFollowsWhatDoesNotComplete() throws IOException {
		assertThat(migrate("""
				if (number > 9) {
				    switch (number) {
				        case 10:
				            return;
				        default:
				            throw new IllegalArgumentException();
				    }
				}
				else {
				    try {
				        while (true) {
				            if (client.isChannelOpen()) return;
				        }
				    }
				    finally {
				        client.leaveRoom("a");
				    }
				}
				""")).isEqualTo("""
				if (number > 9) {
				    switch (number) {
				        case 10:
				            ack.ack();
				            return;
				        default:
				            throw new IllegalArgumentException();
				    }
				}
				else {
				    try {
				        while (true) {
				            if (client.connected()) {
				                ack.ack();
				                return;
				            }
				        }
				    }
				    finally {
				        client.leave("a");
				    }
				}
				""");
	}

	@Test
	void loopsThatEndWithABreak() throws IOException {
		assertThat(migrate("""
				while (true) {
				    switch (number) {
				        case 1: break;
				        default: return;
				    }
				    if (client.isChannelOpen()) break;
				}
				""")).isEqualTo("""
				while (true) {
				    switch (number) {
				        case 1: break;
				        default: ack.ack(); return;
				    }
				    if (client.connected()) break;
				}
				ack.ack();
				""");
	}

	@Test
	void returnsOfNestedLambdasAndClasses() throws IOException {
		assertThat(migrate("""
				Runnable lambda = () -> {
				    if (number == 1) return;
				};
				Runnable instance = new Runnable() {
				    @Override
				    public void run() {
				        if (number == 1) return;
				    }
				};
				""")).isEqualTo("""
				Runnable lambda = () -> {
				    if (number == 1) return;
				};
				Runnable instance = new Runnable() {
				    @Override
				    public void run() {
				        if (number == 1) return;
				    }
				};
				ack.ack();
				""");
	}

}
