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

package io.github.springsocketio.testing;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The condition behind {@link RequiresProgram}.
 */
final class ProgramCondition implements ExecutionCondition {

	static final String REQUIRE_ALL = "SOCKETIO_TESTS_REQUIRE_ALL";

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		return AnnotationSupport.findAnnotation(context.getElement(), RequiresProgram.class)
			.map((annotation) -> evaluate(annotation.value(), isRequired(context)))
			.orElseGet(() -> ConditionEvaluationResult.enabled("No program is required"));
	}

	private static ConditionEvaluationResult evaluate(String[] names, boolean required) {
		String program = String.join(" or ", names);
		if (Programs.find(names).isPresent()) {
			return ConditionEvaluationResult.enabled(program + " is on the PATH");
		}
		if (required) {
			throw new ExtensionConfigurationException(
					"%s is not on the PATH, and %s is set".formatted(program, REQUIRE_ALL));
		}
		return ConditionEvaluationResult.disabled("%s is not on the PATH".formatted(program));
	}

	private static boolean isRequired(ExtensionContext context) {
		return context.getConfigurationParameter(REQUIRE_ALL)
			.map(Boolean::parseBoolean)
			.orElseGet(() -> Boolean.parseBoolean(System.getenv(REQUIRE_ALL)));
	}

}
