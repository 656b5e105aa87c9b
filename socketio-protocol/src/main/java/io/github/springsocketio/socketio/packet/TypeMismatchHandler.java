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

package io.github.springsocketio.socketio.packet;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.LinkedNode;

/**
 * Reports values that do not have the expected type by exceptions without stack trace.
 * Peers can cause many of them, and filling in the stack trace would be the largest part
 * of their cost.
 */
final class TypeMismatchHandler extends DeserializationProblemHandler {

	private static final TypeMismatchHandler INSTANCE = new TypeMismatchHandler();

	private TypeMismatchHandler() {
	}

	/**
	 * Add the handler to a mapper. The handlers of the application take precedence.
	 */
	static void addTo(JsonMapper.Builder builder) {
		List<DeserializationProblemHandler> handlers = new ArrayList<>();
		LinkedNode<DeserializationProblemHandler> node = builder.deserializationProblemHandlers();
		while (node != null) {
			handlers.add(0, node.value());
			node = node.next();
		}
		builder.clearProblemHandlers().addHandler(INSTANCE);
		handlers.forEach(builder::addHandler);
	}

	@Override
	public Object handleUnexpectedToken(DeserializationContext context, JavaType type, JsonToken token,
			JsonParser parser, @Nullable String message) {
		throw new TypeMismatchException(parser, type.getRawClass(), message);
	}

	@Override
	public Object handleWeirdStringValue(DeserializationContext context, Class<?> type, String value,
			@Nullable String message) {
		throw new TypeMismatchException(context.getParser(), type, message);
	}

	@Override
	public Object handleWeirdNumberValue(DeserializationContext context, Class<?> type, Number value,
			@Nullable String message) {
		throw new TypeMismatchException(context.getParser(), type, message);
	}

	@Override
	public Object handleMissingInstantiator(DeserializationContext context, Class<?> type,
			ValueInstantiator instantiator, JsonParser parser, @Nullable String message) {
		throw new TypeMismatchException(parser, type, message);
	}

	private static final class TypeMismatchException extends MismatchedInputException {

		private TypeMismatchException(@Nullable JsonParser parser, Class<?> type, @Nullable String message) {
			super(parser, "Cannot deserialize value of type `" + type.getTypeName() + "`"
					+ ((message != null) ? ": " + message : ""), type);
		}

		@Override
		public Throwable fillInStackTrace() {
			return this;
		}

	}

}
