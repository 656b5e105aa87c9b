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

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Describes an invalid value of a property: its name, value and origin, and the reason.
 */
final class InvalidSocketIoPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSocketIoPropertyException> {

	private final Environment environment;

	InvalidSocketIoPropertyFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSocketIoPropertyException cause) {
		ConfigurationProperty configured = find(this.environment, cause.property());
		String value = cause.value();
		StringBuilder description = new StringBuilder("A property of the Socket.IO server has an invalid value:\n");
		description.append("\n    Property: ").append(cause.property());
		description.append("\n    Value: ").append((value != null) ? "\"" + value + "\"" : "none");
		if (configured == null) {
			description.append(" (the default, as the property is not set)");
		}
		else if (configured.getOrigin() != null) {
			description.append("\n    Origin: ").append(configured.getOrigin());
		}
		description.append("\n    Reason: ").append(cause.reason());
		String action = (configured != null)
				? "Correct the value of '" + cause.property() + "', or remove the property to use the default."
				: "Set '" + cause.property() + "', or correct the property that requires it.";
		return new FailureAnalysis(description.toString(), action, cause);
	}

	/**
	 * Return a property, or the first element of a list, or {@code null} if it is not
	 * set.
	 */
	static @Nullable ConfigurationProperty find(Environment environment, String property) {
		ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
		ConfigurationPropertyName element = name.append("[0]");
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			ConfigurationProperty found = Stream.of(name, element)
				.map(source::getConfigurationProperty)
				.filter((candidate) -> candidate != null)
				.findFirst()
				.orElse(null);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

}
