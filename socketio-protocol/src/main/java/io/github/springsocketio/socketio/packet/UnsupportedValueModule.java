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

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import org.reactivestreams.Publisher;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Rejects values that Jackson would write as beans although this is never intended:
 * asynchronous values, and exceptions with their stack traces.
 */
final class UnsupportedValueModule extends SimpleModule {

	private static final long serialVersionUID = 1L;

	private static final String ASYNCHRONOUS = "it has no value yet: subscribe to it, or use flatMap or thenAccept,"
			+ " and give the value that comes; for each value of a Flux use emitAll";

	private static final String THROWABLE = "it would send its stack trace: send its message or an object of your own";

	UnsupportedValueModule() {
		super("socketio-unsupported-values");
		refuse(Publisher.class, ASYNCHRONOUS);
		refuse(Flow.Publisher.class, ASYNCHRONOUS);
		refuse(CompletionStage.class, ASYNCHRONOUS);
		refuse(Throwable.class, THROWABLE);
	}

	private <T> void refuse(Class<T> type, String reason) {
		addSerializer(type, new RefusingSerializer<>(type, reason));
	}

	/**
	 * Thrown with a message that states what to do instead.
	 */
	static final class UnsupportedValueException extends DatabindException {

		private static final long serialVersionUID = 1L;

		UnsupportedValueException(JsonGenerator generator, String message) {
			super(generator, message);
		}

	}

	private static final class RefusingSerializer<T> extends StdSerializer<T> {

		private final Class<T> type;

		private final String reason;

		RefusingSerializer(Class<T> type, String reason) {
			super(type);
			this.type = type;
			this.reason = reason;
		}

		@Override
		public void serialize(T value, JsonGenerator generator, SerializationContext context) {
			throw new UnsupportedValueException(generator, "A " + this.type.getSimpleName() + " ("
					+ value.getClass().getName() + ") cannot be an argument, as " + this.reason);
		}

		@Override
		public void serializeWithType(T value, JsonGenerator generator, SerializationContext context,
				TypeSerializer typeSerializer) {
			serialize(value, generator, context);
		}

	}

}
