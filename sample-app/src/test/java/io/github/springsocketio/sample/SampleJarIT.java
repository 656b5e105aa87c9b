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

package io.github.springsocketio.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packed sample.
 */
class SampleJarIT {

	@Test
	void manifestAllowsNettyItsFastPaths() throws IOException {
		for (Path jar : jars()) {
			try (JarFile file = new JarFile(jar.toFile())) {
				assertThat(file.getManifest().getMainAttributes().getValue("Enable-Native-Access"))
					.isEqualTo("ALL-UNNAMED");
				assertThat(file.getManifest().getMainAttributes().getValue("Start-Class"))
					.isEqualTo(SampleApplication.class.getName());
			}
		}
	}

	private static List<Path> jars() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("target"))) {
			List<Path> jars = files
				.filter((file) -> file.getFileName().toString().matches("sample-app-[^-]+(-SNAPSHOT)?\\.jar"))
				.toList();
			assertThat(jars).hasSize(1);
			return jars;
		}
	}

}
