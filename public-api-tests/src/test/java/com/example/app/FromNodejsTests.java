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

package com.example.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.github.springsocketio.autoconfigure.SocketIoProperties;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of {@code docs/from-nodejs.md}.
 */
class FromNodejsTests {

	private static final Path REPOSITORY = Path.of(System.getProperty("repository.directory"));

	private static final Pattern ROW = Pattern.compile("^\\| `.+?` \\| `(.+?)` \\|.*\\|$", Pattern.MULTILINE);

	private static List<String> cells() throws IOException {
		String page = Files.readString(REPOSITORY.resolve("docs/from-nodejs.md"));
		return ROW.matcher(page).results().map((row) -> row.group(1).replace("\\|", "|")).toList();
	}

	private static String withoutSpace(String text) {
		return text.replaceAll("\\s", "");
	}

	@Test
	void javaIsCompiled() throws IOException {
		String program = withoutSpace(
				Files.readString(REPOSITORY.resolve("public-api-tests/src/main/java/com/example/app/FromNodejs.java")));
		List<String> code = cells().stream().filter((cell) -> !cell.startsWith("socketio.")).toList();
		assertThat(code).hasSizeGreaterThan(90).allSatisfy((cell) -> assertThat(program).contains(withoutSpace(cell)));
	}

	@Test
	void propertiesExist() throws IOException {
		List<String> known = new ArrayList<>();
		try (InputStream metadata = SocketIoProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			JsonMapper.shared()
				.readTree(metadata)
				.get("properties")
				.forEach((property) -> known.add(property.get("name").asString()));
		}
		assertThat(cells().stream().filter((cell) -> cell.startsWith("socketio."))).hasSizeGreaterThan(30)
			.isSubsetOf(known);
	}

}
