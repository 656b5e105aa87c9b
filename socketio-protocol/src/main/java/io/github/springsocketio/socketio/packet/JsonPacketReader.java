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

import io.github.springsocketio.socketio.packet.Decoded.Malformed;
import org.jspecify.annotations.Nullable;

/**
 * Reads text packets: the header itself, the JSON with the scanner. Used by one thread,
 * for one packet at a time.
 */
final class JsonPacketReader {

	private static final long MAX_ID = (1L << 53) - 1;

	private static final PacketType[] TYPES = PacketType.values();

	private static final byte[] NONE = {};

	private static final int[] NO_BOUNDS = {};

	private static final byte[][] NO_BINARIES = {};

	private final ParserOptions options;

	private final ArgumentMapper mapper;

	private final NameCache names;

	private final JsonScanner scanner;

	private byte[] data = NONE;

	private int pos;

	private int end;

	private PacketType type = PacketType.CONNECT;

	private int attachments;

	private String nsp = "/";

	private long id;

	JsonPacketReader(ParserOptions options, ArgumentMapper mapper, NameCache names) {
		this.options = options;
		this.mapper = mapper;
		this.names = names;
		this.scanner = new JsonScanner(options, mapper.maxDepth(options));
	}

	/**
	 * Read a packet.
	 * @param data contains the packet
	 * @param offset the position of the packet
	 * @param length the length of the packet in bytes
	 * @return the packet, whose attachments may be missing, or {@link Malformed}
	 */
	Decoded read(byte[] data, int offset, int length) {
		this.data = data;
		this.pos = offset;
		this.end = offset + length;
		Malformed problem = header();
		Decoded result = (problem != null) ? problem : payload();
		this.data = NONE;
		this.scanner.trim();
		return result;
	}

	private @Nullable Malformed header() {
		int digit = (this.pos < this.end) ? this.data[this.pos++] - '0' : -1;
		if (digit < 0 || digit >= TYPES.length) {
			return Malformations.unknownType(digit);
		}
		this.type = TYPES[digit];
		this.attachments = 0;
		Malformed problem = null;
		if (this.type == PacketType.BINARY_EVENT || this.type == PacketType.BINARY_ACK) {
			this.type = (this.type == PacketType.BINARY_EVENT) ? PacketType.EVENT : PacketType.ACK;
			problem = attachments();
		}
		if (problem == null) {
			problem = namespace();
		}
		return (problem != null) ? problem : id();
	}

	// Read the number of attachments: digits, at least 1, then a hyphen.
	private @Nullable Malformed attachments() {
		int start = this.pos;
		long count = 0;
		while (this.pos < this.end && isDigit(this.data[this.pos])) {
			// a number that is too large need not be exact
			if (count <= this.options.maxAttachments()) {
				count = count * 10 + this.data[this.pos] - '0';
			}
			this.pos++;
		}
		boolean hyphen = this.pos < this.end && this.data[this.pos] == '-';
		if (!hyphen || count == 0 || this.data[start] == '0') {
			return Malformations.ILLEGAL_COUNT;
		}
		if (count > this.options.maxAttachments()) {
			return Malformations.TOO_MANY_ATTACHMENTS;
		}
		this.pos++;
		this.attachments = (int) count;
		return null;
	}

	// Read the namespace. The comma may be missing if nothing follows.
	private @Nullable Malformed namespace() {
		this.nsp = "/";
		if (this.pos >= this.end || this.data[this.pos] != '/') {
			return null;
		}
		int start = this.pos;
		int limit = Math.min(this.end, start + this.options.maxNamespaceLength() + 1);
		int comma = start;
		while (comma < limit && this.data[comma] != ',') {
			comma++;
		}
		if (comma - start > this.options.maxNamespaceLength()) {
			return Malformations.NAMESPACE_TOO_LONG;
		}
		String known = this.names.get(this.data, start, comma);
		this.nsp = (known != null) ? known : new String(this.data, start, comma - start, StandardCharsets.UTF_8);
		this.pos = Math.min(comma + 1, this.end);
		return null;
	}

	// Read the id of an acknowledgement.
	private @Nullable Malformed id() {
		this.id = -1;
		int start = this.pos;
		long value = 0;
		while (this.pos < this.end && isDigit(this.data[this.pos])) {
			value = value * 10 + this.data[this.pos++] - '0';
			if (value > MAX_ID || this.pos - start > this.options.maxNumberLength()) {
				return Malformations.INVALID_ID;
			}
		}
		if (this.pos > start) {
			this.id = value;
		}
		return null;
	}

