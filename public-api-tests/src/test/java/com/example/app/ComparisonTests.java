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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables that compare other APIs with ours.
 */
class ComparisonTests {

	private static final Path REPOSITORY = Path.of(System.getProperty("repository.directory"));

	private static final Pattern ROW = Pattern.compile("^\\| `.+?` \\| `(.+?)` \\|.*\\|$", Pattern.MULTILINE);

	private static List<String> cells(String page) throws IOException {
		String text = Files.readString(REPOSITORY.resolve("docs").resolve(page));
		return ROW.matcher(text).results().map((row) -> row.group(1).replace("\\|", "|")).toList();
	}

	private static String withoutSpace(String text) {
		return text.replaceAll("\\s", "");
	}

	@ParameterizedTest
	@CsvSource({ "from-nodejs.md, FromNodejs.java, 115", "from-netty-socketio.md, FromNettySocketIo.java, 40" })
	void javaIsCompiled(String page, String program, int rows) throws IOException {
		String text = withoutSpace(Files
			.readString(REPOSITORY.resolve("public-api-tests/src/main/java/com/example/app").resolve(program)));
		List<String> code = cells(page).stream().filter((cell) -> !cell.startsWith("socketio.")).toList();
		assertThat(code).hasSizeGreaterThan(rows).allSatisfy((cell) -> assertThat(text).contains(withoutSpace(cell)));
	}

	@ParameterizedTest
	@CsvSource({ "from-nodejs.md, 40", "from-netty-socketio.md, 10" })
	void propertiesExist(String page, int rows) throws IOException {
		List<String> known = new ArrayList<>();
		try (InputStream metadata = SocketIoProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			JsonMapper.shared()
				.readTree(metadata)
				.get("properties")
				.forEach((property) -> known.add(property.get("name").asString()));
		}
		assertThat(cells(page).stream().filter((cell) -> cell.startsWith("socketio."))).hasSizeGreaterThan(rows)
			.isSubsetOf(known);
	}

}
