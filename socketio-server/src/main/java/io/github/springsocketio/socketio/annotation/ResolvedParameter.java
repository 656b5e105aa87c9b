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

package io.github.springsocketio.socketio.annotation;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.springsocketio.socketio.AckError;
import io.github.springsocketio.socketio.AckErrorException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.core.MethodParameter;

/**
 * A parameter whose argument may be resolved asynchronously, such as by a resolver of the
 * application.
 *
 * @param parameter the parameter, that of the value if it is an {@code Optional}
 * @param absence the handling of a missing value
 * @param source returns the argument, which may be a publisher
 */
record ResolvedParameter(MethodParameter parameter, Absence absence,
		Function<HandlerInvocation, @Nullable Object> source) implements ArgumentSource {

	@Override
	public @Nullable Object get(HandlerInvocation invocation) {
		return this.source.apply(invocation);
	}

	/**
	 * Return whether the parameter is a publisher.
	 */
	boolean isPublisher() {
		return Publisher.class.isAssignableFrom(this.parameter.getNestedParameterType());
	}

	/**
	 * Return the argument for a resolved value.
	 */
	@Nullable Object checked(@Nullable Object value) {
		return this.absence.apply(value, () -> new AckErrorException(AckError.MISSING_ARGUMENT,
				"Argument '" + this.parameter.getParameterName() + "' is missing"));
	}

	/**
	 * The handling of a missing value.
	 */
	enum Absence {

		/** It is an error. */
		REQUIRED,

		/** The argument is {@code null}. */
		NULL,

		/** The argument is an {@code Optional}. */
		OPTIONAL;

		static Absence of(MethodParameter parameter) {
			if (parameter.getParameterType() == Optional.class) {
				return OPTIONAL;
			}
			return parameter.isOptional() ? NULL : REQUIRED;
		}

		@Nullable Object apply(@Nullable Object value, Supplier<RuntimeException> error) {
			if (this == OPTIONAL) {
				return (value instanceof Optional<?>) ? value : Optional.ofNullable(value);
			}
			if (value == null && this == REQUIRED) {
				throw error.get();
			}
			return value;
		}

	}

}
