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
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.springsocketio.testsupport.CodeBlock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code of docs/tutorial.md is that of this project, and nothing of it is left out.
 */
class TutorialDocumentTests {

	private static final String PROJECT = "../tutorial/";

	private static final String LICENSE = "(?s)^/\\*.*?\\*/";

	private static final String HIDDEN = "(?s)<!-- not in docs/tutorial.md -->.*?<!-- docs/tutorial.md -->";

	private static List<CodeBlock> blocks() {
		return CodeBlock.of(Path.of("../docs/tutorial.md"))
			.stream()
			.filter((block) -> !block.language().isEmpty())
			.toList();
	}

	@Test
	void eachBlockIsPartOfTheFileThatItsLinkNames() {
		assertThat(blocks()).hasSizeGreaterThan(15).allSatisfy((block) -> {
			assertThat(block.link()).startsWith(PROJECT);
			Path file = Path.of(block.link().substring(PROJECT.length()));
			assertThat(block.partsMissingIn(shown(file))).as(block.link()).isEmpty();
		});
	}

	@Test
	void eachLineOfTheProjectIsInABlock() throws IOException {
		Map<String, String> shown = blocks().stream()
			.collect(Collectors.groupingBy(CodeBlock::link,
					Collectors.mapping(CodeBlock::text, Collectors.joining("\n"))));
		List<Path> files = files();
		assertThat(files).hasSizeGreaterThan(10).allSatisfy((file) -> {
			String text = shown.getOrDefault(PROJECT + file.toString().replace('\\', '/'), "");
			assertThat(shown(file).lines().filter((line) -> !line.isBlank())).as(file.toString())
				.allSatisfy((line) -> assertThat(text).contains(line.strip()));
		});
	}

	private static List<Path> files() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src"))) {
			return Stream
				.concat(Stream.of(Path.of("pom.xml"), Path.of("haproxy.cfg")), files.filter(Files::isRegularFile))
				.filter((file) -> !file.toString().contains("springsocketio"))
				.filter((file) -> !file.startsWith("src/test/resources"))
				.toList();
		}
	}

	private static String shown(Path file) {
		return CodeBlock.read(file).replaceFirst(LICENSE, "").replaceAll(HIDDEN, "");
	}

}
