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

package io.github.springsocketio.socketio;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.validation.AbstractErrors;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.Validator;

/**
 * Validates arguments of events with a validator of Spring.
 */
final class ArgumentValidation {

	private final Validator validator;

	ArgumentValidation(Validator validator) {
		this.validator = validator;
	}

	/**
	 * Validate an argument, or the elements of a collection.
	 * @throws ArgumentValidationException if it is not valid
	 */
	void validate(int index, Object value, Object[] hints) {
		List<ArgumentValidationException.Field> fields = new ArrayList<>();
		if (value instanceof Collection<?> collection) {
			int position = 0;
			for (Object element : collection) {
				collect(element, "[" + position++ + "]", hints, fields);
			}
		}
		else {
			collect(value, "", hints, fields);
		}
		if (!fields.isEmpty()) {
			throw new ArgumentValidationException(index, fields);
		}
	}

	private void collect(@Nullable Object value, String path, Object[] hints,
			List<ArgumentValidationException.Field> fields) {
		if (value == null || !this.validator.supports(value.getClass())) {
			return;
		}
		CollectedErrors errors = new CollectedErrors();
		if (hints.length != 0 && this.validator instanceof SmartValidator smart) {
			smart.validate(value, errors, hints);
		}
		else {
			this.validator.validate(value, errors);
		}
		for (ObjectError error : errors.getAllErrors()) {
			String field = (error instanceof FieldError known) ? known.getField() : "";
			String separator = (path.isEmpty() || field.isEmpty() || field.startsWith("[")) ? "" : ".";
			fields.add(new ArgumentValidationException.Field(path + separator + field,
					Objects.requireNonNullElse(error.getDefaultMessage(), "is not valid")));
		}
	}

	/**
	 * Collects errors without access to the object.
	 */
	private static final class CollectedErrors extends AbstractErrors {

		private final List<ObjectError> globalErrors = new ArrayList<>();

		private final List<FieldError> fieldErrors = new ArrayList<>();

		@Override
		public String getObjectName() {
			return "argument";
		}

		@Override
		public void reject(String errorCode, Object @Nullable [] errorArgs, @Nullable String defaultMessage) {
			this.globalErrors.add(new ObjectError(getObjectName(), new String[] { errorCode }, errorArgs,
					Objects.requireNonNullElse(defaultMessage, errorCode)));
		}

		@Override
		public void rejectValue(@Nullable String field, String errorCode, Object @Nullable [] errorArgs,
				@Nullable String defaultMessage) {
			String path = fixedField(field);
			if (path.isEmpty()) {
				reject(errorCode, errorArgs, defaultMessage);
				return;
			}
			this.fieldErrors.add(new FieldError(getObjectName(), path, null, false, new String[] { errorCode },
					errorArgs, Objects.requireNonNullElse(defaultMessage, errorCode)));
		}

		@Override
		public void addAllErrors(Errors errors) {
			this.globalErrors.addAll(errors.getGlobalErrors());
			this.fieldErrors.addAll(errors.getFieldErrors());
		}

		@Override
		public List<ObjectError> getGlobalErrors() {
			return this.globalErrors;
		}

		@Override
		public List<FieldError> getFieldErrors() {
			return this.fieldErrors;
		}

		@Override
		public @Nullable Object getFieldValue(String field) {
			return null;
		}

	}

}
