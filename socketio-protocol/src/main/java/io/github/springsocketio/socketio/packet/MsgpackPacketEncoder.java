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

import java.nio.ByteBuffer;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.packet.msgpack.MsgpackWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Encodes each packet as one binary message.
 */
final class MsgpackPacketEncoder implements PacketEncoder {

	/**
	 * Where the array of an event starts: after the header of the map, the name
	 * {@code type} with its number, and the name {@code data}.
	 */
	private static final int ARRAY_START = 1 + 5 + 1 + 5;

	private static final byte ARRAY_16 = (byte) 0xDC;

	private static final byte ARRAY_32 = (byte) 0xDD;

	private final ArgumentMapper mapper;

	MsgpackPacketEncoder(ArgumentMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public EncodedMessage event(String nsp, long id, Object event, @Nullable Object[] args, @Nullable String offset) {
		return encode(PacketType.EVENT, nsp, id, (output) -> {
			output.writeArrayHeader(1 + count(args) + ((offset != null) ? 1 : 0));
			output.writeValue(event);
			arguments(output, args);
			if (offset != null) {
				output.writeString(offset);
			}
		});
	}

	@Override
	public EncodedMessage withOffset(String nsp, EncodedMessage event, String offset) {
		ByteBuffer packet = ByteBuffer.wrap(event.binaries()[0]);
		packet.position(ARRAY_START);
		byte[] header = write((writer) -> writer.writeArrayHeader(readArraySize(packet) + 1));
		byte[] last = write((writer) -> writer.writeString(offset));
		byte[] end = write((writer) -> {
			writer.writeString("nsp");
			writer.writeString(nsp);
		});
		packet.limit(packet.limit() - end.length);
		ByteBuffer result = ByteBuffer
			.allocate(ARRAY_START + header.length + packet.remaining() + last.length + end.length);
		result.put(packet.array(), 0, ARRAY_START).put(header).put(packet).put(last).put(end);
		return EncodedMessage.binary(result.array()).compress(event.isCompress());
	}

	private static int readArraySize(ByteBuffer packet) {
		byte header = packet.get();
		return switch (header) {
			case ARRAY_16 -> Short.toUnsignedInt(packet.getShort());
			case ARRAY_32 -> packet.getInt();
			default -> header & 0x0F;
		};
	}

	private static byte[] write(Consumer<MsgpackWriter> content) {
		MsgpackWriter writer = new MsgpackWriter();
		content.accept(writer);
		return writer.toByteArray();
	}

	@Override
	public EncodedMessage ack(String nsp, long id, @Nullable Object[] args) {
		return encode(PacketType.ACK, nsp, id, (output) -> {
			output.writeArrayHeader(count(args));
			arguments(output, args);
		});
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
		return encode(type, nsp, -1, (data != null) ? (output) -> argument(output, data) : null);
	}

	private EncodedMessage encode(PacketType type, String nsp, long id, @Nullable Payload payload) {
		MsgpackWriter output = new MsgpackWriter();
		try {
			output.writeMapHeader(2 + ((payload != null) ? 1 : 0) + ((id >= 0) ? 1 : 0));
			output.writeString("type");
			output.writeLong(type.ordinal());
			if (payload != null) {
				output.writeString("data");
				payload.writeTo(output);
			}
			if (id >= 0) {
				output.writeString("id");
				output.writeLong(id);
			}
			output.writeString("nsp");
			output.writeString(nsp);
			return EncodedMessage.binary(output.toByteArray());
		}
		catch (JacksonException ex) {
			throw PacketEncodingException.unwritable("MessagePack", ex);
		}
		catch (PacketEncodingException ex) {
			throw ex;
		}
		catch (IllegalArgumentException ex) {
			throw new PacketEncodingException("An argument cannot be written as MessagePack", ex);
		}
	}

	private static int count(@Nullable Object[] args) {
		int count = 0;
		for (Object arg : args) {
			count += (arg instanceof Arguments several) ? several.size() : 1;
		}
		return count;
	}

	private void arguments(MsgpackWriter output, @Nullable Object[] args) {
		for (Object arg : args) {
			if (arg instanceof ValueArguments given) {
				arguments(output, given.values());
			}
			else if (arg instanceof Arguments several) {
				arguments(output, several.toArray());
			}
			else {
				argument(output, arg);
			}
		}
	}

	private void argument(MsgpackWriter output, @Nullable Object value) {
		output.writeValue((value != null) ? this.mapper.toPlainValue(value) : null);
	}

	/**
	 * Writes the payload of a packet.
	 */
	private interface Payload {

		void writeTo(MsgpackWriter output);

	}

}
