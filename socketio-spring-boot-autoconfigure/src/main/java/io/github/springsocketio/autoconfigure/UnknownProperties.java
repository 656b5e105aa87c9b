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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Logs a warning at startup for properties with the prefix {@code socketio} that do not
 * exist. An environment variable is reported only if its name is similar to the name of a
 * property, because there are unrelated variables with this prefix: Kubernetes sets
 * {@code SOCKETIO_SERVICE_HOST} if a service is called "socketio".
 */
final class UnknownProperties implements InitializingBean {

	private static final Log logger = LogFactory.getLog(UnknownProperties.class);

	private static final ConfigurationPropertyName GROUP = ConfigurationPropertyName.of("socketio");

	private static final double LIMIT = 1;

	private static final double LIMIT_OF_VARIABLES = 0.2;

	private final Environment environment;

	private final ClassLoader classLoader;

	UnknownProperties(Environment environment, ClassLoader classLoader) {
		this.environment = environment;
		this.classLoader = classLoader;
	}

	@Override
	public void afterPropertiesSet() {
		Map<String, String> unknown = find();
		if (!unknown.isEmpty()) {
			logger.warn("These properties do not exist and have no effect: "
					+ unknown.values().stream().collect(Collectors.joining("; ")));
		}
	}

	/**
	 * Return descriptions by the names of properties.
	 */
	private Map<String, String> find() {
		KnownProperties known = KnownProperties.load(this.classLoader);
		Map<String, String> unknown = new LinkedHashMap<>();
		if (!known.isComplete()) {
			return unknown;
		}
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
				iterable.filter(GROUP::isAncestorOf).stream().forEach((name) -> {
					String description = variables ? describeVariable(known, iterable, name)
							: describe(known, iterable, name);
					if (description != null) {
						unknown.putIfAbsent(name.toString(), description);
					}
				});
			}
		}
		return unknown;
	}

	private static @Nullable String describe(KnownProperties known, ConfigurationPropertySource source,
			ConfigurationPropertyName name) {
		String property = withoutIndex(name);
		return known.contains(property) ? null : describe(source, name, known.nearest(property, LIMIT));
	}

	private static @Nullable String describeVariable(KnownProperties known, ConfigurationPropertySource source,
			ConfigurationPropertyName name) {
		String property = withoutIndex(name);
		if (known.containsLetters(property)) {
			return null;
		}
		String nearest = known.nearest(property, LIMIT_OF_VARIABLES);
		return (nearest != null) ? describe(source, name, nearest) : null;
	}

	private static String describe(ConfigurationPropertySource source, ConfigurationPropertyName name,
			@Nullable String nearest) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		Origin origin = (property != null) ? property.getOrigin() : null;
		return "'" + name + "'" + ((origin != null) ? " from " + origin : "")
				+ ((nearest != null) ? ", did you mean '" + nearest + "'?" : "");
	}

	private static String withoutIndex(ConfigurationPropertyName name) {
		String text = name.toString();
		int index = text.indexOf('[');
		return (index < 0) ? text : text.substring(0, index);
	}

}
