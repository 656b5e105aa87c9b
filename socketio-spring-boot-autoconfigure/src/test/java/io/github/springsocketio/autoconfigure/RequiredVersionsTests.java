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

package io.github.springsocketio.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class RequiredVersionsTests {

	private final RequiredVersions required = new RequiredVersions("0.1.0", "4.2.18.Final", "1.3.8");

	@Test
	void whenNettyIsOlderThenWarningNamesBothVersionsAndTheBom() {
		assertThat(this.required.warning(List.of("4.2.18.Final", "4.2.17.Final"), List.of("1.3.8")))
			.contains("Netty 4.2.17.Final (required: 4.2.18.Final or newer)")
			.doesNotContain("Reactor Netty")
			.contains("<dependencyManagement>", "<artifactId>socketio-bom</artifactId><version>0.1.0</version>");
	}

	@Test
	void whenReactorNettyIsOlderThenWarningNamesBothVersions() {
		assertThat(this.required.warning(List.of("4.2.18.Final"), List.of("1.3.7", "1.3.8")))
			.contains(": Reactor Netty 1.3.7 (required: 1.3.8 or newer). ");
	}

	@Test
	void whenBothAreOlderThenOneWarningNamesTheOldestOfEach() {
		assertThat(this.required.warning(List.of("4.2.9.Final", "4.2.10.Final"), List.of("1.2.20", "1.3.0")))
			.contains("Netty 4.2.9.Final (", "Reactor Netty 1.2.20 (");
	}

	@ParameterizedTest
	@ValueSource(strings = { "4.2.18.Final", "4.2.18", "4.2.18.Final-redhat-00001", "4.2.19.Final", "4.10.0.Final",
			"4.3.0.Alpha1", "5", "unknown", "", "99999999999.1" })
	void whenVersionIsNotOlderOrUnknownThenThereIsNoWarning(String version) {
		assertThat(this.required.warning(List.of(version), List.of())).isNull();
	}

	@Test
	void whenNoVersionIsFoundThenThereIsNoWarning() {
		assertThat(this.required.warning(List.of(), List.of())).isNull();
	}

	@Test
	void buildWritesTheVersions() {
		RequiredVersions versions = RequiredVersions.load();
		assertThat(versions).isNotNull();
		assertThat(List.of(versions.bom(), versions.netty(), versions.reactorNetty()))
			.allSatisfy((version) -> assertThat(version).matches("\\d+\\.\\d+\\.\\d+.*"));
	}

	@Test
	void whenLibrariesAreNewEnoughThenNothingIsLogged(CapturedOutput output) {
		RequiredVersionsCheck check = new RequiredVersionsCheck();
		check.setBeanClassLoader(getClass().getClassLoader());
		check.afterSingletonsInstantiated();
		assertThat(output).isEmpty();
	}

}
