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

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamWriteCapability;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TreeNode;
import tools.jackson.core.Version;
import tools.jackson.core.util.JacksonFeatureSet;
import tools.jackson.core.util.SimpleStreamWriteContext;
import tools.jackson.databind.ObjectWriter;

/**
 * Lets Jackson write into a packet. Numbers and strings are written as
 * {@code JSON.stringify} does, whatever the mapper says, and binary becomes an attachment
 * wherever it stands in the tree.
 */
final class OutputGenerator extends JsonGenerator {

	private static final StreamWriteConstraints CONSTRAINTS = StreamWriteConstraints.defaults();

	private static final JacksonFeatureSet<StreamWriteCapability> CAPABILITIES = JacksonFeatureSet
		.fromDefaults(StreamWriteCapability.values());

	private final TokenOutput output;

	private final ObjectWriter writer;

	private SimpleStreamWriteContext context = SimpleStreamWriteContext.createRootContext(null);

	private boolean base64;

	OutputGenerator(TokenOutput output, ObjectWriter writer) {
		this.output = output;
		this.writer = writer;
	}

	/**
	 * Write a value of the application.
	 * @param value the value
	 * @param base64 whether binary is to become a string, in packets that have no
	 * attachments
	 */
	void write(Object value, boolean base64) {
		this.context = SimpleStreamWriteContext.createRootContext(null);
		this.base64 = base64;
		this.writer.writeValue(this, value);
	}

	/**
	 * Write an argument: simple ones at once, others with the mapper.
	 * @param value the value
	 */
	void writeArgument(@Nullable Object value) {
		if (value == null) {
			this.output.nil();
		}
		else if (value instanceof String string) {
			this.output.string(string);
		}
		else if (value instanceof Integer || value instanceof Long) {
			this.output.number(((Number) value).longValue());
		}
		else if (value instanceof Boolean bool) {
			this.output.bool(bool);
		}
		else if (value instanceof Double number) {
			this.output.number(number.doubleValue());
		}
		else if (ArgumentMapper.isBinary(value)) {
			this.output.binary(ArgumentMapper.bytes(value));
		}
		else {
			write(value, false);
		}
	}

	private void beforeValue() {
		if (this.context.inArray() && this.context.getEntryCount() > 0) {
			this.output.separator();
		}
		if (!this.context.writeValue()) {
			throw _constructWriteException("A value has no name");
		}
	}

	@Override
	public JsonGenerator writeStartArray() {
		return writeStartArray(null);
	}

	@Override
	public JsonGenerator writeStartArray(@Nullable Object value) {
		beforeValue();
		this.context = this.context.createChildArrayContext(value);
		CONSTRAINTS.validateNestingDepth(this.context.getNestingDepth());
		this.output.beginArray();
		return this;
	}

	@Override
	public JsonGenerator writeStartArray(@Nullable Object value, int size) {
		return writeStartArray(value);
	}

	@Override
	public JsonGenerator writeEndArray() {
		this.output.endArray(this.context.getEntryCount());
		this.context = this.context.clearAndGetParent();
		return this;
	}

	@Override
	public JsonGenerator writeStartObject() {
		return writeStartObject(null);
	}

	@Override
	public JsonGenerator writeStartObject(@Nullable Object value) {
		beforeValue();
		this.context = this.context.createChildObjectContext(value);
		CONSTRAINTS.validateNestingDepth(this.context.getNestingDepth());
		this.output.beginObject();
		return this;
	}

	@Override
	public JsonGenerator writeStartObject(@Nullable Object value, int size) {
		return writeStartObject(value);
	}

	@Override
	public JsonGenerator writeEndObject() {
		this.output.endObject(this.context.getEntryCount());
		this.context = this.context.clearAndGetParent();
		return this;
	}

	@Override
	public JsonGenerator writeName(String name) {
		if (this.context.getEntryCount() > 0) {
			this.output.separator();
		}
		if (!this.context.writeName(name)) {
			throw _constructWriteException("A name stands where a value is expected");
		}
		this.output.name(name);
		return this;
	}

	@Override
	public JsonGenerator writeName(SerializableString name) {
		return writeName(name.getValue());
	}

	@Override
	public JsonGenerator writePropertyId(long id) {
		return writeName(Long.toString(id));
	}

	@Override
	public JsonGenerator writeString(@Nullable String value) {
		if (value == null) {
			return writeNull();
		}
		beforeValue();
		this.output.string(value);
		return this;
	}

	@Override
	public JsonGenerator writeString(Reader reader, int length) {
		StringBuilder text = new StringBuilder();
		char[] chunk = new char[1024];
		try {
			int rest = (length >= 0) ? length : Integer.MAX_VALUE;
			for (int n = 0; rest > 0 && n >= 0; rest -= n) {
				text.append(chunk, 0, n);
				n = reader.read(chunk, 0, Math.min(rest, chunk.length));
			}
		}
		catch (IOException ex) {
			throw _wrapIOFailure(ex);
		}
		return writeString(text.toString());
	}

	@Override
	public JsonGenerator writeString(char[] text, int offset, int length) {
		return writeString(new String(text, offset, length));
	}

	@Override
	public JsonGenerator writeString(SerializableString value) {
		return writeString(value.getValue());
	}

