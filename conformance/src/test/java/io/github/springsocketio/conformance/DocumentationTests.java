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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of rows name tests that exist and that bear the row's number.
 */
class DocumentationTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern ROW = Pattern
		.compile("^\\| ((?:EIO|CK|SIO|CL|SEC)-\\d+) \\|.*\\| ([^|]*) \\| ([^|]*)\\|$");

	private static final Pattern TEST = Pattern.compile("`([^`]+)`");

	@ParameterizedTest
	@ValueSource(strings = { "docs/parity.md", "docs/security-matrix.md" })
	void shouldNameTestsThatBearTheRow(String table) throws IOException {
		Map<String, String> tests = tests();
		List<String> wrong = new ArrayList<>();
		int rows = 0;
		for (String line : Files.readAllLines(ROOT.resolve(table))) {
			Matcher row = ROW.matcher(line);
			if (!row.matches()) {
				continue;
			}
			rows++;
			boolean named = false;
			Matcher test = TEST.matcher(row.group(3));
			while (test.find()) {
				named = true;
				String source = tests.getOrDefault(test.group(1), "");
				if (!Pattern.compile(row.group(1) + "(?!\\d)").matcher(source).find()) {
					wrong.add(row.group(1) + ": " + test.group(1));
				}
			}
			boolean claimed = row.group(2).startsWith("yes") || row.group(2).startsWith("better")
					|| row.group(2).startsWith("met");
			if (claimed && !named) {
				wrong.add(row.group(1) + ": no test");
			}
		}
		assertThat(rows).isGreaterThan(100);
		assertThat(wrong).isEmpty();
	}

	private static Map<String, String> tests() throws IOException {
		try (Stream<Path> files = Files.walk(ROOT)) {
			return files.filter((file) -> file.toString().contains("/src/test/"))
				.filter((file) -> !file.toString().contains("/target/") && !file.toString().contains("/node_modules/"))
				.filter((file) -> file.toString().endsWith(".java") || file.toString().endsWith(".mjs"))
				.collect(Collectors.toMap(DocumentationTests::name, DocumentationTests::read, String::concat));
		}
	}

	private static String name(Path file) {
		String name = file.getFileName().toString();
		return name.substring(0, name.lastIndexOf('.'));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
