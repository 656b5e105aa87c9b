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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.springsocketio.engineio.packet.JsonEscapes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.TreeNode;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.JsonGeneratorDelegate;
import tools.jackson.databind.ObjectWriter;

/**
 * Jackson's generator, adapted to packets: numbers and strings are written as by
 * {@code JSON.stringify}, whatever the mapper configures, and binary data anywhere in a
 * value becomes an attachment.
 */
final class JsonValueGenerator extends JsonGeneratorDelegate {

	private static final JsonFactory FACTORY = JsonFactory.builder()
		.rootValueSeparator((SerializableString) null)
		.configure(JsonWriteFeature.WRITE_HEX_UPPER_CASE, false)
		.configure(JsonWriteFeature.ESCAPE_FORWARD_SLASHES, false)
		.build();

	private final JsonOutput output;

	private final ObjectWriter writer;

	private boolean base64;

	JsonValueGenerator(JsonOutput output, ObjectWriter writer) {
		super(FACTORY.createGenerator(ObjectWriteContext.empty(), output), false);
		this.output = output;
		this.writer = writer;
	}

	/**
	 * Write a value to the output.
	 * @param value the value
	 * @param base64 whether binary data becomes a string, for packets without attachments
	 */
	void write(Object value, boolean base64) {
		this.base64 = base64;
		this.writer.writeValue(this, value);
		flush();
	}

	/**
	 * Return whether the last value was written completely.
	 * @return {@code false} if the generator cannot be used any more
	 */
	boolean isReusable() {
		return streamWriteContext().inRoot() && streamWriteOutputBuffered() == 0;
	}

	@Override
	public JsonGenerator writeName(String name) {
		if (!hasUnpaired(name)) {
			return super.writeName(name);
		}
		// so that the buffer of Jackson's generator has room for the name
		flush();
		return super.writeName(new NameWithUnpaired(name));
	}

	@Override
	public JsonGenerator writeString(@Nullable String value) {
		// Jackson refuses unpaired surrogates
		return (value != null && hasUnpaired(value)) ? writeRawValue(JsonEscapes.quote(value))
				: super.writeString(value);
	}

	private static boolean hasUnpaired(String value) {
		for (int i = 0; i < value.length(); i++) {
			if (Character.isSurrogate(value.charAt(i)) && JsonEscapes.isUnpaired(value, i)) {
				return true;
			}
		}
		return false;
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
	public JsonGenerator writeArray(String[] values, int offset, int length) {
		writeStartArray(values, length);
		for (int i = offset; i < offset + length; i++) {
			writeString(values[i]);
		}
		return writeEndArray();
	}

	@Override
	public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
		boolean whole = offset == 0 && length == data.length;
		byte[] bytes = whole ? data : Arrays.copyOfRange(data, offset, offset + length);
		return writeRawValue(this.base64 ? JsonEscapes.quote(variant.encode(bytes))
				: this.output.placeholder(this.output.attach(bytes)));
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
		return (object instanceof byte[] data) ? writeBinary(data) : writePOJO(object);
	}

	@Override
	public JsonGenerator writeNumber(double value) {
		if (JsNumbers.isWhole(value)) {
			return writeNumber((long) value);
		}
		return Double.isFinite(value) ? writeNumber(JsNumbers.toString(value)) : writeNull();
	}

	@Override
	public JsonGenerator writeNumber(float value) {
		return Float.isFinite(value) ? writeNumber(JsNumbers.toString(value)) : writeNull();
	}

	@Override
	public JsonGenerator writeArray(double[] values, int offset, int length) {
		writeStartArray(values, length);
		for (int i = offset; i < offset + length; i++) {
			writeNumber(values[i]);
		}
		return writeEndArray();
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

	/**
	 * A name that Jackson would refuse to escape.
	 */
	private static final class NameWithUnpaired extends SerializedString {

		private static final long serialVersionUID = 1L;

		NameWithUnpaired(String name) {
			super(name);
		}

		@Override
		public int appendQuotedUTF8(byte[] buffer, int offset) {
			byte[] quoted = JsonEscapes.quote(getValue()).getBytes(StandardCharsets.UTF_8);
			int length = quoted.length - 2;
			if (length > buffer.length - offset) {
				throw new IllegalArgumentException("A name with unpaired surrogates is too long");
			}
			System.arraycopy(quoted, 1, buffer, offset, length);
			return length;
		}

	}

}
