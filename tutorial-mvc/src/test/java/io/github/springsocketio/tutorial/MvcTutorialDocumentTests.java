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

package io.github.springsocketio.tutorial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.springsocketio.testsupport.CodeBlock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code of docs/tutorial-mvc.md is that of this project, and shows all that differs
 * from the tutorial for WebFlux.
 */
class MvcTutorialDocumentTests {

	private static final String PROJECT = "../tutorial-mvc/";

	private static final Path WEBFLUX = Path.of("../tutorial");

	private static final Path DOCUMENT = Path.of("../docs/tutorial-mvc.md");

	private static final String LICENSE = "(?s)^/\\*.*?\\*/";

	private static final String HIDDEN = "(?s)<!-- not in docs/[a-z-]+.md -->.*?<!-- docs/[a-z-]+.md -->";

	private static final Pattern ROW = Pattern
		.compile("\\| \\[`([^`]+)`\\]\\(\\.\\./tutorial-mvc/([^)]+)\\) \\| (\\d+) \\| (\\d+) \\|");

	private static List<CodeBlock> blocks() {
		return CodeBlock.of(DOCUMENT).stream().filter((block) -> !block.language().isEmpty()).toList();
	}

	@Test
	void eachBlockIsPartOfTheFileThatItsLinkNames() {
		assertThat(blocks()).hasSizeGreaterThan(3).allSatisfy((block) -> {
			assertThat(block.link()).startsWith(PROJECT);
			Path file = Path.of(block.link().substring(PROJECT.length()));
			assertThat(block.partsMissingIn(shown(file))).as(block.link()).isEmpty();
		});
	}

	@Test
	void eachLineThatDiffersIsInABlock() throws IOException {
		Map<String, String> shown = blocks().stream()
			.collect(Collectors.groupingBy(CodeBlock::link,
					Collectors.mapping(CodeBlock::text, Collectors.joining("\n"))));
		assertThat(files()).hasSizeGreaterThan(10).allSatisfy((file) -> {
			List<String> same = shown(WEBFLUX.resolve(file)).lines().toList();
			String text = shown.getOrDefault(PROJECT + file.toString().replace('\\', '/'), "");
			assertThat(shown(file).lines().filter((line) -> !line.isBlank() && !line.startsWith("import")))
				.as(file.toString())
				.allSatisfy((line) -> assertThat(same.contains(line) || text.contains(line.strip())).as(line).isTrue());
		});
	}

	@Test
	void lineCountsAreThoseOfTheFiles() throws IOException {
		Matcher row = ROW.matcher(CodeBlock.read(DOCUMENT));
		int rows = 0;
		while (row.find()) {
			rows++;
			Path file = Path.of(row.group(2));
			assertThat(lines(WEBFLUX.resolve(file))).as(row.group(1)).isEqualTo(Integer.parseInt(row.group(3)));
			assertThat(lines(file)).as(row.group(1)).isEqualTo(Integer.parseInt(row.group(4)));
		}
		long different = files().stream().filter((file) -> !shown(file).equals(shown(WEBFLUX.resolve(file)))).count();
		assertThat(rows).isEqualTo((int) different);
	}

	private static long lines(Path file) {
		return shown(file).lines().filter((line) -> !line.isBlank()).count();
	}

	private static List<Path> files() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src"))) {
			return Stream.concat(Stream.of(Path.of("pom.xml")), files.filter(Files::isRegularFile))
				.filter((file) -> !file.toString().contains("springsocketio"))
				.toList();
		}
	}

	private static String shown(Path file) {
		return CodeBlock.read(file).replaceFirst(LICENSE, "").replaceAll(HIDDEN, "");
	}

}
