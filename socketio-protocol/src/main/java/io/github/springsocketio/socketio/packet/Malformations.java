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

import io.github.springsocketio.socketio.packet.Decoded.Malformed;

/**
 * The results for malformed packets, with the messages of the JavaScript parser.
 */
final class Malformations {

	static final Malformed INVALID_PAYLOAD = new Malformed("invalid payload");

	static final Malformed ILLEGAL_ATTACHMENTS = new Malformed("illegal attachments");

	static final Malformed ILLEGAL_COUNT = new Malformed("Illegal attachments");

	static final Malformed TOO_MANY_ATTACHMENTS = new Malformed("too many attachments", ParserLimit.MAX_ATTACHMENTS);

	static final Malformed INVALID_TYPE = new Malformed("invalid packet type");

	static final Malformed NOT_BINARY = new Malformed("got plaintext data when only binary is expected");

	static final Malformed INVALID_NAMESPACE = new Malformed("invalid namespace");

	static final Malformed NAMESPACE_TOO_LONG = new Malformed("invalid namespace", ParserLimit.MAX_NAMESPACE_LENGTH);

	static final Malformed TOO_DEEP = new Malformed("invalid payload", ParserLimit.MAX_DEPTH);

	static final Malformed STRING_TOO_LONG = new Malformed("invalid payload", ParserLimit.MAX_STRING_LENGTH);

	static final Malformed NUMBER_TOO_LONG = new Malformed("invalid payload", ParserLimit.MAX_NUMBER_LENGTH);

	static final Malformed NAME_TOO_LONG = new Malformed("invalid payload", ParserLimit.MAX_NAME_LENGTH);

	static final Malformed TOO_MANY_ARGUMENTS = new Malformed("invalid payload", ParserLimit.MAX_ARGUMENTS);

	static final Malformed INVALID_ID = new Malformed("invalid ack id");

	static final Malformed TOO_LARGE = new Malformed("message too large", ParserLimit.MAX_MESSAGE_BYTES);

	static final Malformed TEXT_BETWEEN = new Malformed("got plaintext data when reconstructing a packet");

	static final Malformed BINARY_UNEXPECTED = new Malformed("got binary data when not reconstructing a packet");

	private static final Malformed[] UNKNOWN_DIGITS = { new Malformed("unknown packet type 7"),
			new Malformed("unknown packet type 8"), new Malformed("unknown packet type 9") };

	private static final Malformed UNKNOWN = new Malformed("unknown packet type NaN");

	private Malformations() {
	}

	static Malformed unknownType(int digit) {
		return (digit >= 7 && digit <= 9) ? UNKNOWN_DIGITS[digit - 7] : UNKNOWN;
	}

}
