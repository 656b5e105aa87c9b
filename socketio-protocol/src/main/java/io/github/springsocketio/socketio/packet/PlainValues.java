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

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TreeNode;
import tools.jackson.core.util.JsonGeneratorDelegate;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.util.RawValue;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Writes values with the mapper into a buffer of tokens, from which they can be read as
 * plain values. Limits the nesting depth, which the buffer itself does not.
 */
final class PlainValues extends JsonGeneratorDelegate {

	private static final StreamWriteConstraints CONSTRAINTS = StreamWriteConstraints.defaults();

	private final ObjectWriter writer;

	private PlainValues(TokenBuffer buffer, ObjectWriter writer) {
		super(buffer, false);
		this.writer = writer;
	}

	/**
	 * Write a value.
	 * @param value the value
	 * @param writer the writer of the mapper
	 * @return its tokens
	 */
	static TokenBuffer tokens(Object value, ObjectWriter writer) {
		TokenBuffer buffer = TokenBuffer.forGeneration();
		writer.writeValue(new PlainValues(buffer, writer), value);
		return buffer;
	}

	private JsonGenerator nested() {
		CONSTRAINTS.validateNestingDepth(streamWriteContext().getNestingDepth());
		return this;
	}

	@Override
	public JsonGenerator writeStartArray() {
		super.writeStartArray();
		return nested();
	}

	@Override
	public JsonGenerator writeStartArray(@Nullable Object value) {
		super.writeStartArray(value);
		return nested();
	}

	@Override
	public JsonGenerator writeStartArray(@Nullable Object value, int size) {
		super.writeStartArray(value, size);
		return nested();
	}

	@Override
	public JsonGenerator writeStartObject() {
		super.writeStartObject();
		return nested();
	}

	@Override
	public JsonGenerator writeStartObject(@Nullable Object value) {
		super.writeStartObject(value);
		return nested();
	}

	@Override
	public JsonGenerator writeStartObject(@Nullable Object value, int size) {
		super.writeStartObject(value, size);
		return nested();
	}

	@Override
	public JsonGenerator writePOJO(@Nullable Object value) {
		if (value == null || value instanceof byte[] || value instanceof RawValue) {
			return delegate().writePOJO(value);
		}
		this.writer.writeValue(this, value);
		return this;
	}

	@Override
	public JsonGenerator writeTree(@Nullable TreeNode tree) {
		return writePOJO(tree);
	}

}
