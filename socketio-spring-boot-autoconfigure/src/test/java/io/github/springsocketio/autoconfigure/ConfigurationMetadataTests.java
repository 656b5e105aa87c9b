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

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.web.CorsOptions;
import io.github.springsocketio.engineio.web.EngineWebOptions;
import io.github.springsocketio.engineio.web.HttpCompressionOptions;
import io.github.springsocketio.engineio.web.SessionCookieOptions;
import io.github.springsocketio.engineio.web.WebSocketCompressionOptions;
import io.github.springsocketio.socketio.ConnectionStateRecovery;
import io.github.springsocketio.socketio.SecurityOptions;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.packet.ParserOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what editors and readers are told about the properties.
 */
class ConfigurationMetadataTests {

	private static final Pattern ROW = Pattern.compile("\\| `(socketio\\.[^`]+)` \\| ([^|]+) \\| ([^|]+) \\|");

	/**
	 * What is a bean or a group of properties, or is left to customizers.
	 */
	private static final Set<String> WITHOUT_PROPERTY = Set.of("idGenerator", "sessionLocator", "encoder",
			"originResolver", "parser", "adapterFactory", "cookie", "cors", "corsResolver", "fixedOrigin", "warnings",
			"handlers", "authenticators", "security", "nodeId", "requestTimeout", "presenceInterval", "toString",
			"hashCode");

	/**
	 * Options of the group {@code socketio.websocket}, which have longer names.
	 */
	private static final Map<String, String> RENAMED = Map.of("nativeWebsocket", "websocket.native",
			"maxWebsocketFragments", "websocket.max-fragments");

	@Test
	void everyPropertyHasADescription() {
		assertThat(PropertiesMetadata.properties()).isNotEmpty().allSatisfy((name, property) -> {
			assertThat(property.hasNonNull("description")).as("description").isTrue();
			assertThat(property.get("description").asString()).as("description")
				.endsWith(".")
				.doesNotStartWith("The ")
				.doesNotContainIgnoringCase("default value");
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { EngineOptions.class, EngineWebOptions.class, HttpCompressionOptions.class,
			WebSocketCompressionOptions.class, SessionCookieOptions.class, CorsOptions.class, SocketIoOptions.class,
			SecurityOptions.class, ConnectionStateRecovery.class, ParserOptions.class })
	void everyOptionHasAProperty(Class<?> options) {
		List<String> properties = PropertiesMetadata.properties().keySet().stream().map(this::letters).toList();
		assertThat(Stream.of(options.getMethods())
			.filter((method) -> method.getDeclaringClass() == options && method.getParameterCount() == 0)
			.filter((method) -> !Modifier.isStatic(method.getModifiers()))
			.map(Method::getName)
			.filter((name) -> !WITHOUT_PROPERTY.contains(name))
			.map((name) -> RENAMED.getOrDefault(name, name))).isNotEmpty()
			.allSatisfy((name) -> assertThat(properties).anyMatch(
					(property) -> property.endsWith(letters(name)) || property.endsWith(letters(name) + "enabled")));
	}

	@Test
	void hintsBelongToProperties() {
		Map<String, JsonNode> properties = PropertiesMetadata.properties();
		JsonNode hints = PropertiesMetadata.read().get("hints");
		assertThat(hints).isNotEmpty()
			.allSatisfy((hint) -> assertThat(properties).containsKey(hint.get("name").asString()));
	}

	@Test
	void everyPropertyIsDocumentedWithItsDefault() throws IOException {
		Map<String, String> documented = new TreeMap<>();
		Matcher row = ROW.matcher(Files.readString(Path.of("../docs/configuration.md")));
		while (row.find()) {
			assertThat(documented.put(row.group(1), row.group(3).strip())).as(row.group(1)).isNull();
		}
		Map<String, String> expected = new TreeMap<>();
		PropertiesMetadata.properties().forEach((name, property) -> expected.put(name, printedDefault(property)));
		assertThat(documented).isEqualTo(expected);
	}

	@Test
	@Tag("SEC-103")
	void everyLimitOfTheMetricsIsAProperty() throws IOException {
		String limits = Files.readString(Path.of("../docs/observability.md")).split("\n## ")[2];
		List<String> names = limits.lines()
			.filter((line) -> line.startsWith("| `"))
			.map((line) -> line.substring(0, line.indexOf('|', 1)))
			.flatMap((cell) -> Stream.of(cell.split("[^a-z-]+")))
			.filter((name) -> !name.isBlank())
			.toList();
		assertThat(names).hasSizeGreaterThan(25)
			.doesNotHaveDuplicates()
			.allSatisfy((name) -> assertThat(PropertiesMetadata.properties().keySet())
				.anyMatch((property) -> property.endsWith("." + name)));
	}

	private String letters(String name) {
		return name.replaceAll("[.-]", "").toLowerCase(Locale.ROOT);
	}

	private static String printedDefault(JsonNode property) {
		JsonNode value = property.get("defaultValue");
		if (value == null) {
			return "none";
		}
		List<String> values = new ArrayList<>();
		if (value.isArray()) {
			value.forEach((element) -> values.add(element.asString()));
		}
		else {
			values.add(value.asString());
		}
		return "`" + String.join(", ", values) + "`";
	}

}