	// The packet type determines which payload is valid
	private Decoded payload() {
		return switch (this.type) {
			case EVENT, BINARY_EVENT -> event();
			case ACK, BINARY_ACK -> ack();
			case CONNECT -> connect();
			case DISCONNECT ->
				(this.pos == this.end) ? packet(null, false, arguments(NO_BOUNDS)) : Malformations.INVALID_PAYLOAD;
			case CONNECT_ERROR -> connectError();
		};
	}

	private Decoded connect() {
		if (this.pos == this.end) {
			return packet(null, false, arguments(NO_BOUNDS));
		}
		return (this.data[this.pos] == '{') ? single() : Malformations.INVALID_PAYLOAD;
	}

	private Decoded connectError() {
		boolean expected = this.pos < this.end && (this.data[this.pos] == '{' || this.data[this.pos] == '"');
		return expected ? single() : Malformations.INVALID_PAYLOAD;
	}

	private Decoded single() {
		if (!this.scanner.scan(this.data, this.pos, this.end, 0)) {
			return this.scanner.problem();
		}
		int to = this.end;
		while (this.data[to - 1] >= 0 && this.data[to - 1] <= ' ') {
			to--;
		}
		// The socket retains the payload: copy it, so that the rest of the message can be
		// released
		byte[] payload = Arrays.copyOfRange(this.data, this.pos, to);
		return packet(null, false,
				new JsonArguments(this.mapper, payload, new int[] { 0, payload.length }, null, NO_BINARIES));
	}

	private Decoded ack() {
		if (this.pos == this.end) {
			return (this.attachments == 0) ? packet(null, false, arguments(NO_BOUNDS))
					: Malformations.ILLEGAL_ATTACHMENTS;
		}
		Malformed problem = array();
		if (problem != null) {
			return problem;
		}
		if (this.scanner.elementCount() > this.options.maxArguments()) {
			return Malformations.TOO_MANY_ARGUMENTS;
		}
		return this.scanner.placeholders().isComplete() ? packet(null, false, arguments(this.scanner.elementsFrom(0)))
				: Malformations.ILLEGAL_ATTACHMENTS;
	}

	private Decoded event() {
		Malformed problem = array();
		if (problem != null) {
			return problem;
		}
		if (this.scanner.elementCount() == 0) {
			return Malformations.INVALID_PAYLOAD;
		}
		int start = this.scanner.elementStart(0);
		boolean numeric = isDigit(this.data[start]) || this.data[start] == '-';
		if (!numeric && this.data[start] != '"') {
			return Malformations.INVALID_PAYLOAD;
		}
		String name = numeric ? number(start) : string(start);
		if (name == null) {
			return Malformations.NAME_TOO_LONG;
		}
		if (ReservedEvents.isReserved(name)) {
			return Malformations.INVALID_PAYLOAD;
		}
		return this.scanner.placeholders().isComplete() ? packet(name, numeric, arguments(this.scanner.elementsFrom(1)))
				: Malformations.ILLEGAL_ATTACHMENTS;
	}

	private @Nullable Malformed array() {
		if (this.pos == this.end || this.data[this.pos] != '[') {
			return Malformations.INVALID_PAYLOAD;
		}
		if (!this.scanner.scan(this.data, this.pos, this.end, this.attachments)) {
			return this.scanner.problem();
		}
		return this.scanner.placeholders().isValid() ? null : Malformations.ILLEGAL_ATTACHMENTS;
	}

	private @Nullable String string(int start) {
		int to = this.scanner.elementEnd(0) - 1;
		String known = this.names.get(this.data, start + 1, to);
		if (known != null) {
			return (known.length() <= this.options.maxNameLength()) ? known : null;
		}
		return JsonText.isLonger(this.data, start + 1, to, this.options.maxNameLength()) ? null
				: JsonText.decode(this.data, start + 1, to);
	}

	// Return a numeric name in the form of JavaScript.
	private String number(int start) {
		int to = this.scanner.elementEnd(0);
		String known = this.names.get(this.data, start, to);
		String text = (known != null) ? known : new String(this.data, start, to - start, StandardCharsets.ISO_8859_1);
		for (int i = 0; i < text.length(); i++) {
			if (i >= 15 || !isDigit((byte) text.charAt(i))) {
				return JsNumbers.toString(Double.parseDouble(text));
			}
		}
		return text;
	}

	private JsonArguments arguments(int[] bounds) {
		if (this.attachments == 0) {
			return new JsonArguments(this.mapper, this.data, bounds, null, NO_BINARIES);
		}
		return new JsonArguments(this.mapper, this.data, bounds, this.scanner.placeholders().toArray(),
				new byte[this.attachments][]);
	}

	private Packet packet(@Nullable String event, boolean numericName, Arguments arguments) {
		return new Packet(this.type, this.nsp, this.id, event, numericName, arguments);
	}

	private static boolean isDigit(byte value) {
		return value >= '0' && value <= '9';
	}

}
