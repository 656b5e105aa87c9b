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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the build wrote about the properties for editors.
 */
final class PropertiesMetadata {

	private PropertiesMetadata() {
	}

	/**
	 * Return the metadata of the properties by their names, in alphabetical order. Those
	 * of the actuator's endpoint and of TLS are Spring Boot's.
	 */
	static Map<String, JsonNode> properties() {
		Map<String, JsonNode> properties = new TreeMap<>();
		for (JsonNode property : read().get("properties")) {
			String name = property.get("name").asString();
			if (!name.startsWith("management.") && !name.startsWith("socketio.server.ssl.")) {
				properties.put(name, property);
			}
		}
		return properties;
	}

	static JsonNode read() {
		String path = "/META-INF/spring-configuration-metadata.json";
		try (InputStream stream = SocketIoProperties.class.getResourceAsStream(path)) {
			return JsonMapper.shared().readTree(stream);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
