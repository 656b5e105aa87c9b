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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Builds the jars of two modules again, from another path, with another user name, home,
 * locale, encoding, time zone and umask. {@code src/release/check.mjs} does it with
 * everything that a release deploys.
 */
class ReproducibleJarsIT {

	private static final List<String> MODULES = List.of("socketio-protocol", "socketio-test");

	private static final List<String> WITH_DEPENDENCIES = List.of("test-support", "socketio-protocol", "socketio-test");

	private static final String UMASK = "077";

	private static final Path ROOT = Path.of(System.getProperty("repository.directory"));

	@TempDir
	private Path temporary;

	@Test
	void anotherBuildMakesTheSameBits() throws Exception {
		Path directory = Files.createDirectories(this.temporary.resolve("some/where else"));
		copySources(directory);
		build(directory);
		for (String module : MODULES) {
			assertThat(jar(directory, module)).as(module).hasSameBinaryContentAs(jar(ROOT, module));
		}
	}

	private void copySources(Path directory) throws IOException {
		copy(ROOT.resolve("pom.xml"), directory);
		copy(ROOT.resolve("src/release/modes.mjs"), directory);
		try (Stream<Path> modules = Files.list(ROOT)) {
			for (Path pom : modules.map((module) -> module.resolve("pom.xml")).filter(Files::exists).toList()) {
				copy(pom, directory);
			}
		}
		for (String module : WITH_DEPENDENCIES) {
			try (Stream<Path> sources = Files.walk(ROOT.resolve(module).resolve("src/main"))) {
				for (Path source : sources.filter(Files::isRegularFile).toList()) {
					copy(source, directory);
				}
			}
		}
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.toList()) {
				String permissions = Files.isDirectory(file) ? "rwx------" : "rw-------";
				Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
			}
		}
	}

	private void copy(Path file, Path directory) throws IOException {
		Path copy = directory.resolve(ROOT.relativize(file));
		Files.createDirectories(copy.getParent());
		Files.copy(file, copy);
	}

	private void build(Path directory) throws IOException, InterruptedException {
		Path output = this.temporary.resolve("output");
		// without tests: the build around this one runs them, and the copy has none
		String maven = Path.of(System.getProperty("maven.home"), "bin", "mvn").toString();
		List<String> command = new ArrayList<>(List.of("sh", "-c", "umask " + UMASK + " && exec \"$@\"", "sh", maven,
				"-B", "-o", "-q", "-Dquick", "-Dmaven.test.skip=true", "-Dcyclonedx.skip=true",
				"-Dmaven.repo.local=" + System.getProperty("local.repository"),
				// files count whatever mirror they come from
				"-Daether.enhancedLocalRepository.trackingFilename=untracked", "-pl",
				String.join(",", WITH_DEPENDENCIES)));
		Path settings = Path.of(System.getProperty("user.home"), ".m2", "settings.xml");
		if (Files.exists(settings)) {
			command.addAll(List.of("-s", settings.toString()));
		}
		command.add("pre-integration-test");
		ProcessBuilder builder = new ProcessBuilder(command);
		Path home = Files.createDirectories(this.temporary.resolve("home"));
		builder.environment()
			.put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -Duser.name=somebody -Duser.home=" + home
					+ " -Duser.language=de -Duser.country=AT -Dfile.encoding=ISO-8859-1");
		builder.environment().put("LC_ALL", "C");
		builder.environment().put("TZ", "Pacific/Kiritimati");
		Process process = builder.directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("Maven has ended").isTrue();
			assertThat(process.exitValue()).as(Files.readString(output)).isZero();
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static Path jar(Path root, String module) throws IOException {
		try (Stream<Path> files = Files.list(root.resolve(module).resolve("target"))) {
			return files.filter((file) -> file.getFileName().toString().matches(module + "-\\d[^-]*(-SNAPSHOT)?\\.jar"))
				.findAny()
				.orElseThrow();
		}
	}

}
