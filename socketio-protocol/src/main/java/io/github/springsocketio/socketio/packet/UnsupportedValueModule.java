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
 * Refuses to write what has no value yet, which would otherwise be written as a bean.
 */
final class AsyncValueModule extends SimpleModule {

	private static final long serialVersionUID = 1L;

	AsyncValueModule() {
		super("socketio-async-values");
		addSerializer(Publisher.class, new AsyncValueSerializer<>(Publisher.class));
		addSerializer(Flow.Publisher.class, new AsyncValueSerializer<>(Flow.Publisher.class));
		addSerializer(CompletionStage.class, new AsyncValueSerializer<>(CompletionStage.class));
	}

	/**
	 * Says what to do instead.
	 */
	static final class AsyncValueException extends DatabindException {

		private static final long serialVersionUID = 1L;

		AsyncValueException(JsonGenerator generator, Class<?> kind, Class<?> type) {
			super(generator, "A " + kind.getSimpleName() + " (" + type.getName() + ") cannot be an argument, as it has"
					+ " no value yet: subscribe to it, or use flatMap or thenAccept, and give the value that comes;"
					+ " for each value of a Flux use emitAll");
		}

	}

	private static final class AsyncValueSerializer<T> extends StdSerializer<T> {

		private final Class<T> kind;

		AsyncValueSerializer(Class<T> kind) {
			super(kind);
			this.kind = kind;
		}

		@Override
		public void serialize(T value, JsonGenerator generator, SerializationContext context) {
			throw new AsyncValueException(generator, this.kind, value.getClass());
		}

		@Override
		public void serializeWithType(T value, JsonGenerator generator, SerializationContext context,
				TypeSerializer typeSerializer) {
			serialize(value, generator, context);
		}

	}

}
