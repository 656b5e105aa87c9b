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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Encodes packets as text with attachments.
 */
final class JsonPacketEncoder implements PacketEncoder {

	private final ArgumentMapper mapper;

	private final int maxAttachments;

	private final ThreadLocal<JsonOutput> outputs;

	private final ThreadLocal<JsonScanner> scanners = ThreadLocal.withInitial(() -> new JsonScanner(Integer.MAX_VALUE,
			Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));

	JsonPacketEncoder(ArgumentMapper mapper, int maxAttachments) {
		this.mapper = mapper;
		this.maxAttachments = maxAttachments;
		this.outputs = ThreadLocal.withInitial(() -> new JsonOutput(mapper.writer()));
	}

	@Override
	public EncodedMessage event(String nsp, long id, Object event, @Nullable Object[] args, @Nullable String offset) {
		JsonOutput output = acquire();
		try {
			output.header(nsp, id);
			output.write('[');
			if (event instanceof String name) {
				output.string(name);
			}
			else {
				output.argument(event);
			}
			arguments(output, args, true);
			if (offset != null) {
				output.write(',');
				output.string(offset);
			}
			output.write(']');
			return finish(output, PacketType.EVENT, PacketType.BINARY_EVENT);
		}
		catch (JacksonException ex) {
			throw unwritable(ex);
		}
		finally {
			output.release();
		}
	}

	@Override
	public @Nullable EncodedMessage withOffset(String nsp, EncodedMessage event, String offset) {
		for (int i = 0; i < offset.length(); i++) {
			char c = offset.charAt(i);
			if (c < ' ' || c > '~' || c == '"' || c == '\\') {
				return null;
			}
		}
		byte[] text = event.text();
		byte[] last = (",\"" + offset + "\"]").getBytes(StandardCharsets.US_ASCII);
		byte[] result = Arrays.copyOf(text, text.length - 1 + last.length);
		System.arraycopy(last, 0, result, text.length - 1, last.length);
		return EncodedMessage.of(result, event.binaries()).compress(event.isCompress());
	}

	@Override
	public EncodedMessage ack(String nsp, long id, @Nullable Object[] args) {
		JsonOutput output = acquire();
		try {
			output.header(nsp, id);
			output.write('[');
			arguments(output, args, false);
			output.write(']');
			return finish(output, PacketType.ACK, PacketType.BINARY_ACK);
		}
		catch (JacksonException ex) {
			throw unwritable(ex);
		}
		finally {
			output.release();
		}
	}

	@Override
	public EncodedMessage connect(String nsp, @Nullable Object data) {
		return single(PacketType.CONNECT, nsp, data);
	}

	@Override
	public EncodedMessage connectError(String nsp, @Nullable Object data) {
		return single(PacketType.CONNECT_ERROR, nsp, data);
	}

	@Override
	public EncodedMessage disconnect(String nsp) {
		return single(PacketType.DISCONNECT, nsp, null);
	}

	@Override
	public Arguments arguments(@Nullable Object... values) {
		return ValueArguments.of(this.mapper, values);
	}

	private EncodedMessage single(PacketType type, String nsp, @Nullable Object data) {
		JsonOutput output = acquire();
		try {
			output.header(nsp, -1);
			if (data != null) {
				output.generator().write(data, true);
			}
			return output.toMessage(type, type);
		}
		catch (JacksonException ex) {
			throw unwritable(ex);
		}
		finally {
			output.release();
		}
	}

	private void arguments(JsonOutput output, @Nullable Object[] args, boolean comma) {
		boolean separated = comma;
		for (Object arg : args) {
			if (arg instanceof Arguments several) {
				separated |= several(output, several, separated);
			}
			else {
				if (separated) {
					output.write(',');
				}
				output.argument(arg);
				separated = true;
			}
		}
	}

	private boolean several(JsonOutput output, Arguments args, boolean comma) {
		if (args.size() == 0) {
			return false;
		}
		if (args instanceof JsonArguments text) {
			if (comma) {
				output.write(',');
			}
			text.writeTo(output);
		}
		else {
			arguments(output, (args instanceof ValueArguments given) ? given.values() : args.toArray(), comma);
		}
		return true;
	}

	private EncodedMessage finish(JsonOutput output, PacketType type, PacketType binaryType) {
		int count = output.attachmentCount();
		if (count > this.maxAttachments) {
			throw new PacketEncodingException("A packet with " + count + " attachments exceeds the limit of "
					+ this.maxAttachments + " (maxAttachments); clients have a limit of their own, ten by default");
		}
		if (count > 0) {
			if (!output.isUnambiguous(this.scanners.get())) {
				throw new PacketEncodingException("An argument looks like the placeholder of an attachment");
			}
		}
		return output.toMessage(type, binaryType);
	}

	private JsonOutput acquire() {
		JsonOutput output = this.outputs.get();
		if (!output.acquire()) {
			output = new JsonOutput(this.mapper.writer());
			output.acquire();
		}
		return output;
	}

	private static PacketEncodingException unwritable(JacksonException ex) {
		return PacketEncodingException.unwritable("JSON", ex);
	}

}
