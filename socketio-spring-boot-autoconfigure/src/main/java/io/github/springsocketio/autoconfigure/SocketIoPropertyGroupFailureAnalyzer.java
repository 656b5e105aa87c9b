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

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConverterNotFoundException;
import org.springframework.core.env.Environment;

/**
 * Describes a value that is set for a group of properties, such as
 * {@code socketio.cookie=true}, which is valid for the option of the JavaScript server.
 * All other failures are left to Spring Boot.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SocketIoPropertyGroupFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private final Environment environment;

	SocketIoPropertyGroupFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		String name = cause.getName().toString();
		Class<?> type = cause.getTarget().getType().resolve(Object.class);
		if (!(cause.getCause() instanceof ConverterNotFoundException)
				|| !type.getPackageName().equals(getClass().getPackageName())) {
			return null;
		}
		StringBuilder description = new StringBuilder(
				"A group of properties of the Socket.IO server is set to a value:\n");
		description.append("\n    Property: ").append(name);
		ConfigurationProperty property = InvalidSocketIoPropertyFailureAnalyzer.find(this.environment, name);
		if (property != null) {
			description.append("\n    Value: \"").append(property.getValue()).append("\"");
			if (property.getOrigin() != null) {
				description.append("\n    Origin: ").append(property.getOrigin());
			}
		}
		boolean switched = BeanUtils.getPropertyDescriptor(type, "enabled") != null;
		String action = switched ? "Set '" + name + ".enabled' to true or false instead."
				: "Set the properties under '" + name + "' instead.";
		return new FailureAnalysis(description.toString(), action, cause);
	}

}
