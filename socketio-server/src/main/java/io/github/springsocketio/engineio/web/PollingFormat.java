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

package io.github.springsocketio.engineio.web;

import java.util.List;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.PayloadCodec;
import io.github.springsocketio.engineio.packet.PayloadCodec.Payload;
import io.github.springsocketio.engineio.packet.PayloadCodecV3;
import io.github.springsocketio.engineio.packet.PayloadCodecV4;
import io.github.springsocketio.engineio.packet.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * The format of the payloads of a polling session: protocol 4 or 3 (EIO sections 7 and
 * 14), binary or base64 (EIO-11), plain or as scripts (EIO section 15). The first request
 * of the session determines it (EIO-119).
 */
final class PollingFormat {

	private static final String TEXT = "text/plain; charset=UTF-8";

	private static final String SCRIPT = "text/javascript; charset=UTF-8";

	private static final String BINARY = "application/octet-stream";

	private static final PollingFormat V4 = new PollingFormat(new PayloadCodecV4(), null);

	private static final PollingFormat V3 = new PollingFormat(new PayloadCodecV3(false), null);

	private static final PollingFormat V3_BASE64 = new PollingFormat(new PayloadCodecV3(true), null);

	private final PayloadCodec codec;

	private final @Nullable Jsonp jsonp;

	private PollingFormat(PayloadCodec codec, @Nullable Jsonp jsonp) {
		this.codec = codec;
		this.jsonp = jsonp;
	}

	/**
	 * Return the format of the session that a request starts.
	 */
	static PollingFormat of(EngineRequest request) {
		String index = request.parameter("j");
		PollingFormat plain = V4;
		if (request.protocol() == 3) {
			// A script cannot carry the binary form
			plain = (request.isBase64() || index != null) ? V3_BASE64 : V3;
		}
		return (index != null) ? new PollingFormat(plain.codec, new Jsonp(index)) : plain;
	}

	/**
	 * Return whether the first request of a session requests scripts (EIO-12).
	 */
	static boolean isScript(EngineRequest request) {
		return request.parameter("j") != null;
	}

	/**
	 * Return whether responses are scripts.
	 */
	boolean isScript() {
		return this.jsonp != null;
	}

	/**
	 * Return whether a {@code Content-Type} is that of the binary form (EIO-113).
	 */
	static boolean isBinary(@Nullable String contentType) {
		return BINARY.equals(contentType);
	}

	/**
	 * Encode messages as the body of a response.
	 */
	Content encode(List<EncodedMessage> messages) {
		Payload payload = this.codec.encode(messages);
		if (this.jsonp != null) {
			return new Content(this.jsonp.script(payload.body()), SCRIPT);
		}
		return new Content(payload.body(), payload.binary() ? BINARY : TEXT);
	}

	/**
	 * Begin to decode the body of a request.
	 * @return the reader, or {@code null} for a form without a payload, which has no
	 * packets
	 */
	PayloadCodec.@Nullable Reader reader(byte[] body, boolean binary, int maxPackets) {
		byte[] payload = body;
		if (this.jsonp != null) {
			payload = binary ? null : Jsonp.payload(body);
		}
		return (payload != null) ? this.codec.reader(binary ? payload : Utf8.repair(payload), binary, maxPackets)
				: null;
	}

	/**
	 * The body of a response.
	 *
	 * @param body the bytes
	 * @param type the {@code Content-Type}
	 */
	record Content(byte[] body, String type) {

	}

}
