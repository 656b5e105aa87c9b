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

import java.lang.reflect.Type;
import java.util.Optional;

import io.github.springsocketio.socketio.packet.ArgumentConversionException;
import io.github.springsocketio.socketio.packet.MissingArgumentException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * Describes an argument that a handler of an event expects: its type, whether it may be
 * missing, and whether it is validated. Immutable.
 *
 * @param <T> the type that the handler is given
 * @since 0.1.0
 * @see EventRegistration#handle(String, Argument, EventHandler.Typed)
 */
public final class Argument<T> {

	private static final Object[] NO_HINTS = {};

	private final Type type;

	private final boolean optional;

	private final Object @Nullable [] hints;

	private Argument(Type type, boolean optional, Object @Nullable [] hints) {
		this.type = type;
		this.optional = optional;
		this.hints = hints;
	}

	/**
	 * Return a required argument of a type. If it is missing or {@code null}, or cannot
	 * be converted, the event fails before its handler is called.
	 * @param <T> the type
	 * @param type any type that {@link Event#get(int, Class)} accepts
	 * @return the argument
	 */
	public static <T> Argument<T> of(Class<T> type) {
		Assert.notNull(type, "'type' must not be null");
		return new Argument<>(type, false, null);
	}

	/**
	 * Return a required argument of a generic type, as {@link #of(Class)} does.
	 * @param <T> the type
	 * @param type the type
	 * @return the argument
	 */
	public static <T> Argument<T> of(ParameterizedTypeReference<T> type) {
		Assert.notNull(type, "'type' must not be null");
		return new Argument<>(type.getType(), false, null);
	}

	/**
	 * Return an argument that may be missing or {@code null}. One that cannot be
	 * converted is still an error.
	 * @param <T> the type
	 * @param type the type
	 * @return the argument
	 */
	public static <T> Argument<Optional<T>> optional(Class<T> type) {
		Assert.notNull(type, "'type' must not be null");
		return new Argument<>(type, true, null);
	}

	/**
	 * Return an argument of a generic type that may be missing or {@code null}.
	 * @param <T> the type
	 * @param type the type
	 * @return the argument
	 */
	public static <T> Argument<Optional<T>> optional(ParameterizedTypeReference<T> type) {
		Assert.notNull(type, "'type' must not be null");
		return new Argument<>(type.getType(), true, null);
	}

	/**
	 * Return the same argument, validated by the {@link HandlerOptions#validator()
	 * validator of the server}. An invalid value is an
	 * {@link ArgumentValidationException} of the event. The elements of a collection are
	 * validated each.
	 * @param hints hints for a {@link org.springframework.validation.SmartValidator},
	 * such as validation groups
	 * @return a validated argument, which can only be registered if the server has a
	 * validator
	 */
	public Argument<T> valid(Object... hints) {
		Assert.noNullElements(hints, "'hints' must not contain null");
		return new Argument<>(this.type, this.optional, (hints.length != 0) ? hints.clone() : NO_HINTS);
	}

	boolean isValidated() {
		return this.hints != null;
	}

	/**
	 * Return the value for an event.
	 * @throws MissingArgumentException if it is required and missing
	 * @throws ArgumentConversionException if it cannot be converted
	 * @throws ArgumentValidationException if it is not valid
	 */
	@SuppressWarnings("unchecked")
	T resolve(Event event, int index) {
		Object value = (this.type instanceof Class<?> known) ? event.get(index, known) : event.get(index, this.type);
		if (value != null && this.hints != null) {
			validate(event, index, value, this.hints);
		}
		if (this.optional) {
			return (T) Optional.ofNullable(value);
		}
		if (value == null) {
			throw new MissingArgumentException(index);
		}
		return (T) value;
	}

	private static void validate(Event event, int index, Object value, Object[] hints) {
		ArgumentValidation validation = (event instanceof DefaultEvent known)
				? known.socket().namespace().server().validation() : null;
		Assert.state(validation != null, "The server has no validator");
		validation.validate(index, value, hints);
	}

}
