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

import java.util.Comparator;
import java.util.List;

import io.github.springsocketio.socketio.AckError;
import io.github.springsocketio.socketio.ArgumentValidationException.Field;
import io.github.springsocketio.socketio.ErrorAckResolver;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.Socket;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Configuration of acknowledgements for arguments that violate constraints of Bean
 * Validation.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ConstraintViolationException.class)
class ConstraintViolationConfiguration {

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	@ConditionalOnMissingBean
	ConstraintViolationAcks socketIoConstraintViolationAcks() {
		return new ConstraintViolationAcks();
	}

	static final class ConstraintViolationAcks implements ErrorAckResolver {

		private static final String MESSAGE = "An argument is not valid";

		@Override
		public @Nullable Object resolve(Socket socket, Throwable error, Event event) {
			if (!(error instanceof ConstraintViolationException violations) || violations.getConstraintViolations()
				.stream()
				.anyMatch((violation) -> hasKind(violation, ElementKind.RETURN_VALUE))) {
				return null;
			}
			List<Field> fields = violations.getConstraintViolations()
				.stream()
				.map((violation) -> new Field(path(violation), violation.getMessage()))
				.sorted(Comparator.comparing(Field::path).thenComparing(Field::message))
				.toList();
			return new AckError(AckError.VALIDATION, MESSAGE, null, fields);
		}

		private static boolean hasKind(ConstraintViolation<?> violation, ElementKind kind) {
			for (Path.Node node : violation.getPropertyPath()) {
				if (node.getKind() == kind) {
					return true;
				}
			}
			return false;
		}

		private static String path(ConstraintViolation<?> violation) {
			StringBuilder path = new StringBuilder();
			for (Path.Node node : violation.getPropertyPath()) {
				if (node.getKind() != ElementKind.METHOD) {
					path.append(path.isEmpty() ? "" : ".").append(node);
				}
			}
			return path.toString();
		}

	}

}
