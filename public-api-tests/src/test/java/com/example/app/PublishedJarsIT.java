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
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

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

	private static Path jar(Module module) {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		return Arrays.stream(classPath.split(File.pathSeparator))
			.map(Path::of)
			.filter((path) -> path.getFileName().toString().matches(module.artifactId() + "-\\d.*\\.jar"))
			.findAny()
			.orElseThrow(() -> new IllegalStateException("No jar of " + module.artifactId() + " on the class path"));
	}

}
