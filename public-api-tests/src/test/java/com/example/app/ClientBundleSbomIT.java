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
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The lists of dependencies that are published with the client bundle and the Admin UI.
 */
@Tag("SEC-119")
class ClientBundleSbomIT {

	@Test
	void namesTheNpmPackagesInTheBundles() throws IOException {
		Optional<Path> sbom = sbom("socketio-client-bundle");
		assumeTrue(sbom.isPresent(), "Maven was offline when the client bundle was built");
		JsonNode root = JsonMapper.shared().readTree(Files.readString(sbom.get()));
		List<String> packages = root.path("components")
			.valueStream()
			.map((one) -> one.path("purl").asString())
			.toList();
		assertThat(packages).contains("pkg:npm/socket.io-client@" + clientVersion())
			.allMatch((purl) -> purl.matches("pkg:npm/(%40[^/@]+/)?[^/@]+@\\d+\\.\\d+\\.\\d+"));
		assertThat(packages).extracting((purl) -> purl.substring("pkg:npm/".length(), purl.lastIndexOf('@')))
			.containsExactlyInAnyOrder("%40socket.io/component-emitter", "component-emitter", "debug",
					"engine.io-client", "engine.io-parser", "ms", "notepack.io", "socket.io-client",
					"socket.io-msgpack-parser", "socket.io-parser");
		assertThat(root.path("dependencies").path(0).path("dependsOn").valueStream().map(JsonNode::asString))
			.containsExactlyInAnyOrderElementsOf(packages);
	}

	@Test
	void namesTheAdminUi() throws IOException {
		Optional<Path> sbom = sbom("socketio-admin");
		assumeTrue(sbom.isPresent(), "Maven was offline when the Admin UI was built");
		JsonNode root = JsonMapper.shared().readTree(Files.readString(sbom.get()));
		assertThat(root.path("components").valueStream().map((one) -> one.path("purl").asString()))
			.contains("pkg:npm/%40socket.io/admin-ui@0.5.1");
	}

	private static Optional<Path> sbom(String module) throws IOException {
		Path target = Path.of(System.getProperty("repository.directory"), module, "target");
		PathMatcher name = FileSystems.getDefault().getPathMatcher("glob:*-cyclonedx.json");
		try (Stream<Path> files = Files.list(target)) {
			return files.filter((file) -> name.matches(file.getFileName())).findAny();
		}
	}

	private static String clientVersion() throws IOException {
		try (InputStream version = Objects
			.requireNonNull(ClientBundleSbomIT.class.getResourceAsStream("/META-INF/socketio-client/version"))) {
			return new String(version.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
