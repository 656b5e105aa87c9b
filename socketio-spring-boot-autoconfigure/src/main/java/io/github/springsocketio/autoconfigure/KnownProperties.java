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
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Names of the properties with the prefix {@code socketio}, from the configuration
 * metadata on the class path. Other modules and the application may add properties.
 */
final class KnownProperties {

	private static final String LOCATION = "META-INF/spring-configuration-metadata.json";

	private final Set<String> names = new TreeSet<>();

	/** Groups of properties, and properties of the type Map. */
	private final Set<String> groups = new HashSet<>();

	private final Set<String> maps = new HashSet<>();

	private final Set<String> letters = new HashSet<>();

	/**
	 * Read the metadata. If a file cannot be read, no names are known.
	 */
	static KnownProperties load(ClassLoader classLoader) {
		KnownProperties properties = new KnownProperties();
		try {
			for (URL url : Collections.list(classLoader.getResources(LOCATION))) {
				properties.read(url);
			}
		}
		catch (IOException | JacksonException ex) {
			properties.names.clear();
		}
		properties.names.forEach((name) -> properties.letters.add(letters(name)));
		return properties;
	}

	private void read(URL url) throws IOException {
		String json;
		try (InputStream stream = url.openStream()) {
			json = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		if (!json.contains('"' + PropertyToOption.PREFIX)) {
			return;
		}
		JsonNode metadata = JsonMapper.shared().readTree(json);
		metadata.path("groups").forEach((group) -> this.groups.add(name(group)));
		for (JsonNode property : metadata.path("properties")) {
			String name = name(property);
			if (name.startsWith(PropertyToOption.PREFIX)) {
				this.names.add(name);
				if (property.path("type").asString("").startsWith("java.util.Map<")) {
					this.maps.add(name);
				}
			}
		}
	}

	private static String name(JsonNode item) {
		return item.path("name").asString("");
	}

	/**
	 * Return whether the names of the server's own properties have been read.
	 */
	boolean isComplete() {
		return this.names.contains(PropertyToOption.PREFIX + "enabled");
	}

	/**
	 * Return whether a name is the name of a property or of a group.
	 * @param name the name in its dashed form, without index
	 */
	boolean contains(String name) {
		String uniform = uniform(name);
		return this.names.stream().anyMatch((known) -> uniform(known).equals(uniform))
				|| this.groups.stream().anyMatch((known) -> uniform(known).equals(uniform))
				|| this.maps.stream().anyMatch((known) -> uniform.startsWith(uniform(known) + "."));
	}

	/**
	 * Return whether a name matches the name of a property if dots and dashes are
	 * ignored. Environment variables do not distinguish them.
	 */
	boolean containsLetters(String name) {
		String letters = letters(name);
		return this.letters.contains(letters)
				|| this.maps.stream().anyMatch((known) -> letters.startsWith(letters(known)));
	}

	/**
	 * Return the name with the smallest distance to a name, or {@code null} if none is
	 * within the limit.
	 * @param name the name
	 * @param limit the maximum distance per letter
	 */
	@Nullable String nearest(String name, double limit) {
		String letters = letters(name);
		String nearest = null;
		int best = (int) Math.max(2, limit * (letters.length() - letters(PropertyToOption.PREFIX).length())) + 1;
		for (String candidate : this.names) {
			int distance = distance(letters, letters(candidate));
			if (distance < best) {
				best = distance;
				nearest = candidate;
			}
		}
		return nearest;
	}

	/**
	 * Return the edit distance of two names. Missing letters count less than wrong ones,
	 * so that a part of a name matches.
	 */
	private static int distance(String name, String candidate) {
		int[] previous = new int[candidate.length() + 1];
		for (int j = 0; j < previous.length; j++) {
			previous[j] = j;
		}
		for (int i = 1; i <= name.length(); i++) {
			int[] current = new int[previous.length];
			current[0] = 2 * i;
			for (int j = 1; j < current.length; j++) {
				int replaced = previous[j - 1] + ((name.charAt(i - 1) == candidate.charAt(j - 1)) ? 0 : 3);
				current[j] = Math.min(replaced, Math.min(previous[j] + 2, current[j - 1] + 1));
			}
			previous = current;
		}
		return previous[candidate.length()];
	}

	private static String uniform(String name) {
		return name.replace("-", "");
	}

	private static String letters(String name) {
		return name.replace("-", "").replace(".", "");
	}

}
