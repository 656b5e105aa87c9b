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

import java.io.File;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.example.app.PublishedModules.Module;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The published jars on the module path. A published module that the starter does not
 * bring has to be a dependency of this one.
 */
class PublishedJarsIT {

	private final List<Module> modules = PublishedModules.read();

	private final Path[] jars = this.modules.stream().map(PublishedJarsIT::jar).toArray(Path[]::new);

	@Test
	void eachJarHasItsModuleName() {
		assertThat(ModuleFinder.of(this.jars).findAll()).extracting(ModuleReference::descriptor)
			.extracting((descriptor) -> descriptor.name())
			.containsExactlyInAnyOrderElementsOf(
					this.modules.stream().flatMap((module) -> module.names().stream()).toList());
	}

	/**
	 * Automatic modules read one another, so that the resolution fails for a package that
	 * is in two of them.
	 */
	@Test
	void noPackageIsInTwoJars() {
		List<String> names = this.modules.stream().flatMap((module) -> module.names().stream()).toList();
		Configuration configuration = ModuleLayer.boot()
			.configuration()
			.resolve(ModuleFinder.of(this.jars), ModuleFinder.of(), names);
		assertThat(configuration.modules()).hasSameSizeAs(this.modules);
	}

	@Test
	void noEntryDependsOnTheMachine() throws IOException {
		// of a module, as the path of the repository may be a short word such as /app
		byte[] directory = (System.getProperty("repository.directory") + "/socketio-").getBytes(StandardCharsets.UTF_8);
		for (Path jar : this.jars) {
			Set<FileTime> times = new HashSet<>();
			try (FileSystem entries = FileSystems.newFileSystem(jar, Map.of("enablePosixFileAttributes", "true"));
					Stream<Path> paths = Files.walk(entries.getPath("/")).skip(1)) {
				for (Path path : paths.toList()) {
					PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
					times.add(attributes.lastModifiedTime());
					assertThat(PosixFilePermissions.toString(attributes.permissions())).as(jar + ": " + path)
						.isEqualTo(attributes.isDirectory() ? "rwxr-xr-x" : "rw-r--r--");
					if (attributes.isRegularFile()) {
						assertThat(indexOf(Files.readAllBytes(path), directory)).as(jar + ": " + path).isNegative();
					}
				}
			}
			assertThat(times).as(jar.toString()).hasSize(1);
		}
	}

	private static int indexOf(byte[] bytes, byte[] part) {
		return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(new String(part, StandardCharsets.ISO_8859_1));
	}

	private static Path jar(Module module) {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		return Arrays.stream(classPath.split(File.pathSeparator))
			.map(Path::of)
			.filter((path) -> path.getFileName().toString().matches(module.artifactId() + "-\\d.*\\.jar"))
			.findAny()
			.orElseThrow(() -> new IllegalStateException("No jar of " + module.artifactId() + " on the class path"));
	}

}
