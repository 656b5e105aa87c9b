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

import java.util.List;

import com.example.app.PublishedModules.Module;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PublishedModulesTests {

	private final List<Module> modules = PublishedModules.read();

	@Test
	void bomManagesEachPublishedModule() {
		assertThat(this.modules).hasSizeGreaterThan(3);
		assertThat(PublishedModules.managedByTheBom())
			.containsExactlyInAnyOrderElementsOf(this.modules.stream().map(Module::artifactId).toList());
	}

	@Test
	void eachPublishedModuleHasANameOfItsOwn() {
		assertThat(this.modules).allSatisfy((module) -> assertThat(module.names()).as(module.artifactId()).hasSize(1));
		assertThat(this.modules).flatMap(Module::names).doesNotHaveDuplicates();
	}

}