	@Override
	public JsonGenerator writeRawUTF8String(byte[] buffer, int offset, int length) {
		throw _constructWriteException("Escaped strings are not supported");
	}

	@Override
	public JsonGenerator writeUTF8String(byte[] buffer, int offset, int length) {
		return writeString(new String(buffer, offset, length, StandardCharsets.UTF_8));
	}

	@Override
	public JsonGenerator writeRaw(String text) {
		this.output.json(text);
		return this;
	}

	@Override
	public JsonGenerator writeRaw(String text, int offset, int length) {
		return writeRaw(text.substring(offset, offset + length));
	}

	@Override
	public JsonGenerator writeRaw(char[] text, int offset, int length) {
		return writeRaw(new String(text, offset, length));
	}

	@Override
	public JsonGenerator writeRaw(char character) {
		return writeRaw(String.valueOf(character));
	}

	@Override
	public JsonGenerator writeRawValue(String text) {
		beforeValue();
		return writeRaw(text);
	}

	@Override
	public JsonGenerator writeRawValue(String text, int offset, int length) {
		beforeValue();
		return writeRaw(text, offset, length);
	}

	@Override
	public JsonGenerator writeRawValue(char[] text, int offset, int length) {
		beforeValue();
		return writeRaw(text, offset, length);
	}

	@Override
	public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
		boolean whole = offset == 0 && length == data.length;
		byte[] bytes = whole ? data : Arrays.copyOfRange(data, offset, offset + length);
		if (this.base64) {
			return writeString(variant.encode(bytes));
		}
		beforeValue();
		this.output.binary(bytes);
		return this;
	}

	@Override
	public int writeBinary(Base64Variant variant, InputStream data, int length) {
		try {
			byte[] bytes = (length >= 0) ? data.readNBytes(length) : data.readAllBytes();
			writeBinary(variant, bytes, 0, bytes.length);
			return bytes.length;
		}
		catch (IOException ex) {
			throw _wrapIOFailure(ex);
		}
	}

	@Override
	public JsonGenerator writeEmbeddedObject(@Nullable Object object) {
		if (object instanceof byte[] data) {
			return writeBinary(data);
		}
		return (object != null) ? writePOJO(object) : writeNull();
	}

	@Override
	public JsonGenerator writeNumber(short value) {
		return writeNumber((long) value);
	}

	@Override
	public JsonGenerator writeNumber(int value) {
		return writeNumber((long) value);
	}

	@Override
	public JsonGenerator writeNumber(long value) {
		beforeValue();
		this.output.number(value);
		return this;
	}

	@Override
	public JsonGenerator writeNumber(@Nullable BigInteger value) {
		if (value == null) {
			return writeNull();
		}
		beforeValue();
		this.output.number(value);
		return this;
	}

	@Override
	public JsonGenerator writeNumber(double value) {
		beforeValue();
		this.output.number(value);
		return this;
	}

	@Override
	public JsonGenerator writeNumber(float value) {
		beforeValue();
		this.output.number(value);
		return this;
	}

	@Override
	public JsonGenerator writeNumber(@Nullable BigDecimal value) {
		if (value == null) {
			return writeNull();
		}
		beforeValue();
		this.output.number(value);
		return this;
	}

	@Override
	public JsonGenerator writeNumber(String number) {
		return writeNumber(new BigDecimal(number));
	}

	@Override
	public JsonGenerator writeBoolean(boolean value) {
		beforeValue();
		this.output.bool(value);
		return this;
	}

	@Override
	public JsonGenerator writeNull() {
		beforeValue();
		this.output.nil();
		return this;
	}

	@Override
	public JsonGenerator writePOJO(@Nullable Object value) {
		if (value == null) {
			return writeNull();
		}
		this.writer.writeValue(this, value);
		return this;
	}

	@Override
	public JsonGenerator writeTree(@Nullable TreeNode tree) {
		return writePOJO(tree);
	}

	@Override
	public TokenStreamContext streamWriteContext() {
		return this.context;
	}

	@Override
	public ObjectWriteContext objectWriteContext() {
		return ObjectWriteContext.empty();
	}

	@Override
	public StreamWriteConstraints streamWriteConstraints() {
		return CONSTRAINTS;
	}

	@Override
	public @Nullable Object currentValue() {
		return this.context.currentValue();
	}

	@Override
	public void assignCurrentValue(@Nullable Object value) {
		this.context.assignCurrentValue(value);
	}

	@Override
	public Version version() {
		return Version.unknownVersion();
	}

	@Override
	public @Nullable Object streamWriteOutputTarget() {
		return null;
	}

	@Override
	public int streamWriteOutputBuffered() {
		return -1;
	}

	@Override
	public JsonGenerator configure(StreamWriteFeature feature, boolean state) {
		return this;
	}

	@Override
	public boolean isEnabled(StreamWriteFeature feature) {
		return false;
	}

	@Override
	public int streamWriteFeatures() {
		return 0;
	}

	@Override
	public boolean has(StreamWriteCapability capability) {
		return CAPABILITIES.isEnabled(capability);
	}

	@Override
	public JacksonFeatureSet<StreamWriteCapability> streamWriteCapabilities() {
		return CAPABILITIES;
	}

	@Override
	public void flush() {
		// everything is in memory
	}

	@Override
	public boolean isClosed() {
		return false;
	}

	@Override
	public void close() {
		// belongs to the output
	}

}
