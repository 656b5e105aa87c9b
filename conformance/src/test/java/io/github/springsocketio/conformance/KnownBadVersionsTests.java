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

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No library that an application gets with the starter has a version with a known fault,
 * by the list {@code known-bad-versions.txt}. Needs no network.
 */
@Tag("SEC-119")
class KnownBadVersionsTests {

	@Test
	void shouldHaveNoLibraryWithAKnownFault() throws IOException {
		List<Library> libraries = libraries();
		assertThat(libraries).hasSizeGreaterThan(40)
			.extracting(Library::name)
			.anyMatch((name) -> name.endsWith(".io.netty.netty-codec-http"))
			.anyMatch((name) -> name.endsWith(".io.projectreactor.netty.reactor-netty-http"))
			.anyMatch((name) -> name.endsWith(".org.springframework.spring-webflux"))
			.anyMatch((name) -> name.endsWith(".tools.jackson.core.jackson-core"));
		assertThat(findings(libraries, faults())).isEmpty();
	}

	@Test
	void shouldFindWhatIsKnownToBeBad() throws IOException {
		List<Library> bad = List.of(new Library("m2.io.netty.netty-codec-http", "4.2.17.Final"),
				new Library("m2.io.netty.netty-transport-native-epoll", "4.2.9.Final"),
				new Library("m2.io.projectreactor.netty.reactor-netty-http", "1.2.20"),
				new Library("m2.org.springframework.spring-webflux", "7.0.8"),
				new Library("m2.tools.jackson.core.jackson-core", "3.0.4"));
		assertThat(findings(bad, faults())).extracting(Finding::library).containsAll(bad);
		List<Library> good = List.of(new Library("m2.io.netty.netty-codec-http", "4.2.18.Final"),
				new Library("m2.io.netty.netty-codec-http", "4.10.0.Final"),
				new Library("m2.tools.jackson.core.jackson-core", "3.1.1"),
				new Library("m2.com.fasterxml.jackson.core.jackson-core", "2.20.0"));
		assertThat(findings(good, faults())).isEmpty();
	}

	private static List<Finding> findings(List<Library> libraries, List<Fault> faults) {
		List<Finding> result = new ArrayList<>();
		for (Library library : libraries) {
			for (Fault fault : faults) {
				if (fault.concerns(library) && isBefore(library.version(), fault.fixed())) {
					result.add(new Finding(library, fault));
				}
			}
		}
		return result;
	}

	private static boolean isBefore(String version, String fixed) {
		String[] one = version.split("[^0-9]+");
		String[] other = fixed.split("[^0-9]+");
		for (int i = 0; i < Math.max(one.length, other.length); i++) {
			int left = (i < one.length && !one[i].isEmpty()) ? Integer.parseInt(one[i]) : 0;
			int right = (i < other.length && !other[i].isEmpty()) ? Integer.parseInt(other[i]) : 0;
			if (left != right) {
				return left < right;
			}
		}
		return false;
	}

	/**
	 * Return the jars of the class path, which lie in the local repository as
	 * {@code group/name/version/file}.
	 */
	private static List<Library> libraries() {
		List<Library> result = new ArrayList<>();
		String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		for (String entry : path.split(File.pathSeparator)) {
			Path version = Path.of(entry).getParent();
			if (entry.endsWith(".jar") && version != null && version.getParent() != null
					&& entry.contains("-" + version.getFileName())) {
				List<String> names = new ArrayList<>();
				version.getParent().forEach((name) -> names.add(name.toString()));
				result.add(new Library(String.join(".", names), version.getFileName().toString()));
			}
		}
		return result;
	}

	private static List<Fault> faults() throws IOException {
		try (InputStream list = Objects
			.requireNonNull(KnownBadVersionsTests.class.getResourceAsStream("/known-bad-versions.txt"))) {
			return new String(list.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.isBlank() && !line.startsWith("#"))
				.map((line) -> line.split("\\s+", 3))
				.map((words) -> new Fault(words[0], words[1], words[2]))
				.toList();
		}
	}

	/**
	 * A library.
	 *
	 * @param name ends with its group and its artifact id
	 * @param version its version
	 */
	private record Library(String name, String version) {

	}

	/**
	 * A fault.
	 *
	 * @param library the group and the artifact id, or their beginning and {@code *}
	 * @param fixed the first version without it
	 * @param id its number
	 */
	private record Fault(String library, String fixed, String id) {

		boolean concerns(Library candidate) {
			return this.library.endsWith("*")
					? candidate.name().contains("." + this.library.substring(0, this.library.length() - 1))
					: candidate.name().endsWith("." + this.library);
		}

	}

	/**
	 * A library that has a fault.
	 *
	 * @param library the library
	 * @param fault the fault
	 */
	private record Finding(Library library, Fault fault) {

	}

}
